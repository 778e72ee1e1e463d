/** What the component asks of a room, whichever part its person has in it; more in AnchorRoom and AudienceRoom. */
import type { MediaProblem, MediaStatus, MediaTrouble, PlayerHandle, PusherHandle } from '../components/media'
import type { Observable } from '../sessions/Observable'
import type { Account } from './account'
import type { Tell } from './roomEvent'
import type { RoomView } from './roomView'

export interface RoomPorts {
  readonly account: Account
  readonly tell: Tell
  readonly pusher: Pick<PusherHandle, 'start' | 'stop' | 'startPreview' | 'snapshot'>
  readonly player: Pick<PlayerHandle, 'start' | 'stop'>
}

export interface EmbeddedRoom {
  readonly view: Observable<RoomView>
  begin: () => void
  /** Leaves for good: an anchor's room ends with it. May be called twice. */
  stop: () => void
  /** What has given up, or waits, tries at once. */
  retry: () => void
  /** Resolves with whether it was taken; a refusal is told. */
  say: (text: string) => Promise<boolean>
  pusherStatus: (status: MediaStatus) => void
  pusherProblem: (problem: MediaProblem) => void
  pusherTrouble: (trouble: MediaTrouble | null) => void
  playerStatus: (status: MediaStatus) => void
  playerProblem: (problem: MediaProblem) => void
  /** A tile's player gave up: it needs fresh addresses. */
  renew: (requestId: string) => void
}

/** How long what has given up rests before it is tried again. */
export const REST_MS = 5000
