/** Rooms whose chat Tencent IM carries, as it is asked for, with old clients and new ones at hand; time stands until it is moved. */
import type { LinkMicCommand } from '../../../../../shared/protocol/linkMic'
import type { User } from '../../../../../shared/protocol/rest'
import type { Verdict } from '../../callbacks/judgeMessage'
import { randomBytes } from 'node:crypto'
import { silentLog } from '../../../../chat/testing/ChatWorld'
import { createAddresses } from '../../../../compat/people/addresses'
import { createDatabase } from '../../../../database/createDatabase'
import { unlessRefused } from '../../../../errors'
import { createRoomService } from '../../../../rooms/RoomService'
import { createSqlRoomStore } from '../../../../rooms/SqlRoomStore'
import { FakeMedia } from '../../../../testing/FakeMedia'
import { settled, VirtualClock } from '../../../../testing/VirtualClock'
import { createTencentIm } from '../../createTencentIm'
import { FakeImApi } from '../../testing/FakeImApi'

const SDK_APP_ID = 1_400_000_000
const user = (id: string, nickname: string): User => ({ id, nickname, avatar: 1 })

export const newAnchor = user('uanchor', 'Anchor')
export const newViewer = user('uviewer', 'Viewer')
export const oldAnchor = user('ulaaaaaaaaaaaa', 'Old anchor')
export const oldViewer = user('ulvvvvvvvvvvvv', 'Old viewer')
export const otherOld = user('ulwwwwwwwwwwww', 'Other')
/** Of an application whose chat is elsewhere. */
export const stranger = user('ulssssssssssss', 'Stranger')
const EVERYBODY = [newAnchor, newViewer, oldAnchor, oldViewer, otherOld, stranger]

const OLD = [
  { user: oldAnchor, sdkAppId: SDK_APP_ID, account: 'anchor_1' },
  { user: oldViewer, sdkAppId: SDK_APP_ID, account: 'viewer_1' },
  { user: otherOld, sdkAppId: SDK_APP_ID, account: 'viewer_2' },
  { user: stranger, sdkAppId: SDK_APP_ID + 1, account: 'stranger' },
]

export type OldWorld = Awaited<ReturnType<typeof openOldWorld>>

export async function openOldWorld() {
  const clock = new VirtualClock()
  const api = new FakeImApi()
  const media = new FakeMedia(clock.now, { mix: false })
  const db = await createDatabase(':memory:')
  /** By our ids of rooms; what a test puts in counts at once. */
  const names = new Map<string, string>()
  const addresses = createAddresses({
    sdkAppId: SDK_APP_ID,
    sessions: {
      personOf: userId => OLD.find(({ user }) => user.id === userId),
      find: (sdkAppId, account) => OLD.find(person => person.sdkAppId === sdkAppId && person.account === account),
      profileOf: userId => userId === oldViewer.id ? { name: '老观众', avatar: 'https://pictures.example/1.png' } : undefined,
    },
    names: { nameOf: roomId => names.get(roomId), idOf: name => [...names].findLast(([, named]) => named === name)?.[0] },
  })
  const findUser = async (userId: string) => EVERYBODY.find(({ id }) => id === userId)
  const tencent = createTencentIm({
    api,
    addresses,
    admin: 'administrator',
    clock,
    randomBytes,
    random: () => 0,
    log: silentLog,
    judgeText: async text => text.includes('blocked') ? 'blocked' : 'fine',
    findUser,
    linkMic: { view: (...asked) => rooms.linkMic.view(...asked), obey: (...asked) => rooms.linkMic.obey(...asked) },
    roomFor: roomId => rooms.get(roomId).catch(unlessRefused),
  })
  const rooms = createRoomService({ store: createSqlRoomStore(db), media, im: tencent.im, findUser, clock, randomBytes, log: silentLog })
  const stop = await rooms.start()
  let numbers = 0

  return {
    clock,
    api,
    names,
    addresses,
    rooms,
    tencent,

    /** A room on air. `name`: what its anchor, an old client, has called it. */
    async goLive(anchor: User, name?: string): Promise<string> {
      if (anchor === newAnchor) {
        const { id, streamId } = await rooms.create(anchor, { title: 'Evening' })
        media.publish(streamId)
        await settled()
        return id
      }
      const id = `r${++numbers}old`
      if (name !== undefined)
        names.set(id, name)
      rooms.weapp.openLine(anchor.id, 60_000)
      media.publish(`rline-${anchor.id}`)
      await settled()
      await rooms.weapp.open(anchor, { id, title: 'Evening', isListed: true, admission: 'ask' })
      await settled()
      return id
    },

    async come(roomId: string, who: User): Promise<void> {
      await tencent.presence.beat(roomId, who, { visitId: 'v1', isFresh: true })
      await settled()
    },

    async obey(roomId: string, who: User, command: LinkMicCommand): Promise<void> {
      await rooms.linkMic.obey(roomId, who, command)
      await settled()
    },

    /** What one account sends to another, in the words of old clients. @returns what becomes of the message */
    async whisper(from: string, to: string, message: unknown, again?: number): Promise<Verdict['type']> {
      const MsgRandom = again ?? ++numbers
      const verdict = await tencent.callbacks({ CallbackCommand: 'C2C.CallbackBeforeSendMsg', From_Account: from, To_Account: to, MsgSeq: 1, MsgRandom, MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify(message), Desc: '', Ext: '' } }] })
      await settled()
      return verdict.type
    },

    /** What an account says in a group. */
    say: (group: string, from: string, ...elements: readonly { readonly MsgType: string, readonly MsgContent: Record<string, unknown> }[]): Promise<Verdict> =>
      tencent.callbacks({ CallbackCommand: 'Group.CallbackBeforeSendMsg', GroupId: group, From_Account: from, MsgBody: [...elements] }),

    /** What old clients were told since the last call: `<from> <to>`, or a room. */
    takeOldNews: () => api.oldNews.splice(0),

    guestsOf: async (roomId: string) => (await rooms.get(roomId)).stage.guests.map(({ user: { id }, status }) => `${id} ${status}`),
    queueOf: async (roomId: string, anchor: User) => (await rooms.linkMic.view(roomId, anchor.id)).queue!.map(({ user: { id }, requestId }) => ({ userId: id, requestId })),

    async close(): Promise<void> {
      await stop()
      const closing = tencent.close()
      await clock.advance(1000)
      await closing
      await db.destroy()
    },
  }
}

export const text = (Text: string) => ({ MsgType: 'TIMTextElem', MsgContent: { Text } })
export const custom = (data: unknown) => ({ MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify(data), Desc: '', Ext: '' } })
