/** Bodies of the callbacks that matter here; the numbers are of https://www.tencentcloud.com/document/product/1047/<number>. */
import * as v from 'valibot'

const Element = v.looseObject({ MsgType: v.string(), MsgContent: v.looseObject({}) })
const said = { GroupId: v.string(), From_Account: v.string(), MsgBody: v.array(Element) }

export const Callback = v.variant('CallbackCommand', [
  /** 34374 */
  v.object({ CallbackCommand: v.literal('Group.CallbackBeforeSendMsg'), ...said }),
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
export type MessageElement = v.InferOutput<typeof Element>
