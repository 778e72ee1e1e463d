/** The machine's state in the words of MediaPusher and MediaPlayer. */
import type { Active, Recovery } from './recoveryState'
import type { MediaStatus, MediaTrouble } from '@/src/live/components/media'
import { isTaken } from './recoveryState'

export function statusOf(state: Recovery): MediaStatus {
  switch (state.status) {
    case 'opening':
    case 'waiting': return state.wasLive ? 'interrupted' : 'connecting'
    case 'live': return isTaken(state.holders) || state.flow.status === 'wavering' || state.flow.status === 'resuming' ? 'interrupted' : 'live'
    default: return state.status
  }
}

/** Null: all is well, or nothing is asked of it, or it is trying for the first time. */
export function troubleOf(state: Recovery): MediaTrouble | null {
  switch (state.status) {
    case 'opening': return state.attempt > 0 || state.wasLive ? { kind: 'reconnecting', attempt: Math.max(1, state.attempt) } : null
    case 'waiting': return holdOf(state)
      ?? (state.isOnline ? { kind: state.isStuck ? 'stuck' : 'waiting', attempt: state.attempt, until: state.until } : { kind: 'offline' })
    case 'live': return holdOf(state) ?? whileLive(state)
    default: return null
  }
}

function whileLive({ flow, isOnline, weakness }: Extract<Recovery, { status: 'live' }>): MediaTrouble | null {
  if (flow.status === 'wavering')
    return isOnline ? { kind: 'reconnecting', attempt: Math.max(1, flow.tries) } : { kind: 'offline' }
  if (flow.status === 'resuming')
    return { kind: 'reconnecting', attempt: 1 }
  return weakness.status === 'weak' ? { kind: 'weak' } : null
}

/** A call says more than the background that it brings with it. */
function holdOf({ holders, isHidden }: Active): MediaTrouble | null {
  const by = (['call', 'system', 'person'] as const).find(holder => holders.includes(holder)) ?? (isHidden ? 'background' : undefined)
  return by ? { kind: 'paused', by } : null
}
