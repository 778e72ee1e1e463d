/** What the component shows of a room, whichever part its person has in it. */
import type { PlayerProps } from '../components/media'
import type { SeatNumber } from '@/shared/domain/layout'
import type { StageGuest } from '@/shared/protocol/linkMic'
import type { PlayUrls, PublishUrls } from '@/shared/protocol/rest'

export interface Tile {
  readonly requestId: string
  readonly userId: string
  readonly name: string
  readonly seat: SeatNumber
  readonly status: StageGuest['status']
  /** There is a picture to wait for, not a voice alone. */
  readonly hasPicture: boolean
  /** Undefined for one's own, and until it is known. */
  readonly play: PlayUrls | undefined
  readonly isMe: boolean
  /** The anchor may take a guest off the stage, and a guest may leave. */
  readonly canClose: boolean
}

export interface RoomView {
  /** A word over the picture; null: none is needed. */
  readonly notice: 'connecting' | 'away' | 'closed' | null
  readonly main: { readonly urls: PlayUrls | undefined, readonly mode: PlayerProps['mode'] }
  readonly tiles: readonly Tile[]
  /** The guests are in the main picture already. */
  readonly isMixed: boolean
  /** Where one's own picture goes to; undefined while nothing is sent. */
  readonly publish: PublishUrls | undefined
  /** What is sent has no picture: the person's choice, or the anchor's. */
  readonly isVoice: boolean
  /** By the anchor. */
  readonly isMuted: boolean
}

export const NOTHING: RoomView = { notice: null, main: { urls: undefined, mode: 'live' }, tiles: [], isMixed: false, publish: undefined, isVoice: false, isMuted: false }

export function tileOf({ medium, picture, requestId, seat, status, user }: StageGuest, play: PlayUrls | undefined, isMe: boolean, canClose: boolean): Tile {
  return {
    requestId,
    userId: user.id,
    name: user.nickname,
    seat,
    status,
    hasPicture: medium === 'video' && picture.isOn && !picture.isMuted,
    play: isMe || status === 'connecting' ? undefined : play,
    isMe,
    canClose,
  }
}
