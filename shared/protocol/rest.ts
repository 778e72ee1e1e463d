/** Bodies and answers of the REST API. The OpenAPI document is generated from these schemas. Times: unix milliseconds. */
import * as v from 'valibot'
import { ROOM_ID, STREAM_ID } from '../domain/ids'
import { ERROR_CODES } from './errorCode'
import { LinkMicView, PublicStage } from './linkMic'
import { Avatar, User } from './user'

export { AVATAR_COUNT, User } from './user'

export const NICKNAME_MAX = 20
export const TITLE_MAX = 40
export const ROOMS_PAGE_MAX = 50
export const ROOMS_PAGE_DEFAULT = 20
/** Bytes of an uploaded cover (JPEG, PNG or WebP). */
export const COVER_MAX_BYTES = 512 * 1024

/** Bytes of a person's own picture (JPEG, PNG or WebP). */
export const PICTURE_MAX_BYTES = 200 * 1024

const time = v.pipe(v.number(), v.integer(), v.minValue(0))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/**
 * No control characters and text-direction overrides, which hide what a line says; and something to see: joiners, fillers,
 * variation selectors and their like are none.
 */
// eslint-disable-next-line no-control-regex, no-misleading-character-class
const READABLE = /^(?![\s\u061C\u115F\u1160\u200B-\u200D\u2060-\u206F\u2800\u3164\uFFA0\u00AD\u034F\u17B4\u17B5\u180B-\u180F\uFE00-\uFE0F\u{E0000}-\u{E0FFF}]+$)[^\u0000-\u001F\u007F\u200E\u200F\u202A-\u202E\u2066-\u2069]+$/u
/** Trims, folds runs of white space. */
const line = (max: number) => v.pipe(v.string(), v.transform(text => text.replace(/\s+/g, ' ').trim()), v.minLength(1), v.maxLength(max), v.regex(READABLE))

export const Nickname = line(NICKNAME_MAX)
export const Title = line(TITLE_MAX)
/** What wx.login gave. */
const WeChatCode = v.pipe(v.string(), v.minLength(1), v.maxLength(128))
/** `wechatCode`: whoever was here with that WeChat account is again who they were. */
export const CreateSession = v.object({ nickname: Nickname, avatar: v.optional(Avatar), wechatCode: v.optional(WeChatCode) })
const EXTERNAL_TOKEN_MAX = 8192
/** `token`: of the account system that the server trusts. Name and face are for somebody of whom it tells none. */
export const CreateExternalSession = v.object({ token: v.pipe(v.string(), v.minLength(1), v.maxLength(EXTERNAL_TOKEN_MAX)), nickname: v.optional(Nickname), avatar: v.optional(Avatar) })
/** For somebody of WeChat's; without a nickname they are called as WeChat calls who has none. */
export const CreateWeChatSession = v.object({ code: WeChatCode, nickname: v.optional(Nickname), avatar: v.optional(Avatar) })
/** Choosing an avatar takes the person's own picture away. */
export const UpdateMe = v.object({ nickname: v.optional(Nickname), avatar: v.optional(Avatar) })

/** `serverAccount`: who speaks for the server, when that is not `administrator`. `socketUrl`: where the SDK connects to, when that is not Tencent. */
const tencentPlace = { serverAccount: v.optional(v.string()), socketUrl: v.optional(v.string()) }
/** What the client needs to reach chat: our own hub, or Tencent IM with a UserSig signed by the server; a visitor there may only read. */
export const ImCredential = v.variant('kind', [
  v.object({ kind: v.literal('embedded') }),
  v.object({ kind: v.literal('tencent'), sdkAppId: v.number(), userId: v.string(), userSig: v.string(), ...tencentPlace }),
  v.object({ kind: v.literal('tencentVisitor'), sdkAppId: v.number(), ...tencentPlace }),
])
export type ImCredential = v.InferOutput<typeof ImCredential>

export const Session = v.object({ token: v.string(), user: User, im: ImCredential, expiresAt: time })
export type Session = v.InferOutput<typeof Session>

export const RoomStatus = v.picklist(['preparing', 'live', 'interrupted', 'ended'])
export const RoomEndReason = v.picklist(['anchor', 'interrupted', 'expired', 'operator'])

/** What everybody may know of a room. */
export const Room = v.object({
  id: v.pipe(v.string(), v.regex(ROOM_ID)),
  title: v.string(),
  /** Path of the cover picture on this server, or null: the app draws one. */
  cover: v.nullable(v.string()),
  anchor: User,
  streamId: v.pipe(v.string(), v.regex(STREAM_ID)),
  status: RoomStatus,
  createdAt: time,
  startedAt: v.nullable(time),
  /** While interrupted: when the anchor's stream went away, and when the room will end unless it returns. */
  interruptedAt: v.nullable(time),
  graceEndsAt: v.nullable(time),
  endedAt: v.nullable(time),
  endReason: v.nullable(RoomEndReason),
  /** People in the room now besides its anchor. */
  viewers: count,
  /** Of these, who are not in its chat: they watch by the old room service. */
  viewersElsewhere: count,
  peakViewers: count,
  /** Different people who have been in the room. */
  visitors: count,
  messages: count,
  /** The built-in demo: nobody owns it. */
  isDemo: v.boolean(),
  /** Who is on the mic beside the anchor. */
  stage: PublicStage,
  /** Nobody but the anchor may speak in chat. */
  isSilenced: v.boolean(),
})
export type Room = v.InferOutput<typeof Room>

export const CreateRoom = v.object({ title: Title })
export const UpdateRoom = v.object({ title: Title })

/** Signed URLs for the room's anchor alone. `whip` is http(s), `rtmp` may be split for OBS into server and key. */
export const PublishUrls = v.object({
  streamId: v.string(),
  rtmp: v.string(),
  /** OBS and most encoders want these two in separate fields. */
  rtmpServer: v.string(),
  rtmpKey: v.string(),
  whip: v.optional(v.string()),
  expiresAt: time,
})
export type PublishUrls = v.InferOutput<typeof PublishUrls>

/** Signed URLs for watching; which are present depends on the media provider. */
export const PlayUrls = v.object({
  flv: v.optional(v.string()),
  wsFlv: v.optional(v.string()),
  whep: v.optional(v.string()),
  rtmp: v.optional(v.string()),
  hls: v.optional(v.string()),
  /** Tencent's low-latency playback (快直播): where to POST the offer; its `streamurl` parameter belongs into the body. */
  leb: v.optional(v.string()),
  expiresAt: time,
})
export type PlayUrls = v.InferOutput<typeof PlayUrls>

export const RoomsQuery = v.object({
  cursor: v.optional(v.pipe(v.string(), v.maxLength(200))),
  limit: v.optional(v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(ROOMS_PAGE_MAX))),
})
export const RoomsPage = v.object({ rooms: v.array(Room), nextCursor: v.nullable(v.string()) })
export type RoomsPage = v.InferOutput<typeof RoomsPage>

export const CreatedRoom = v.object({ room: Room, publish: PublishUrls })
export type CreatedRoom = v.InferOutput<typeof CreatedRoom>
/** A guest's own picture and sound: for people on stage, and for an audience that composes the picture itself. */
export const GuestPlay = v.object({ userId: v.string(), play: PlayUrls })
/**
 * `publish` only for the anchor, so that a reload goes on publishing. `play` is the anchor's own stream, null once the room
 * has ended; `mixed` is everybody on stage in one stream while `room.stage.isMixed`, else null.
 */
export const RoomDetail = v.object({ room: Room, play: v.nullable(PlayUrls), mixed: v.nullable(PlayUrls), guests: v.array(GuestPlay), publish: v.optional(PublishUrls) })
export type RoomDetail = v.InferOutput<typeof RoomDetail>
export const RoomOnly = v.object({ room: Room })

/** How many people of an audience are named. */
export const AUDIENCE_MAX = 100
/** Who is in the room besides its anchor, who came last first; `total` counts those not named, too. */
export const RoomAudience = v.object({ people: v.array(User), total: count })
export type RoomAudience = v.InferOutput<typeof RoomAudience>

/** What a command and a question answer: how the asker stands, and with a seat where to publish to. */
export const LinkMicAnswer = v.object({ view: LinkMicView, publish: v.optional(PublishUrls) })
export type LinkMicAnswer = v.InferOutput<typeof LinkMicAnswer>

export const ApiError = v.object({ code: v.picklist(ERROR_CODES), message: v.string(), requestId: v.string() })
export type ApiError = v.InferOutput<typeof ApiError>
