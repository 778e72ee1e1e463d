import type { NativePusherContext } from './pusherContext'
import { describe, expect, it, vi } from 'vitest'
import { createVirtualClock, settle } from '@/src/testing/virtualClock'
import { createFakeOutside } from '../testing/fakeOutside'
import { createNativePusher } from './nativePusher'

function setup(change: Partial<Record<keyof NativePusherContext, (options: any) => void>> = {}) {
  const clock = createVirtualClock()
  const succeed = () => vi.fn((options: { success?: () => void }) => options.success?.())
  const context = { start: succeed(), stop: succeed(), pause: succeed(), resume: succeed(), startPreview: succeed(), stopPreview: succeed(), switchCamera: succeed(), snapshot: succeed(), ...change } as unknown as Record<keyof NativePusherContext, ReturnType<typeof vi.fn>>
  const { outside, listeners, hear } = createFakeOutside()
  const on = { onStatus: vi.fn(), onProblem: vi.fn(), onTrouble: vi.fn(), onStatistics: vi.fn(), onPreview: vi.fn() }
  const pusher = createNativePusher({
    context: () => context as unknown as NativePusherContext,
    clock,
    random: () => 1,
    outside,
    ...on,
  })
  return { clock, context, pusher, listeners, hear, showApp: () => hear({ type: 'shown' }), ...on, statuses: () => on.onStatus.mock.calls.map(([status]) => status) }
}

describe('<live-pusher>', () => {
  it('[PB21] the numbers of a normal start', () => {
    const { pusher, statuses, onProblem } = setup()
    pusher.start()
    for (const code of [1003, 1007, 1001, 1008, 1002])
      pusher.handleState(code)
    expect(statuses()).toEqual(['connecting', 'live'])
    expect(onProblem).not.toHaveBeenCalled()
  })

  it('[PB21] some phones send 1005 and never 1002, or no number at all while bytes leave', () => {
    const first = setup()
    first.pusher.start()
    first.pusher.handleState(1005)
    expect(first.statuses()).toEqual(['connecting', 'live'])
    const second = setup()
    second.pusher.start()
    second.pusher.handleNetStatus({ videoBitrate: 600, audioBitrate: 48 })
    expect(second.statuses()).toEqual(['connecting', 'live'])
  })

  it('[PB21] after −1307 it starts again by itself, with growing waits', async () => {
    const { clock, context, pusher, statuses } = setup()
    pusher.start()
    pusher.handleState(1002)
    pusher.handleState(1102)
    pusher.handleState(-1307)
    await clock.advance(1000)
    expect(context.start).toHaveBeenCalledTimes(2)
    pusher.handleState(-1307)
    await clock.advance(1999)
    expect(context.start).toHaveBeenCalledTimes(2)
    await clock.advance(1)
    pusher.handleState(1002)
    expect(context.start).toHaveBeenCalledTimes(3)
    expect(statuses()).toEqual(['connecting', 'live', 'interrupted', 'live'])
  })

  it.each([5000, 5001])('[PB21] %i pauses, and the app\'s return resumes', (code) => {
    const { context, pusher, showApp, statuses } = setup()
    pusher.start()
    pusher.handleState(1002)
    pusher.handleState(code)
    expect(context.pause).toHaveBeenCalledOnce()
    expect(context.resume).not.toHaveBeenCalled()
    showApp()
    expect(context.resume).toHaveBeenCalledOnce()
    expect(context.stop).not.toHaveBeenCalled()
    expect(statuses()).toEqual(['connecting', 'live', 'interrupted', 'live'])
  })

  it('[PB21] [RC16] a stop that WeChat refuses in the background is made up for when the app is shown', async () => {
    let isInBackground = true
    const { context, pusher, listeners, showApp } = setup({ stop: vi.fn(({ success, fail }) => isInBackground ? fail() : success()) })
    pusher.start()
    pusher.destroy()
    await settle()
    expect(context.stop).toHaveBeenCalledTimes(1)
    isInBackground = false
    showApp()
    await settle()
    expect(context.stop).toHaveBeenCalledTimes(2)
    expect(context.stopPreview).toHaveBeenCalledTimes(2)
    showApp()
    expect(context.stop).toHaveBeenCalledTimes(2)
    expect(listeners.size).toBe(0)
  })

  it('[PB21] what never sent is not stopped: the context is the whole app\'s', () => {
    const { context, pusher, listeners } = setup()
    pusher.stop()
    pusher.destroy()
    expect(context.stop).not.toHaveBeenCalled()
    expect(listeners.size).toBe(0)
  })

  it('[RC20] nothing listens any more after a destroy that went well, and stop may come twice', async () => {
    const { clock, pusher, listeners } = setup()
    pusher.start()
    pusher.stop()
    pusher.destroy()
    await settle()
    expect(listeners.size).toBe(0)
    expect(clock.pending).toBe(0)
  })

  it('[RC20] nor after one whose stop WeChat never answers', async () => {
    const { clock, pusher, listeners } = setup({ stop: vi.fn() })
    pusher.start()
    pusher.destroy()
    expect(listeners.size).toBeGreaterThan(0)
    await clock.advance(1000)
    expect([listeners.size, clock.pending]).toEqual([0, 0])
  })

  it('[RC25] an answer that comes after its second does not end the next stop', async () => {
    const answers: (() => void)[] = []
    const { clock, context, pusher, hear } = setup({ stop: vi.fn(({ success }) => answers.push(success)) })
    const loseSilently = async () => {
      pusher.handleState(1002)
      hear({ type: 'network', isOnline: true })
      await clock.advance(8000)
    }
    pusher.start()
    await loseSilently()
    await clock.advance(1000)
    await loseSilently()
    answers[0]()
    expect([context.stop, context.start].map(({ mock }) => mock.calls.length)).toEqual([2, 2])
    answers[1]()
    expect(context.start).toHaveBeenCalledTimes(3)
  })

  it('[RC25] what is opened anew starts when the stop before it has been answered, or a second later', async () => {
    const answers: (() => void)[] = []
    const { clock, context, pusher, hear } = setup({ stop: vi.fn(({ success }) => answers.push(success)) })
    pusher.start()
    pusher.handleState(1002)
    hear({ type: 'network', isOnline: true })
    await clock.advance(8000)
    expect([context.stop, context.start].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
    answers[0]()
    expect(context.start).toHaveBeenCalledTimes(2)
    pusher.handleState(1002)
    hear({ type: 'network', isOnline: true })
    await clock.advance(8999)
    expect(context.start).toHaveBeenCalledTimes(2)
    await clock.advance(1)
    expect(context.start).toHaveBeenCalledTimes(3)
    answers[1]()
    expect(context.start).toHaveBeenCalledTimes(3)
  })

  it('[RC25] stopped before that, it starts nothing', async () => {
    const { clock, context, pusher, hear } = setup({ stop: vi.fn() })
    pusher.start()
    pusher.handleState(1002)
    hear({ type: 'network', isOnline: true })
    await clock.advance(8000)
    pusher.stop()
    await clock.advance(5000)
    expect([context.start.mock.calls.length, clock.pending]).toEqual([1, 0])
  })

  it('[PB21] refusals name the device and WeChat\'s number', () => {
    const { pusher, onProblem } = setup()
    pusher.handleError(10001)
    pusher.handleError(10002)
    pusher.handleState(-1301)
    expect(onProblem.mock.calls.map(([problem]) => problem)).toEqual([
      { code: 'CAMERA_DENIED', nativeCode: 10001 },
      { code: 'MICROPHONE_DENIED', nativeCode: 10002 },
      { code: 'DEVICE_BUSY', nativeCode: -1301 },
    ])
  })

  it('[PB17] netstatus becomes statistics; 1101 and a poor level are warnings, counted once', () => {
    const { clock, pusher, onStatistics } = setup()
    pusher.handleState(1101)
    pusher.handleNetStatus({ videoBitrate: 700, audioBitrate: 40, videoFPS: 15, videoWidth: 360, videoHeight: 640, netSpeed: 745, netQualityLevel: 5 })
    pusher.handleNetStatus({ videoBitrate: 700, audioBitrate: 40 })
    expect(onStatistics.mock.calls[0][0]).toEqual({ at: clock.now(), transport: 'rtmp', bitrateKbps: 745, fps: 15, width: 360, height: 640, warnings: 2 })
    expect(onStatistics.mock.calls[1][0]).toMatchObject({ bitrateKbps: 740, warnings: 0 })
  })

  it('[PB19] a snapshot is a file, or nothing', async () => {
    const taken = setup({ snapshot: vi.fn(({ success }) => success({ tempImagePath: 'wxfile://a.jpg' })) })
    expect(await taken.pusher.snapshot()).toEqual({ filePath: 'wxfile://a.jpg' })
    const refused = setup({ snapshot: vi.fn(({ fail }) => fail()) })
    expect(await refused.pusher.snapshot()).toBeUndefined()
  })

  it('[PB10] the preview is told, or why there is none', async () => {
    const shown = setup()
    await shown.pusher.startPreview()
    expect(shown.onPreview).toHaveBeenCalledOnce()
    const refused = setup({ startPreview: vi.fn(({ fail }) => fail()) })
    await refused.pusher.startPreview()
    expect(refused.onProblem).toHaveBeenCalledWith({ code: 'DEVICE_BUSY' })
  })
})
