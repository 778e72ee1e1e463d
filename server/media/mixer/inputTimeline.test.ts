import { describe, expect, it } from 'vitest'
import { InputTimeline } from './inputTimeline'

/** Packets every 40 ms on the publisher's clock; `late` says how late the one at a time is. */
function place({ from = 0, until = 10_000, first = 0, speed = 1, late = (_atMs: number) => 0 }) {
  const timeline = new InputTimeline()
  const placed: { nowMs: number, sentMs: number, atMs: number }[] = []
  for (let sentMs = from; sentMs < until; sentMs += 40) {
    const nowMs = sentMs + late(sentMs)
    placed.push({ nowMs, sentMs, atMs: timeline.place(first + (sentMs - from) * speed, nowMs) })
  }
  return placed
}

describe('placing a publisher on the mix\'s time', () => {
  it.each([
    ['at zero', 0],
    ['anywhere', 4_123_456_789],
  ])('[LM83] a clock that begins %s is taken from the first packet on', (_where, first) => {
    for (const { atMs, sentMs } of place({ first, from: 700 }))
      expect(atMs).toBe(sentMs)
  })

  it('[LM83] packets that come in bursts lie where they were sent', () => {
    for (const { atMs, sentMs } of place({ late: ms => 200 - ms % 200 - 40 }).slice(5))
      expect(atMs).toBeCloseTo(sentMs)
  })

  it('[LM83] who was late at first is on time with the first packet that is', () => {
    const placed = place({ late: ms => ms < 400 ? 150 : 0 })
    expect(placed[0].atMs).toBe(150)
    expect(placed.at(-1)!.atMs).toBe(placed.at(-1)!.sentMs)
  })

  it('[LM83] nothing is placed after it came', () => {
    for (const { atMs, nowMs } of place({ late: ms => (ms * 7919) % 300 }))
      expect(atMs).toBeLessThanOrEqual(nowMs)
  })

  it.each([0.99, 1.01])('[LM83] a clock at %s times the speed stays within 100 ms', (speed) => {
    for (const { atMs, nowMs } of place({ speed, until: 120_000 }))
      expect(Math.abs(nowMs - atMs)).toBeLessThan(100)
  })

  it('[LM83] a way that has grown longer is followed within seconds', () => {
    const placed = place({ until: 20_000, late: ms => ms < 5000 ? 0 : 300 })
    for (const { atMs, nowMs, sentMs } of placed) {
      if (sentMs > 12_000)
        expect(nowMs - atMs).toBeLessThan(30)
    }
  })

  it.each([-3600_000, -700, 700, 3600_000])('[LM83] a clock that jumps by %i ms goes on at once', (jumpMs) => {
    const timeline = new InputTimeline()
    timeline.place(7200_000, 0)
    expect(timeline.place(7200_040 + jumpMs, 40)).toBe(40)
    expect(timeline.place(7200_080 + jumpMs, 80)).toBe(80)
  })

  it('[LM83] picture and sound of a publisher keep their distance', () => {
    const timeline = new InputTimeline()
    const picture = timeline.place(1000, 500)
    const sound = timeline.place(1000, 590) // comes 90 ms later, from its transcoder
    expect(sound).toBe(picture)
  })
})
