/** A phone whose tags say what a test makes them say. The server sends in the tag's place, where its stream has to arrive. */
import type { Alive, MiniProgram, Page } from './MiniProgram'
import type { World } from './world'
import { expect, vi } from 'vitest'
import { find, findAll, fire, soon, textOf } from './screen'

type Tag = 'live-pusher' | 'live-player'

export interface TroubledPhone {
  readonly phone: MiniProgram
  readonly page: Page
  readonly tag: (name: Tag) => Element
  /** The tag's `statechange`. */
  readonly say: (name: Tag, ...codes: number[]) => void
  /** How often a method of a tag's context was called. */
  readonly called: (method: string) => number
  /** These words stand there soon. */
  readonly reads: (place: string, words: string) => Promise<void>
  /** Nothing stands there soon. */
  readonly isClear: (place: string) => Promise<void>
  /** The seconds on the screen until the next try. */
  readonly secondsLeft: (place: string) => Promise<number>
  /** The server begins or ends to send in the name of the phone's owner. */
  readonly send: (roomId: string, isOn?: boolean) => Promise<void>
  /** The pusher gives up again and again: each wait is drawn from the upper half of its number (s), counted down, and ends in a start. */
  readonly expectWaits: (place: string, waits: readonly number[]) => Promise<void>
  /** Goes back: what these tags sent and showed is stopped, nothing comes after, and no more lives than before. */
  readonly leave: (...names: Tag[]) => Promise<void>
}

/** Opens a page of the app, over its home. */
export async function openTroubled(world: World, url: string): Promise<TroubledPhone> {
  const phone = world.createPhone()
  phone.launch()
  await soon(() => find(phone.page(), '.room-card'))
  const atHome = phone.alive()
  phone.wx.api.navigateTo({ url })
  const page = phone.page()

  const tag = (name: Tag) => find(page, name)
  const say = (name: Tag, ...codes: number[]) => codes.forEach(code => fire(tag(name), 'statechange', { code }))
  const called = (method: string) => phone.wx.calls.filter(([name]) => name.endsWith(`Context.${method}`)).length
  const reads = (place: string, words: string) => soon(() => expect(textOf(page, place)).toContain(words))
  const secondsLeft = (place: string) => soon(() => Number(/(\d+) 秒后自动重试/.exec(textOf(page, place))?.[1] ?? expect.fail('no seconds')))

  async function expectWait(place: string, seconds: number) {
    const starts = called('start')
    const lostAt = Date.now()
    let skipped = 0
    const skip = async (ms: number) => {
      await phone.skip(ms)
      skipped += ms
    }
    say('live-pusher', -1307)
    const left = await secondsLeft(place)
    expect(left).toBeLessThanOrEqual(seconds)
    if (seconds >= 4) {
      await skip(1500)
      expect(await secondsLeft(place)).toBeLessThan(left)
    }
    while (called('start') === starts)
      await skip(250)
    expect(skipped).toBeLessThanOrEqual(seconds * 1000 + 250)
    expect(Date.now() - lostAt + skipped).toBeGreaterThanOrEqual(seconds * 500)
    await reads(place, '正在重新连接')
  }

  return {
    phone,
    page,
    tag,
    say,
    called,
    reads,
    secondsLeft,
    isClear: place => soon(() => expect(findAll(page, place)).toEqual([])),
    send: (roomId, isOn) => send(world, roomId, JSON.parse(phone.wx.api.getStorageSync('lianmai.session')).token, isOn),
    async expectWaits(place, waits) {
      for (const seconds of waits)
        await expectWait(place, seconds)
    },
    async leave(...names) {
      phone.navigateBack()
      await soon(() => names.forEach(name => expect(lastOrder(phone, name)).toBe('stop')))
      expect(called('stopPreview') > 0).toBe(names.includes('live-pusher'))
      await phone.skip(10_000) // the socket may stay for a moment, in case the person comes back
      const calls = phone.wx.calls.length
      await phone.skip(120_000)
      expect(phone.wx.calls.slice(calls)).toEqual([])
      expectNoMore(phone.alive(), atHome)
    },
  }
}

/** The server sends in the name of whoever has this token, or ceases to. */
export async function send(world: World, roomId: string, token: string, isOn = true): Promise<void> {
  const headers = { 'content-type': 'application/json', 'authorization': `Bearer ${token}` }
  const { status } = await fetch(`${world.url}/api/rooms/${roomId}/simulated-stream`, { method: 'POST', headers, body: JSON.stringify({ isOn }) })
  expect(status).toBe(200)
}

/** Sooner than a wait of five seconds or more may end: those are no shorter than half of it. */
export const atOnce = (expectation: () => void): Promise<void> => vi.waitFor(expectation, { timeout: 2000, interval: 20 })

function lastOrder({ wx }: MiniProgram, name: Tag): string | undefined {
  const context = name === 'live-pusher' ? 'LivePusherContext' : 'LivePlayerContext'
  const orders = wx.calls.map(([call]) => call.split('.')).filter(([owner, method]) => owner === context && ['start', 'play', 'stop'].includes(method))
  return orders.at(-1)?.[1]
}

function expectNoMore(now: Alive, before: Alive) {
  expect(now.listeners).toBe(before.listeners)
  expect(now.timers).toBeLessThanOrEqual(before.timers + 1) // the app's socket for chat stays, with one of its own
}
