import { describe, expect, it } from 'vitest'
import { MediaTimeline } from './mediaTimeline'

/** A publisher whose sound is really `soundLateMs` later than the packets' arrival says, and whose timestamps wrap soon. */
function publish({ seconds, soundLateMs, reportAtMs = 1000 }: { seconds: number, soundLateMs: number, reportAtMs?: number }) {
  const timeline = new MediaTimeline()
  const videoBase = 0xFFFFF000
  const audioBase = 0xFFFFE000
  const audio: { trueMs: number, ms: number }[] = []
  const video: { trueMs: number, ms: number }[] = []
  for (let ms = 0; ms < seconds * 1000; ms += 20) {
    const now = 5000 + ms
    if (ms === reportAtMs) {
      timeline.learn('video', { ntpMs: 1e12 + ms, rtpTimestamp: (videoBase + ms * 90) >>> 0 })
      timeline.learn('audio', { ntpMs: 1e12 + ms + soundLateMs, rtpTimestamp: (audioBase + ms * 48) >>> 0 })
    }
    audio.push({ trueMs: ms + soundLateMs, ms: timeline.at('audio', (audioBase + ms * 48) >>> 0, now) })
    if (ms % 40 === 0)
      video.push({ trueMs: ms, ms: timeline.at('video', (videoBase + ms * 90) >>> 0, now) })
  }
  return { audio, video }
}

describe('mediaTimeline', () => {
  it('[RT10] begins at 0 and follows the timestamps, across their wrap', () => {
    const { audio, video } = publish({ seconds: 3, soundLateMs: 0 })
    expect(video[0].ms).toBe(0)
    expect(video.at(-1)!.ms).toBeCloseTo(video.at(-1)!.trueMs, 3)
    expect(audio.at(-1)!.ms).toBeCloseTo(audio.at(-1)!.trueMs, 3)
  })

  it('[RT10] keeps the tracks at their arrival until there are sender reports of both', () => {
    const { audio } = publish({ seconds: 1, soundLateMs: 80, reportAtMs: -1 })
    expect(audio.every(({ trueMs, ms }) => Math.abs(ms - (trueMs - 80)) < 0.001)).toBe(true)
  })

  it.each([-300, -80, -15, 15, 80, 300, 800])('[RT10] steers sound that arrived %i ms off onto its picture, and never back', (soundLateMs) => {
    const { audio, video } = publish({ seconds: 8, soundLateMs })
    expect(video.every(({ trueMs, ms }) => Math.abs(trueMs - ms) < 0.001)).toBe(true)
    expect(audio.at(-1)!.ms).toBeCloseTo(audio.at(-1)!.trueMs, 3)
    for (let i = 1; i < audio.length; i++)
      expect(audio[i].ms).toBeGreaterThan(audio[i - 1].ms)
  })

  it('[RT10] begins a new row where it arrives when timestamps leap, not before what was given out', () => {
    const timeline = new MediaTimeline()
    timeline.at('video', 1000, 0)
    expect(timeline.at('video', 1000 + 90 * 40, 40)).toBe(40)
    expect(timeline.at('video', 2_000_000_000, 80)).toBe(80)
    expect(timeline.at('video', 2_000_000_000 + 90 * 40, 120)).toBe(120)
    expect(timeline.at('video', 5, 100)).toBe(120)
  })

  it('[RT10] sound without a picture follows its own clock', () => {
    const timeline = new MediaTimeline()
    timeline.learn('audio', { ntpMs: 1, rtpTimestamp: 2 })
    expect(timeline.at('audio', 0, 10)).toBe(0)
    timeline.learn('audio', { ntpMs: 1e9, rtpTimestamp: 0 })
    expect(timeline.at('audio', 960, 31)).toBe(20)
  })
})
