/** What the administrator may ask by REST, each command with the shape of its body. */
import type { ImCloud } from '../ImCloud'
import type { Json } from '../wire'
import * as v from 'valibot'
import { BY_REST } from '../callbacks'
import { badRequest } from '../ImRefusal'
import { seconds } from '../wire'
import * as shapes from './restShapes'

type Answer = Json | void
type Command = (body: unknown, cloud: ImCloud) => Answer | Promise<Answer>

export const restCommands: Readonly<Record<string, Command>> = {
  'im_open_login_svc/account_import': command(shapes.AccountImport, ({ UserID, Nick, FaceUrl }, cloud) => void cloud.importAccount(UserID, Nick, FaceUrl)),
  'im_open_login_svc/account_check': command(shapes.AccountCheck, ({ CheckItem }, cloud) => ({
    ResultItem: CheckItem.map(({ UserID }) => ({ UserID, ResultCode: 0, ResultInfo: '', AccountStatus: cloud.accounts.has(UserID) ? 'Imported' : 'NotImported' })),
  })),
  'im_open_login_svc/kick': command(shapes.Kick, ({ UserID }, cloud) => cloud.kickAccount(UserID)),
  'group_open_http_svc/create_group': command(shapes.CreateGroup, ({ GroupId, Owner_Account, Name }, cloud) => {
    const owner = Owner_Account === undefined ? cloud.admin : cloud.account(Owner_Account).id
    const group = cloud.createGroup(GroupId ?? `@TGS#a${cloud.groups.size}`, owner, Name)
    return { GroupId: group.id, Type: 'AVChatRoom' }
  }),
  'group_open_http_svc/destroy_group': command(shapes.DestroyGroup, ({ GroupId }, cloud) => cloud.destroyGroup(GroupId)),
  'group_open_http_svc/send_group_msg': command(shapes.SendGroupMessage, (body, cloud) => cloud.say(body.GroupId, {
    from: body.From_Account === undefined ? cloud.admin : cloud.account(body.From_Account).id,
    operator: cloud.admin,
    elements: body.MsgBody,
    priority: body.MsgPriority ?? 'Normal',
    random: body.Random,
    cloudCustomData: body.CloudCustomData,
  }, BY_REST, skipped(body.ForbidCallbackControl)).then(sent => ({ ...sent }))),
  'group_open_http_svc/send_group_system_notification': command(shapes.SendNotification, ({ GroupId, Content }, cloud) => cloud.notify(GroupId, Content)),
  'group_open_http_svc/forbid_send_msg': command(shapes.ForbidSending, ({ GroupId, Members_Account, MuteTime }, cloud) => cloud.silence(GroupId, Members_Account, MuteTime)),
  'group_open_http_svc/modify_group_base_info': command(shapes.ModifyGroup, ({ GroupId, Name, ShutUpAllMember }, cloud) => {
    const group = cloud.group(GroupId)
    group.name = Name ?? group.name
    group.isEveryoneSilenced = ShutUpAllMember === undefined ? group.isEveryoneSilenced : ShutUpAllMember === 'On'
  }),
  'group_open_http_svc/ban_group_member': command(shapes.BanMembers, ({ GroupId, Members_Account, Duration }, cloud) => cloud.ban(GroupId, Members_Account, Duration)),
  'group_open_http_svc/unban_group_member': command(shapes.UnbanMembers, ({ GroupId, Members_Account }, cloud) => cloud.unban(GroupId, Members_Account)),
  'group_open_http_svc/get_online_member_num': command(shapes.OnlineCount, ({ GroupId }, cloud) => ({ OnlineMemberNum: cloud.group(GroupId).online })),
  'group_open_http_svc/get_group_info': command(shapes.GroupInfo, ({ GroupIdList }, cloud) => ({ GroupInfo: GroupIdList.map(id => describeGroup(cloud, id)) })),
  'openim/sendmsg': command(shapes.SendPersonal, async (body, cloud) => {
    const speech = { from: body.From_Account ?? cloud.admin, to: body.To_Account, elements: body.MsgBody, random: body.MsgRandom, seq: body.MsgSeq, cloudCustomData: body.CloudCustomData }
    const { MsgTime, MsgKey } = await cloud.whisper(speech, BY_REST, skipped(body.ForbidCallbackControl))
    return { MsgTime, MsgKey }
  }),
}

function command<Schema extends v.GenericSchema>(schema: Schema, act: (body: v.InferOutput<Schema>, cloud: ImCloud) => Answer | Promise<Answer>): Command {
  return (body, cloud) => {
    const parsed = v.safeParse(schema, body)
    if (!parsed.success)
      throw badRequest(parsed.issues.map(issue => `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`).join('; '))
    return act(parsed.output, cloud)
  }
}

const skipped = (forbidden: readonly string[] = []) => ({ before: forbidden.includes('ForbidBeforeSendMsgCallback'), after: forbidden.includes('ForbidAfterSendMsgCallback') })

function describeGroup(cloud: ImCloud, GroupId: string): Json {
  const group = cloud.groups.get(GroupId)
  if (!group)
    return { GroupId, ErrorCode: 10_010, ErrorInfo: 'group does not exist' }
  return {
    GroupId,
    ErrorCode: 0,
    ErrorInfo: '',
    Type: 'AVChatRoom',
    Name: group.name,
    Owner_Account: group.owner,
    CreateTime: seconds(group.createdAt),
    MemberNum: group.members.length,
    ShutUpAllMember: group.isEveryoneSilenced ? 'On' : 'Off',
  }
}
