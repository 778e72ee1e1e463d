import type { WayReport } from './mediaDrive'
import type { Way } from './mediaPlan'
import { describe, expect, it, vi } from 'vitest'
import { createVirtualClock } from '@/src/testing/virtualClock'
import { createMediaDrive } from './mediaDrive'

function setup(open?: (way: Way, report: WayReport) => () => void) {
  const clock = createVirtualClock()
  const opened: { way: Way, report: WayReport, close: ReturnType<typeof vi.fn> }[] = []
  const onStatus = vi.fn()
  const onProblem = vi.fn()
  const drive = createMediaDrive({
    policy: { openMs: 5000, steadyMs: 10_000, backoff: { firstMs: 1000, maxMs: 4000 } },
    clock,
    random: () => 1,
    onStatus,
    onProblem,
    open: open ?? ((way, report) => {
      const close = vi.fn()
      opened.push({ way, report, close })
      return close
    }),
  })
  return { clock, drive, opened, onStatus, onProblem, statuses: () => onStatus.mock.calls.map(([status]) => status) }
}

describe('the drive', () => {
  it('[PB2] gives a way its five seconds, closes it and opens the next', async () => {
    const { clock, drive, opened } = setup()
    drive.start(['wsFlv', 'flv'])
    await clock.advance(4999)
    expect(opened).toHaveLength(1)
    await clock.advance(1)
    expect(opened.map(({ way }) => way)).toEqual(['wsFlv', 'flv'])
    expect(opened[0].close).toHaveBeenCalledOnce()
  })

  it('[PB4] tells each status once and goes on trying with growing waits', async () => {
    const { clock, drive, opened, statuses, onProblem } = setup()
    drive.start(['whip'])
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

  it('[PB4] leaves no timer and nothing open after stop, also twice', async () => {
    const { clock, drive, opened, statuses } = setup()
    drive.start(['whip'])
    drive.stop()
    drive.stop()
    opened[0].report.opened()
    await clock.advance(60_000)
    expect(clock.pending).toBe(0)
    expect(opened).toHaveLength(1)
    expect(opened[0].close).toHaveBeenCalledOnce()
    expect(statuses()).toEqual(['connecting', 'idle'])
  })

  it('[PB3] a way may fail before it has returned', () => {
    const close = vi.fn()
    const { drive, onProblem } = setup((_way, report) => {
      report.failed('unsupported')
      return close
    })
    drive.start(['whep', 'flv'])
    expect(close).toHaveBeenCalledTimes(2)
    expect(drive.status).toBe('failed')
    expect(onProblem).toHaveBeenCalledWith({ code: 'UNSUPPORTED' })
  })
})
