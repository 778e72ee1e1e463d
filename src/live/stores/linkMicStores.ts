/** What the screens know of link-mic and can ask for: the stage for everybody, the guest's own way, the anchor's desk. */
import type { ComputedRef, Ref } from 'vue'
import type { AudienceList } from '../sessions/audienceList'
import type { Preflight } from '../sessions/preflight'
import type { Composition } from '../sessions/stageState'
import type { SeatNumber } from '@/shared/domain/layout'
import type { Ending, LinkMic, Medium } from '@/shared/domain/linkMic'
import type { AdmissionMode, Track } from '@/shared/domain/stage'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { Application, Invitation, StageGuest } from '@/shared/protocol/linkMic'
import type { PlayUrls, PublishUrls, User } from '@/shared/protocol/rest'
import type { MediaProblem, MediaProblemCode, MediaStatus, MediaTrouble, PlayerProps, PusherHandle } from '@/src/live/components/media'

export type { AudienceList } from '../sessions/audienceList'
export type { Device, Preflight } from '../sessions/preflight'
export type { Composition } from '../sessions/stageState'

export interface StageTile {
  readonly seat: SeatNumber
  readonly guest: StageGuest
  /** Undefined for one's own tile, and until the addresses are there. */
  readonly play: PlayUrls | undefined
  readonly isMe: boolean
}

/** What the page starts when it opens, and stops before it leaves the room; stopping twice is nothing. */
export interface Startable {
  readonly start: () => () => void
}

/** For everybody in the room. */
export interface StageStore extends Startable {
  readonly composition: ComputedRef<Composition>
  /** By seat. Tiles have a player each unless the composition is `mixed`: then they are names upon the picture. */
  readonly tiles: ComputedRef<readonly StageTile[]>
  /** What the big player plays: the anchor's own stream, or the mixed one. The player changes over by itself. */
  readonly main: ComputedRef<{ readonly urls: PlayUrls | undefined, readonly mode: PlayerProps['mode'] }>
  /** A tile's player gave up: fetches fresh addresses. */
  renew: (tile: StageTile) => void
}

/** For who is not the anchor. */
export interface GuestStore extends Startable {
  /** What the server says, and before it has answered what it is about to say. */
  readonly link: ComputedRef<LinkMic>
  readonly admission: ComputedRef<AdmissionMode>
  readonly position: ComputedRef<number | null>
  readonly seat: ComputedRef<SeatNumber | null>
  /** Of the application, the invitation or the way onto the seat; null while no clock runs. */
  readonly remainingMs: ComputedRef<number | null>
  /** Until the person may apply again; 0 at once. */
  readonly waitMs: ComputedRef<number>
  readonly preflight: Readonly<Ref<Preflight>>
  /** A command is on its way. */
  readonly isPending: Readonly<Ref<boolean>>
  /** The last command was not granted; cleared by the next. */
  readonly problem: Readonly<Ref<ErrorCode | null>>
  /** How the last request ended, for a toast; null once it was shown (`forgetEnding`). */
  readonly ending: Readonly<Ref<Ending | null>>
  /** The pusher is mounted while this is there, and nothing but leaving takes it away. */
  readonly publish: ComputedRef<PublishUrls | undefined>
  readonly pushStatus: Readonly<Ref<MediaStatus>>
  readonly pushProblem: Readonly<Ref<MediaProblemCode | null>>
  /** Of one's own stream. */
  readonly trouble: Readonly<Ref<MediaTrouble | null>>
  /** One's own switches; null off the stage. `isMuted`: by the anchor. */
  readonly sound: ComputedRef<Track | null>
  readonly picture: ComputedRef<Track | null>
  /** The same person is on the mic in another window; `takeOver` goes on here. */
  readonly isElsewhere: ComputedRef<boolean>

  /** Looks at the devices first; `preflight` says what is missing. */
  apply: (medium: Medium) => void
  acceptInvitation: (medium: Medium) => void
  /** From a tap on the explanation, or to look once more: lets the system ask, and goes on with the application or invitation. */
  allow: () => void
  /** Not to WeChat's privacy guide. */
  refuse: () => void
  openSettings: () => void
  cancelPreflight: () => void
  /** Takes back the application, declines the invitation or leaves the seat. */
  leave: () => void
  takeOver: () => void
  toggleMic: () => void
  toggleCamera: () => void
  /** The pusher gave up or waits; from a tap. */
  retryPush: () => void
  /** After a call or what the system took; from a tap. */
  resumePush: () => void
  forgetEnding: () => void
  usePusher: (handle: PusherHandle | undefined) => void
  pusherStatus: (status: MediaStatus) => void
  pusherProblem: (problem: MediaProblem) => void
  pusherTrouble: (trouble: MediaTrouble | null) => void
}

export interface WaitingApplication extends Application {
  readonly waitedMs: number
  /** Null while no clock runs: all seats are taken, or the anchor is away. */
  readonly remainingMs: number | null
}

export interface OpenInvitation extends Invitation {
  readonly remainingMs: number
}

/** For the anchor. */
export interface AnchorStageStore extends Startable {
  readonly admission: ComputedRef<AdmissionMode>
  readonly queue: ComputedRef<readonly WaitingApplication[]>
  readonly invitations: ComputedRef<readonly OpenInvitation[]>
  readonly guests: ComputedRef<readonly StageGuest[]>
  readonly isFull: ComputedRef<boolean>
  readonly audience: Readonly<Ref<AudienceList>>
  /** The last command was not granted; cleared by the next. */
  readonly problem: Readonly<Ref<ErrorCode | null>>
  /** The last invitation that was not taken. */
  readonly untaken: Readonly<Ref<Invitation | null>>
  /** A command for this person is on its way. */
  isPending: (userId: string) => boolean
  loadAudience: () => void
  setAdmission: (admission: AdmissionMode) => void
  accept: (application: Application) => void
  reject: (application: Application) => void
  invite: (user: User) => void
  withdraw: (invitation: Invitation) => void
  kick: (guest: StageGuest) => void
  mute: (guest: StageGuest, mutes: { readonly isMicMuted: boolean, readonly isCameraMuted: boolean }) => void
}
