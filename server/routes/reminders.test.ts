import type { CreatedRoom, Session as SessionType } from '../../shared/protocol/rest'
import type { TestServer } from '../testing/startTestServer'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LiveReminder } from '../../shared/protocol/reminder'
import { Session } from '../../shared/protocol/rest'
import { SENDS_AT_ONCE } from '../reminders/createReminders'
import { FakeReminderSender } from '../testing/FakeReminderSender'
import { FakeWeChat } from '../testing/FakeWeChat'
import { startTestServer } from '../testing/startTestServer'

const OPEN_ID = 'oGZUI0egBJY1zhBYw2KhdUfwVJJE'
const PLENTY = { perMinute: 10_000 }

describe('being told that an anchor is live again', () => {
  let weChat: FakeWeChat
  let sender: FakeReminderSender
  let server: TestServer
  let anna: SessionType
  let past: CreatedRoom
  beforeEach(async () => {
    weChat = new FakeWeChat()
    sender = new FakeReminderSender()
    server = await startTestServer({ weChat, reminderSender: sender, rates: { sessions: PLENTY, linkMic: PLENTY } })
    anna = await server.openSession('Anna')
    past = await server.createRoom(anna.token)
    await server.call('DELETE', `/api/rooms/${past.room.id}`, { token: anna.token })
  })
  afterEach(() => server.stop())

  /** Somebody in WeChat, who has just allowed a message. */
  async function viewer(openId = OPEN_ID): Promise<SessionType> {
    sender.allow(openId)
    return (await server.call('POST', '/api/sessions', { body: { nickname: '小海豚', wechatCode: weChat.login(openId) } })).as(Session)
  }
  const ask = (token: string | undefined, roomId = past.room.id) => server.call('POST', `/api/rooms/${roomId}/reminders`, { token })
  const stream = (roomId: string, isOn: boolean) => server.call('POST', `/api/rooms/${roomId}/simulated-stream`, { token: anna.token, body: { isOn } })
  const becomes = (roomId: string, status: string) => expect.poll(async () => (await server.call('GET', `/api/rooms/${roomId}`)).body.room.status).toBe(status)
  async function goLive(title = '晚上好') {
    const { room } = await server.createRoom(anna.token, title)
    await stream(room.id, true)
    await becomes(room.id, 'live')
    return room.id
  }

  it('[WX45] one message the next time, however often it was asked for', async () => {
    const { token } = await viewer()
    expect((await ask(token)).as(LiveReminder)).toEqual({ anchorId: anna.user.id })
    sender.allow(OPEN_ID)
    expect((await ask(token)).status).toBe(201)
    const roomId = await goLive()
    await expect.poll(() => sender.sent).toEqual([{ openId: OPEN_ID, roomId, title: '晚上好', anchorName: 'Anna', startedAt: expect.any(Number) }])
    const { startedAt } = (await server.call('GET', `/api/rooms/${roomId}`)).body.room
    expect(sender.sent[0].startedAt).toBe(startedAt)

    await server.call('DELETE', `/api/rooms/${roomId}`, { token: anna.token })
    await goLive('again')
    await ask(token)
    const third = await goLive('third')
    await expect.poll(() => sender.sent.map(sent => sent.roomId)).toEqual([roomId, third])
  })

  it('[WX45] an interrupted room that is back counts; a new title does not', async () => {
    const roomId = await goLive()
    const { token } = await viewer()
    await ask(token)
    await server.call('PUT', `/api/rooms/${roomId}`, { token: anna.token, body: { title: 'Another' } })
    await stream(roomId, false)
    await becomes(roomId, 'interrupted')
    expect(sender.sent).toEqual([])
    await stream(roomId, true)
    await expect.poll(() => sender.sent).toMatchObject([{ roomId, title: 'Another' }])
  })

  it('[WX45] each is told of the anchors they asked for, and of no other', async () => {
    const boris = await server.openSession('Boris')
    const other = await server.createRoom(boris.token)
    const [one, two] = await Promise.all([viewer('one'), viewer('two')])
    await ask(one.token)
    await ask(two.token, other.room.id)
    await goLive()
    await expect.poll(() => sender.sent.map(({ openId }) => openId)).toEqual(['one'])
  })

  it('[WX45] a restart forgets nobody', async () => {
    const { token } = await viewer()
    await ask(token)
    await server.close()
    const again = await startTestServer({ dataDir: server.dataDir, weChat, reminderSender: sender })
    const { room } = (await again.call('POST', '/api/rooms', { token: anna.token, body: { title: 'Morning' } })).body
    await again.call('POST', `/api/rooms/${room.id}/simulated-stream`, { token: anna.token, body: { isOn: true } })
    await expect.poll(() => sender.sent).toMatchObject([{ title: 'Morning' }])
    await again.close()
  })

  it('[WX46] many are told few at a time, and the room does not wait for them', async () => {
    let open = () => {}
    sender.gate = new Promise(resolve => open = resolve)
    const people = await Promise.all(Array.from({ length: SENDS_AT_ONCE * 3 }, (_, index) => viewer(`person${index}`)))
    await Promise.all(people.map(({ token }) => ask(token)))
    await goLive()
    await expect.poll(() => sender.sending).toBe(SENDS_AT_ONCE)
    open()
    await expect.poll(() => sender.sent).toHaveLength(people.length)
    expect([sender.mostAtOnce, new Set(sender.sent.map(({ openId }) => openId)).size]).toEqual([SENDS_AT_ONCE, people.length])
  })

  it('[WX46] one that fails is logged without openid, not sent again, and keeps no other from being sent', async () => {
    const [refused, told] = await Promise.all([viewer(OPEN_ID), viewer('willing')])
    await ask(refused.token)
    await ask(told.token)
    await sender.send(OPEN_ID, { roomId: 'r', title: 't', anchorName: 'a', startedAt: 1 }) // uses up what was allowed
    await goLive()
    await expect.poll(() => sender.sent.map(({ openId }) => openId)).toEqual([OPEN_ID, 'willing'])
    const said = () => server.logLines.filter(line => line.includes('a reminder could not be sent'))
    await expect.poll(said).toHaveLength(1)
    expect(JSON.parse(said()[0])).toMatchObject({ userId: refused.user.id, reason: 'Error: 43101: … has not allowed a message' })
    sender.allow(OPEN_ID)
    await goLive('again')
    expect(sender.sent).toHaveLength(2)
    expect(server.logLines.filter(line => line.includes(OPEN_ID))).toEqual([])
  })

  it('[WX47] who has no account with WeChat is told so, and nothing is kept', async () => {
    const guest = await server.openSession()
    expect(await ask(guest.token)).toMatchObject({ status: 409, body: { code: 'NO_WECHAT' } })
    await goLive()
    expect(server.logLines.filter(line => line.includes('people are told'))).toEqual([])
  })

  it('[WX47] nobody, a room that never was, and the anchor are refused', async () => {
    const { token } = await viewer()
    expect(await ask(undefined)).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } })
    expect(await ask(token, 'rnowhere')).toMatchObject({ status: 404, body: { code: 'ROOM_NOT_FOUND' } })
    expect(await ask(anna.token)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
  })

  it('[WX47] a loop is slowed down', async () => {
    const hasty = await startTestServer({ weChat, reminderSender: sender, rates: { rooms: { perMinute: 2 } } })
    const { token } = await hasty.openSession()
    const answers = []
    for (let i = 0; i < 3; i++)
      answers.push((await hasty.call('POST', '/api/rooms/rnowhere/reminders', { token })).status)
    expect(answers).toEqual([404, 404, 429])
    await hasty.stop()
  })

  it('[WX48] a server that cannot send has no such door and says so', async () => {
    expect((await server.call('GET', '/healthz')).body.reminders).toBe(true)
    const plain = await startTestServer({ weChat })
    const { token } = await plain.openSession()
    const { room } = await plain.createRoom(token)
    expect((await plain.call('GET', '/healthz')).body.reminders).toBe(false)
    expect(await plain.call('POST', `/api/rooms/${room.id}/reminders`, { token })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    await plain.stop()
  })
})
