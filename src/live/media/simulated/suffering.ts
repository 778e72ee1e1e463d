/** What a person lets happen to simulated media, told to the machine that has to bear it as a phone would tell it. */
import type { RecoveryDrive, WayReport } from '../recovery/createRecovery'
import type { Incident } from './incident'
import type { Clock } from '@/src/ports/Clock'

/** A weak network is complained of so often. */
const COMPLAIN_MS = 2000

export function createSuffering(clock: Clock, recovery: Pick<RecoveryDrive, 'complain' | 'hurry' | 'interrupt' | 'release'>, report: () => WayReport | undefined) {
  let incident: Incident = 'none'
  let stopComplaining = () => {}

  return {
    /** Nothing gets through. */
    isLost: () => incident === 'lost',
    /** Until another begins; `none` ends it. */
    begin(next: Incident) {
      const before = incident
      incident = next
      stopComplaining()
      stopComplaining = next === 'weak' ? clock.every(COMPLAIN_MS, recovery.complain) : () => {}
      if (next === 'lost')
        report()?.failed('lost')
      else if (next === 'call')
        recovery.interrupt('call')
      if (before === 'call' && next !== 'call')
        recovery.release()
      else if (before === 'lost' && next !== 'lost')
        recovery.hurry()
    },
  }
}
