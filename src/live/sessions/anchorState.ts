/** What the anchor's page can be in, hear of, and ask for. The rules between them: anchorMachine.ts. */
import type { Feed, FeedEvent } from './feedMachine'
import type { Preview, PreviewEvent } from './previewMachine'
import type { Step } from '@/shared/domain/transition'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { CreatedRoom, PlayUrls, PublishUrls, Room, RoomDetail } from '@/shared/protocol/rest'
import type { PictureSource } from '@/src/live/components/media'
import { step } from '@/shared/domain/transition'

export const COUNTDOWN_SECONDS = 3

/** Who sends the picture: this device, or an encoder such as OBS. */
export type Publisher = 'device' | 'encoder'

interface OnAir {
  readonly room: Room
  readonly publish: PublishUrls
  /** For watching one's own encoder; fetched, so it comes later than the room. */
  readonly play: PlayUrls | null
  readonly by: Publisher
  readonly feed: Feed
}

export type AnchorState
  /** Back at a running room after a reload. */
  = | { readonly status: 'loading', readonly roomId: string, readonly by: Publisher }
    | { readonly status: 'preparing', readonly preview: Preview, readonly problem: ErrorCode | null }
  /** The room is created while the numbers run; `created` is null until it is there. */
    | { readonly status: 'countdown', readonly requestId: string, readonly preview: Preview, readonly secondsLeft: number, readonly created: CreatedRoom | null }
  /** A room for an encoder is being created. */
    | { readonly status: 'creating', readonly requestId: string, readonly preview: Preview }
  /** The room waits for its stream to arrive at the server. */
    | ({ readonly status: 'starting' } & OnAir)
    | ({ readonly status: 'live' } & OnAir)
    | { readonly status: 'ending', readonly room: Room, readonly problem: ErrorCode | null }
    | { readonly status: 'ended', readonly room: Room }
    | { readonly status: 'failed', readonly roomId: string, readonly by: Publisher, readonly code: ErrorCode }

export type AnchorEvent
  = | PreviewEvent
    | FeedEvent
    | { readonly type: 'goLive', readonly requestId: string, readonly title: string }
    | { readonly type: 'useEncoder', readonly requestId: string, readonly title: string }
    | { readonly type: 'second', readonly requestId: string }
    | { readonly type: 'created', readonly requestId: string, readonly created: CreatedRoom }
    | { readonly type: 'createFailed', readonly requestId: string, readonly code: ErrorCode }
    | { readonly type: 'fetched', readonly detail: RoomDetail }
    | { readonly type: 'fetchFailed', readonly roomId: string, readonly code: ErrorCode }
  /** The server's news of the room. */
    | { readonly type: 'room', readonly room: Room }
  /** It is time to ask how the room is: chat may be the thing that is broken. */
    | { readonly type: 'poll', readonly roomId: string }
  /** Back to the preparations; nobody has seen anything yet. */
    | { readonly type: 'cancel', readonly source: PictureSource }
    | { readonly type: 'end' }
    | { readonly type: 'endFailed', readonly roomId: string, readonly code: ErrorCode }
  /** After the end card: another broadcast. */
    | { readonly type: 'again', readonly source: PictureSource }
  /** The page came back to the foreground, or chat was refused: what does the server say? */
    | { readonly type: 'check' }

export type AnchorEffect
  = | { readonly type: 'checkPermission', readonly source: PictureSource }
    | { readonly type: 'startPreview' }
    | { readonly type: 'startPush' }
    | { readonly type: 'stopPush' }
    | { readonly type: 'createRoom', readonly requestId: string, readonly title: string }
    | { readonly type: 'countSecond', readonly requestId: string }
    | { readonly type: 'fetchRoom', readonly roomId: string }
    | { readonly type: 'pollLater', readonly roomId: string }
    | { readonly type: 'endRoom', readonly roomId: string }
  /** End a room that nobody waits for. */
    | { readonly type: 'abandonRoom', readonly roomId: string }
    | { readonly type: 'enterRoom', readonly roomId: string }
    | { readonly type: 'leaveRoom' }
    | { readonly type: 'takeCover', readonly roomId: string }

export type In<Status extends AnchorState['status']> = Extract<AnchorState, { status: Status }>
export type Next = Step<AnchorState, AnchorEffect>

/** Spares every caller the two type arguments. */
export const next = (state: AnchorState, ...effects: AnchorEffect[]): Next => step(state, ...effects)
