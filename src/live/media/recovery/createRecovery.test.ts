import type { OpenedWay, WayReport } from './createRecovery'
import type { Way } from './recoveryState'
import { describe, expect, it, vi } from 'vitest'
import { createVirtualClock, settle } from '@/src/testing/virtualClock'
import { createFakeOutside } from '../testing/fakeOutside'
import { createRecovery } from './createRecovery'

function setup(change: { open?: (way: Way, report: WayReport) => OpenedWay, close?: () => void | Promise<void>, closeAgain?: () => Promise<void> } = {}) {
  const clock = createVirtualClock()
  const opened: { way: Way, report: WayReport, close: ReturnType<typeof vi.fn>, pause: ReturnType<typeof vi.fn>, resume: ReturnType<typeof vi.fn> }[] = []
  const on = { onStatus: vi.fn(), onProblem: vi.fn(), onTrouble: vi.fn() }
  const { outside, listeners, hear } = createFakeOutside()
  const recovery = createRecovery({
    policy: { openMs: 5000, steadyMs: 10_000, waitsMs: [1000, 2000, 4000], stuckWaitMs: 60_000, doBytesOpen: true },
    clock,
    random: () => 1,
    outside,
    closeAgain: change.closeAgain,
    ...on,
    open: change.open ?? ((way, report) => {
      const made = { way, report, close: vi.fn(change.close), pause: vi.fn(), resume: vi.fn() }
      opened.push(made)
      return made
    }),
  })
  return { clock, recovery, opened, listeners, hear, ...on, statuses: () => on.onStatus.mock.calls.map(([status]) => status), troubles: () => on.onTrouble.mock.calls.map(([trouble]) => trouble) }
}

describe('the drive of the machine', () => {
  it('[PB2] gives a way its five seconds, closes it and opens the next', async () => {
    const { clock, recovery, opened } = setup()
    recovery.start(['wsFlv', 'flv'])
    await clock.advance(4999)
    expect(opened).toHaveLength(1)
    await clock.advance(1)
    expect(opened.map(({ way }) => way)).toEqual(['wsFlv', 'flv'])
    expect(opened[0].close).toHaveBeenCalledOnce()
  })

  it('[PB4] tells each status once and goes on trying with growing waits', async () => {
    const { clock, recovery, opened, statuses, onProblem } = setup()
    recovery.start(['whip'])
    opened[0].report.opened()
    opened[0].report.failed('lost')
    await clock.advance(1000)
    opened[1].report.failed('lost')
    await clock.advance(1999)
    expect(opened).toHaveLength(2)
    await clock.advance(1)
    opened[2].report.opened()
    expect(statuses()).toEqual(['connecting', 'live', 'interrupted', 'live'])
    expect(onProblem.mock.calls).toEqual([[{ code: 'NETWORK' }]])
  })

  it('[RC19] tells each trouble once, and when it is over', async () => {
    const { clock, recovery, opened, troubles } = setup()
    recovery.start(['whip'])
    opened[0].report.opened()
    opened[0].report.failed('lost')
    const until = clock.now() + 1000
    await clock.advance(1000)
    opened[1].report.opened()
    opened[1].report.opened()
    expect(troubles()).toEqual([{ kind: 'waiting', attempt: 1, until }, { kind: 'reconnecting', attempt: 1 }, null])
  })

  it('[PB4] leaves no timer and nothing open after stop, also twice', async () => {
    const { clock, recovery, opened, statuses } = setup()
    recovery.start(['whip'])
    recovery.stop()
    recovery.stop()
    opened[0].report.opened()
    await clock.advance(60_000)
    expect(clock.pending).toBe(0)
    expect(opened).toHaveLength(1)
    expect(opened[0].close).toHaveBeenCalledOnce()
    expect(statuses()).toEqual(['connecting', 'idle'])
  })

  it('[PB3] a way may fail before it has returned', () => {
    const close = vi.fn()
    const { recovery, onProblem } = setup({ open(_way, report) {
      report.failed('unsupported')
      return { close, pause: vi.fn(), resume: vi.fn() }
    } })
    recovery.start(['whep', 'flv'])
    expect(close).toHaveBeenCalledTimes(2)
    expect(recovery.status).toBe('failed')
    expect(onProblem).toHaveBeenCalledWith({ code: 'UNSUPPORTED' })
  })

  it('[RC10] a weak network is told, and that it is over by itself', async () => {
    const { clock, recovery, opened, troubles } = setup()
    recovery.start(['whip'])
    opened[0].report.opened()
    recovery.complain()
    recovery.complain()
    await clock.advance(10_000)
    expect(troubles()).toEqual([{ kind: 'weak' }, null])
    expect(clock.pending).toBe(0)
  })

  it('[RC11] pauses and resumes what is open', () => {
    const { recovery, opened, hear } = setup()
    recovery.start(['whip'])
    opened[0].report.opened()
    recovery.interrupt('call')
    hear({ type: 'released' })
    recovery.pause()
    recovery.resume()
    expect([opened[0].pause, opened[0].resume].map(({ mock }) => mock.calls.length)).toEqual([2, 2])
  })

  it('[RC20] destroyed, it hears nothing any more once all is closed', async () => {
    const { recovery, listeners } = setup({ close: () => Promise.resolve() })
    recovery.start(['rtmp'])
    recovery.destroy()
    expect(listeners.size).toBe(1)
    await settle()
    expect(listeners.size).toBe(0)
    const idle = setup()
    idle.recovery.destroy()
    expect(idle.listeners.size).toBe(0)
  })

  it('[RC20] destroyed while the platform refuses to close, it says so once more when the app is shown, and then never', async () => {
    const closeAgain = vi.fn(() => Promise.reject(new Error('background')))
    const { recovery, listeners, hear } = setup({ close: () => Promise.reject(new Error('background')), closeAgain })
    recovery.start(['rtmp'])
    recovery.destroy()
    await settle()
    hear({ type: 'shown' })
    await settle()
    expect(closeAgain).toHaveBeenCalledOnce()
    expect(listeners.size).toBe(0)
  })
})
