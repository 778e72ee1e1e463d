/** Bodies of the callbacks that matter here; the numbers are of https://www.tencentcloud.com/document/product/1047/<number>. */
import * as v from 'valibot'

const Element = v.looseObject({ MsgType: v.string(), MsgContent: v.looseObject({}) })
const number = v.pipe(v.number(), v.integer(), v.minValue(0))
const said = { GroupId: v.string(), From_Account: v.string(), MsgBody: v.array(Element) }

export const Callback = v.variant('CallbackCommand', [
  /** 34374 */
  v.object({ CallbackCommand: v.literal('Group.CallbackBeforeSendMsg'), ...said }),
  /** 34364; its two numbers stay the same when the SDK sends it again. */
  v.object({
    CallbackCommand: v.literal('C2C.CallbackBeforeSendMsg'),
    From_Account: v.string(),
    To_Account: v.string(),
    MsgSeq: number,
    MsgRandom: number,
    MsgBody: v.array(Element),
  }),
  /** 34375 */
  v.object({ CallbackCommand: v.literal('Group.CallbackAfterSendMsg'), ...said }),
  /** 48734 */
  v.object({
    CallbackCommand: v.literal('Group.CallbackOnMemberStateChange'),
    GroupId: v.string(),
    EventType: v.picklist(['Online', 'Offline']),
    MemberList: v.array(v.object({ Member_Account: v.string() })),
  }),
  /** 34357 */
  v.object({ CallbackCommand: v.literal('State.StateChange'), Info: v.object({ Action: v.string(), To_Account: v.string() }) }),
])
export type Callback = v.InferOutput<typeof Callback>
