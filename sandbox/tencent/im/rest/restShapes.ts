/**
 * Bodies of the REST API as its documents have them, for what our server asks; anything else is refused, as a field that is
 * misspelt would do nothing in the real cloud. https://cloud.tencent.com/document/product/269/1520
 */
import * as v from 'valibot'

const UINT32_MAX = 0xFFFF_FFFF
/** https://cloud.tencent.com/document/product/269/9282 */
const MESSAGE_BYTES_MAX = 12_288

const userId = v.pipe(v.string(), v.regex(/^[\x21-\x7E]{1,32}$/))
/** 269/1502: what begins with @TGS# is the cloud's own choice. */
const groupId = v.pipe(v.string(), v.regex(/^[\x20-\x7E]{1,48}$/))
/** Bytes, not letters. */
const text = (max: number) => v.pipe(v.string(), v.check(value => new TextEncoder().encode(value).length <= max, `longer than ${max} bytes`))
const uint32 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(UINT32_MAX))
const members = (max: number) => v.pipe(v.array(userId), v.minLength(1), v.maxLength(max))

const TextElement = v.strictObject({ MsgType: v.literal('TIMTextElem'), MsgContent: v.strictObject({ Text: v.string() }) })
const CustomElement = v.strictObject({ MsgType: v.literal('TIMCustomElem'), MsgContent: v.strictObject({ Data: v.string(), Desc: v.optional(v.string()), Ext: v.optional(v.string()), Sound: v.optional(v.string()) }) })
const Elements = v.pipe(
  v.array(v.variant('MsgType', [TextElement, CustomElement])),
  v.minLength(1),
  v.check(elements => JSON.stringify(elements).length <= MESSAGE_BYTES_MAX, `longer than ${MESSAGE_BYTES_MAX} bytes`),
)

const ForbidCallbackControl = v.optional(v.array(v.picklist(['ForbidBeforeSendMsgCallback', 'ForbidAfterSendMsgCallback'])))
const onOff = v.picklist(['On', 'Off'])

/** 269/1608 */
export const AccountImport = v.strictObject({ UserID: userId, Nick: v.optional(text(500)), FaceUrl: v.optional(text(500)) })
/** 269/38417 */
export const AccountCheck = v.strictObject({ CheckItem: v.pipe(v.array(v.strictObject({ UserID: userId })), v.minLength(1), v.maxLength(100)) })
/** 269/3853 */
export const Kick = v.strictObject({ UserID: userId })
/** 269/1615; groups of the kind that we use have no limit of members, and nobody to ask for being let in. */
export const CreateGroup = v.strictObject({
  Owner_Account: v.optional(userId),
  Type: v.literal('AVChatRoom'),
  GroupId: v.optional(groupId),
  Name: v.pipe(text(100), v.minLength(1)),
  Introduction: v.optional(text(400)),
  Notification: v.optional(text(400)),
  FaceUrl: v.optional(text(500)),
})
/** 269/1624 */
export const DestroyGroup = v.strictObject({ GroupId: groupId })
/** 269/1629 */
export const SendGroupMessage = v.strictObject({
  GroupId: groupId,
  Random: uint32,
  MsgPriority: v.optional(v.picklist(['High', 'Normal', 'Low', 'Lowest'])),
  From_Account: v.optional(userId),
  MsgBody: Elements,
  CloudCustomData: v.optional(v.string()),
  ForbidCallbackControl,
})
/** 269/1630 */
export const SendNotification = v.strictObject({ GroupId: groupId, Content: v.pipe(v.string(), v.minLength(1), v.check(value => value.length <= MESSAGE_BYTES_MAX)) })
/** 269/1627; 0 lets speak again, 4294967295 is for ever. */
export const ForbidSending = v.strictObject({ GroupId: groupId, Members_Account: members(500), MuteTime: uint32 })
/** 269/1620 */
export const ModifyGroup = v.strictObject({
  GroupId: groupId,
  Name: v.optional(v.pipe(text(100), v.minLength(1))),
  Introduction: v.optional(text(400)),
  Notification: v.optional(text(400)),
  FaceUrl: v.optional(text(500)),
  ShutUpAllMember: v.optional(onOff),
})
/** 269/79249 */
export const BanMembers = v.strictObject({ GroupId: groupId, Members_Account: members(20), Duration: uint32, Description: v.optional(text(1000)) })
/** 269/79250 */
export const UnbanMembers = v.strictObject({ GroupId: groupId, Members_Account: members(20) })
/** 269/49180 */
export const OnlineCount = v.strictObject({ GroupId: groupId })
/** 269/1616 */
export const GroupInfo = v.strictObject({
  GroupIdList: v.pipe(v.array(groupId), v.minLength(1), v.maxLength(50)),
  ResponseFilter: v.optional(v.strictObject({ GroupBaseInfoFilter: v.optional(v.array(v.string())), MemberInfoFilter: v.optional(v.array(v.string())) })),
})
/** 269/2282 */
export const SendPersonal = v.strictObject({
  SyncOtherMachine: v.optional(v.picklist([1, 2])),
  From_Account: v.optional(userId),
  To_Account: userId,
  MsgSeq: v.optional(uint32),
  MsgRandom: uint32,
  MsgLifeTime: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(604_800))),
  OnlineOnlyFlag: v.optional(v.picklist([0, 1])),
  MsgBody: Elements,
  CloudCustomData: v.optional(v.string()),
  ForbidCallbackControl: v.optional(v.array(v.picklist(['ForbidBeforeSendMsgCallback', 'ForbidAfterSendMsgCallback']))),
  SendMsgControl: v.optional(v.array(v.picklist(['NoUnread', 'NoLastMsg', 'WithMuteNotifications', 'NoMsgCheck']))),
})
