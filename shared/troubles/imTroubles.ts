/** Codes of Tencent IM, its service and its REST API. */
import type { Text, Trouble } from './Trouble'
import { text } from './Trouble'

const CODES = 'https://cloud.tencent.com/document/product/269/1671'

const KEY_FIX = text('在 IM 控制台核对 SDKAppID 和密钥，填 TENCENT_SDK_APP_ID 和 TENCENT_SDK_SECRET_KEY（或 TENCENT_SDK_PRIVATE_KEY_FILE）；npm run doctor 的 im.keys、im.api 会验证', 'Compare SDKAppID and key with the IM console and set TENCENT_SDK_APP_ID and TENCENT_SDK_SECRET_KEY (or TENCENT_SDK_PRIVATE_KEY_FILE); im.keys and im.api of npm run doctor prove them')

export const imTroubles: readonly Trouble[] = [
  im([70001], text('UserSig 过期', 'The UserSig ran out'), [text('签发太久，或服务器的时钟不准', 'It was signed too long ago, or the server\'s clock is off')], [text('重新登录会得到新的；校准服务器时间（doctor 的 clock）', 'A new session brings a new one; set the server\'s clock right (clock in doctor)')]),
  im([70002, 70003, 70004, 70005], text('UserSig 校验失败', 'The UserSig does not verify'), [text('密钥不是这个应用的', 'The key is not this application\'s'), text('传输中被截断，或被转义', 'It was cut or escaped on the way')], [KEY_FIX, text('不要改动 UserSig；自己签发时核对算法', 'Pass the UserSig on unchanged; compare the algorithm if it is your own')]),
  im([70009, 70010], text('UserSig 验证失败', 'The UserSig does not verify'), [text('用了别的应用的密钥，或旧的公私钥已换', 'It was signed with another application\'s key, or with a pair that was replaced')], [KEY_FIX]),
  im([70013], text('UserID 与 UserSig 不一致', 'UserID and UserSig do not belong together'), [text('用别人的 UserSig 登录', 'Somebody else\'s UserSig was used')], [text('每个人用自己会话里的 userSig', 'Everybody uses the userSig of their own session')]),
  im([70014], text('SDKAppID 与 UserSig 不一致', 'SDKAppID and UserSig do not belong together'), [text('客户端与服务器填的应用不同', 'Client and server name different applications')], [KEY_FIX]),
  im([70016, 70020], text('应用或密钥不存在', 'There is no such application or key'), [text('SDKAppID 写错，或问错了数据中心', 'The SDKAppID is wrong, or another region was asked')], [text('核对 TENCENT_SDK_APP_ID；海外应用还要改 TENCENT_IM_API_URL', 'Compare TENCENT_SDK_APP_ID; an application abroad needs its TENCENT_IM_API_URL')]),
  im([70050], text('失败太多次，先被拦下', 'Too many failures: held back for now'), [text('UserSig 一直不对', 'The UserSig has been wrong again and again')], [text('先修好签名，一分钟后再试', 'Put the signature right, then wait a minute'), KEY_FIX]),
  im([60004, 60005], text('账号或签名不对', 'Account or signature is wrong'), [text('REST 调用里的管理员或 UserSig 不对', 'Administrator or UserSig of the REST call is not right')], [KEY_FIX]),
  im([60006, 60016], text('SDKAppID 无效或被停用', 'The SDKAppID is not valid, or disabled'), [text('写错，欠费，或在控制台停用', 'It is misspelt, unpaid, or disabled in the console')], [text('核对 TENCENT_SDK_APP_ID，在 IM 控制台看应用状态', 'Compare TENCENT_SDK_APP_ID, and see the application\'s state in the IM console')]),
  im([60010], text('需要管理员', 'Only an administrator may'), [text('TENCENT_IM_ADMIN 不是这个应用的管理员', 'TENCENT_IM_ADMIN is no administrator of this application')], [text('IM 控制台 → 应用配置 → 账号管理：添加管理员，填到 TENCENT_IM_ADMIN', 'IM console → 应用配置 → 账号管理: add an administrator and set TENCENT_IM_ADMIN to it')]),
  im([60007, 60011, 60018, 60019], text('调用太频繁', 'Too many calls'), [text('超过套餐的频率', 'More than the package allows')], [text('稍等会自动恢复；长期如此就升级套餐', 'It recovers by itself; if it stays so, take a larger package')]),
  im([60020], text('套餐到期', 'The package ran out'), [text('没有续费', 'It was not renewed')], [text('IM 控制台 → 续费，五分钟后生效', 'IM console → renew; it takes five minutes')]),
  im([60021], text('来源 IP 不允许', 'This address may not call'), [text('控制台开了 REST API 的 IP 白名单', 'The console has a list of addresses for the REST API')], [text('把服务器的出口 IP 加进白名单', 'Add the address that the server calls from')]),
  im([10007], text('没有权限', 'Not allowed'), [text('普通成员做了群主的事，或已被移出', 'A member did what only the owner may, or was removed')], [text('回到房间再试', 'Come back to the room and try again')]),
  im([10010], text('群组不存在或已解散', 'The group does not exist or was dismissed'), [text('直播已结束', 'The room has ended')], [text('退出房间', 'Leave the room')]),
  im([10015], text('群组 ID 不对', 'The id is no group\'s'), [text('群已回收，或 ID 写错', 'The group was reclaimed, or the id is wrong')], [text('退出房间再进', 'Leave the room and come back')]),
  im([10016], text('被服务器的回调拒绝', 'Our server\'s callback said no'), [text('被禁言、有屏蔽词，或人不在房间', 'Silenced, a blocked word, or not in the room')], [text('看服务器日志；检查 /callbacks/im（doctor 的 im.callback）', 'See the server\'s log and /callbacks/im (im.callback in doctor)')]),
  im([10017], text('被禁言', 'Silenced'), [text('主播禁言了这个人，或全员禁言', 'The anchor silenced this person, or everybody')], [text('等主播解除', 'Wait until the anchor lifts it')]),
  im([10021], text('群组 ID 被别人占用', 'Somebody else has this group id'), [text('另一套服务器用了同一个应用', 'Another installation uses the same application')], [text('每套服务器用自己的 IM 应用', 'Give each installation an IM application of its own')]),
  im([10025], text('群组 ID 已被自己占用', 'This group id is our own already'), [text('刚解散就重建同一个房间，旧服务 5 秒内会这样', 'The same room was made again right after it was dismissed: within five seconds the old service says so')], [text('可以直接使用这个群，服务器会这样做', 'The group can be used as it is, and the server does so'), text('自己的程序重建前等五秒，或换一个房间号', 'In a program of your own wait five seconds, or take another room id')]),
  im([10023], text('群里消息太快', 'Too many messages in the group'), [text('超过直播群每秒的消息数', 'More than a live group takes a second')], [text('慢一点；重要的消息由服务器优先发送', 'Slow down; the server sends what matters first')]),
  im([20002], text('登录已过期', 'The login ran out'), [text('UserSig 过期', 'The UserSig ran out')], [text('重新进入房间', 'Enter the room again')]),
  im([20003], text('账号不存在', 'There is no such account'), [text('没有导入到 IM', 'It was not imported')], [text('重新登录，服务器会导入', 'Open a session again: the server imports it')]),
  im([80001], text('内容没有通过检查', 'The text was not let through'), [text('文本里有敏感词', 'It has words that are held back')], [text('改一改再发', 'Say it in other words'), text('IM 控制台 → 云端审核：看拦截记录', 'IM console → 云端审核 shows what was held back')]),
]

function im(codes: readonly number[], meaning: Text, causes: readonly Text[], fixes: readonly Text[]): Trouble {
  return { source: 'im', codes, meaning, causes, fixes, doc: CODES }
}
