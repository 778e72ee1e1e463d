/** A person at the cloud's socket without the SDK: says what the SDK would say. Many of them fit into one process. */
import { once } from 'node:events'
import { WebSocket } from 'ws'

type Json = Record<string, any>

export interface PeerOptions {
  readonly socketUrl: string
  readonly sdkAppId: number
  /** Undefined: a visitor. */
  readonly login?: { readonly userId: string, readonly userSig: string }
}

let instances = 0

export async function openPeer({ socketUrl, sdkAppId, login }: PeerOptions) {
  const socket = new WebSocket(`${socketUrl}/binfo?sdkappid=${sdkAppId}&instanceid=peer${++instances}&platform=10&host=&sdkversion=2.27.6`)
  await once(socket, 'open')
  const waiting = new Map<number, (body: Json) => void>()
  /** What was said in the groups, and to this person alone. */
  const messages: Json[] = []
  /** Everything that was not asked for. */
  const pushes: Json[] = []
  let seq = 0
  let a2: string | undefined
  let isOpen = true

  socket.on('message', (data) => {
    const { head, body } = JSON.parse(String(data)) as { head: Json, body: Json }
    const answer = waiting.get(head.seq)
    waiting.delete(head.seq)
    if (answer)
      return answer(body)
    pushes.push(body)
    for (const { C2cMsgArray = [] } of body.EventArray ?? [])
      messages.push(...C2cMsgArray)
  })
  socket.on('close', () => {
    isOpen = false
    waiting.forEach(answer => answer({ ErrorCode: -1 }))
  })

  function ask(servcmd: string, body: Json = {}): Promise<Json> {
    seq++
    const who = a2 === undefined ? login && { identifier: login.userId, usersig: login.userSig } : { a2, tinyid: '1' }
    socket.send(JSON.stringify({ head: { ver: 'v4', servcmd, seq, ...who }, body }))
    return new Promise(resolve => waiting.set(seq, resolve))
  }

  const isVisitor = login === undefined
  const service = (name: string) => isVisitor ? name.replace('_http_svc', '_http_noauth_svc') : name

  async function listen(key: string, from: number): Promise<void> {
    const { ErrorCode, NextSeq, RspMsgList } = await ask(`${service('group_open_long_polling_http_svc')}.get_msg`, { USP: 1, Key: key, StartSeq: from, HoldTime: 90 })
    if (ErrorCode !== 0 || !isOpen)
      return
    messages.push(...RspMsgList)
    return listen(key, NextSeq)
  }

  const loginAnswer = isVisitor ? { ErrorCode: 0 } : await ask('im_open_status.wslogin', { State: 'Online' })
  a2 = loginAnswer.A2Key
  return {
    loginAnswer,
    messages,
    pushes,
    ask,
    /** From here on it hears what is said. */
    async join(groupId: string): Promise<Json> {
      const answer = await ask(`${service('group_open_http_svc')}.apply_join_group`, { GroupId: groupId, WebPushFlag: 1 })
      if (answer.ErrorCode === 0)
        void listen(answer.LongPollingKey, answer.StartSeq)
      return answer
    },
    quit: (groupId: string) => ask('group_open_http_svc.quit_group', { GroupId: groupId }),
    say: (groupId: string, Text: string, Random = Math.floor(Math.random() * 2 ** 31)) => ask('group_open_http_svc.send_group_msg', { GroupId: groupId, Random, MsgPriority: 'Normal', MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text } }] }),
    /** To one person. */
    whisper: (To_Account: string, Text: string, numbers = { MsgSeq: Math.floor(Math.random() * 2 ** 31), MsgRandom: Math.floor(Math.random() * 2 ** 31) }) => ask('openim.sendmsg', { To_Account, ...numbers, MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text } }] }),
    /** Texts that were heard, with who said them. */
    texts: () => messages.flatMap(({ From_Account, MsgBody }) => Array.isArray(MsgBody) ? MsgBody.flatMap(({ MsgType, MsgContent }) => MsgType === 'TIMTextElem' ? [`${From_Account}: ${MsgContent.Text}`] : []) : []),
    drop: () => socket.terminate(),
    get isOpen() {
      return isOpen
    },
  }
}
