/** What is particular to Tencent IM, on the real SDK. Its own time is real; that of our adapter stands still. */
import type { RoomMessage } from '@/shared/protocol/ws'
import type { TimSdk } from '@/src/live/adapters/tim/timSdk'
import type { ImJoined, ImState } from '@/src/ports/ImClient'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createUserSigner } from '@/server/auth/userSig'
import { NOT_LINKED } from '@/shared/domain/linkMic'
import { PRESENCE_INTERVAL_MS } from '@/shared/protocol/presence'
import { MESSAGE_REFUSALS } from '@/shared/protocol/tencentIm'
import { JOIN_TIMEOUT_MS } from '@/src/adapters/socket/Joining'
import { loadTim } from '@/src/live/adapters/tim/loadTim'
import { LOGIN_TIMEOUT_MS } from '@/src/live/adapters/tim/TimConnection'
import { RENEW_AHEAD_MS, RENEW_CHECK_MS } from '@/src/live/adapters/tim/TimImClient'
import { RESEND_PAUSE_MS } from '@/src/live/adapters/tim/TimTexts'
import { aRoom, aView } from '@/src/testing/fixtures'
import { createVirtualClock } from '@/src/testing/virtualClock'
import { ROOM, SELF } from '../conformance/imClient'
import { bob, openTimWorld, server } from './support/timWorld'

const clock = createVirtualClock()
let world: ReturnType<typeof openTimWorld>
let states: ImState[]
let messages: RoomMessage[]
let online: number[]
let views: number[]
let rejoined: ImJoined[]
let listening: number

beforeEach(() => {
  listening = 0
  world = openTimWorld(clock, { loadSdk: async () => countListeners(await loadTim()) })
  states = []
  messages = []
  online = []
  views = []
  rejoined = []
  world.client.listen({
    state: state => states.push(state),
    messages: some => messages.push(...some),
    online: people => online.push(people),
    linkMic: ({ version }) => views.push(version),
    rejoined: joined => rejoined.push(joined),
  })
})
afterEach(() => {
  world.client.logout()
  world.cloud.drop()
  expect([clock.pending, listening]).toEqual([0, 0])
})

function countListeners(sdk: TimSdk): TimSdk {
  return {
    ...sdk,
    EVENT: sdk.EVENT,
    create(options) {
      const tim = sdk.create(options)
      return {
        ...tim,
        on(event, listener) {
          listening++
          tim.on(event, listener)
        },
        off(event, listener) {
          listening--
          tim.off(event, listener)
        },
      }
    },
  }
}

const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 15_000, interval: 10 })
const texts = () => messages.flatMap(message => message.type === 'chat' ? [message.text] : [])

async function enter(): Promise<ImJoined> {
  world.login()
  return world.client.join(ROOM)
}

/** What was said before this has been heard, too. */
async function allHeard(): Promise<void> {
  world.cloud.say('end of the test', bob())
  await until(() => expect(texts()).toContain('end of the test'))
}

describe('login', () => {
  it('[TI2] is by the UserSig that the server has signed; the session\'s token stays with us', async () => {
    const signer = createUserSigner({ sdkAppId: 1_400_999_999, key: { kind: 'secret', secretKey: 'k'.repeat(64) } })
    world.client.login({ kind: 'tencent', sdkAppId: signer.sdkAppId, userId: SELF, userSig: signer.sign(SELF, 3_600_000) }, 'a-secret-token')
    await world.client.join(ROOM)
    const [{ userId, userSig }] = world.cloud.logins
    expect(signer.verify(userSig, Date.now())).toMatchObject({ status: 'valid', userId })
    expect(world.cloud.frames.filter(frame => frame.includes('a-secret-token'))).toEqual([])
  })

  it('[TI4] that is not answered is tried again, and a late answer is taken', async () => {
    world.cloud.isAnswering = false
    world.login()
    const joining = world.client.join(ROOM)
    const timeout = expect(joining).rejects.toMatchObject({ code: 'TIMEOUT' })
    await until(() => expect(world.cloud.asked).toContain('im_open_status.wslogin'))
    await clock.advance(JOIN_TIMEOUT_MS)
    await timeout
    await clock.advance(LOGIN_TIMEOUT_MS - JOIN_TIMEOUT_MS)
    expect(states).toContainEqual({ status: 'connecting', attempt: 1 })
    world.cloud.isAnswering = true
    world.cloud.drop() // the SDK comes back by itself, and finishes the login it had begun
    await until(() => expect(world.client.state).toEqual({ status: 'online' }))
    await world.client.join(ROOM)
  })

  it('[TI4] waits no longer when the app or the network is back', async () => {
    world.cloud.refusals.set('wslogin', 60_002)
    world.login()
    await until(() => expect(states.at(-1)).toEqual({ status: 'connecting', attempt: 1 }))
    world.cloud.refusals.clear()
    world.client.retryNow()
    await until(() => expect(world.client.state).toEqual({ status: 'online' }))
  })

  it('[TI5] is renewed an hour before the UserSig runs out, unnoticed but for the moment it takes', async () => {
    await enter()
    world.cloud.say('before', bob())
    await until(() => expect(texts()).toContain('before'))
    world.setSession(clock.now() + RENEW_CHECK_MS + RENEW_AHEAD_MS)
    await clock.advance(RENEW_CHECK_MS)
    expect(world.asked).not.toContain('session')
    await clock.advance(RENEW_CHECK_MS)
    await until(() => expect(rejoined).toHaveLength(1))
    expect(world.cloud.logins.map(({ userSig }) => userSig)).toEqual(['sig-1', 'sig-2'])
    expect(states.map(({ status }) => status)).toEqual(['connecting', 'online', 'connecting', 'online'])
    await world.client.sendText('after')
    await clock.advance(RENEW_CHECK_MS)
    expect(world.asked.filter(what => what === 'session')).toHaveLength(1)
  })

  it('[TI6] that the server ends is refused', async () => {
    await enter()
    world.cloud.kickOut(3)
    await until(() => expect(world.client.state).toEqual({ status: 'refused', code: 'FORBIDDEN' }))
  })
})

describe('what the credential says', () => {
  it('[IS16] the server\'s account is believed, and no other', async () => {
    const { client, cloud, credential } = world
    client.login({ ...credential('sig-1'), serverAccount: 'lianmai-server' }, 'token')
    await client.join(ROOM)
    const room = aRoom({ id: ROOM, title: 'News' })
    cloud.custom({ type: 'roomChanged', seq: 0, at: 1, room: { ...room, title: 'Faked' } }, server())
    cloud.custom({ type: 'roomChanged', seq: 0, at: 2, room }, { ...server(), from: 'lianmai-server' })
    await allHeard()
    expect(messages.flatMap(message => 'room' in message ? [message.room.title] : [])).toEqual(['News'])
  })

  it('[IS16] the SDK connects to the socket that is named, or to Tencent', async () => {
    const created: object[] = []
    const tim = await loadTim()
    const other = openTimWorld(clock, { loadSdk: async () => ({ ...tim, EVENT: tim.EVENT, create(options) {
      created.push(options)
      return tim.create(options)
    } }) })
    other.client.login({ ...other.credential('sig-1'), socketUrl: 'wss://im.example.com' }, 'token')
    await until(() => expect(created).toMatchObject([{ proxyServer: 'wss://im.example.com' }]))
    other.client.logout()
    other.login()
    await until(() => expect(created).toHaveLength(2))
    expect(created[1]).not.toHaveProperty('proxyServer', expect.any(String))
    other.client.logout()
    other.cloud.drop()
  })
})

describe('beats', () => {
  it('[IS17] begin when the room is asked for, and again after a drop; they end when it is left', async () => {
    await enter()
    expect(world.beats).toEqual([`fresh beat ${ROOM} 0`])
    await clock.advance(PRESENCE_INTERVAL_MS)
    world.cloud.drop()
    await until(() => expect(rejoined).toHaveLength(1))
    world.client.leave()
    await until(() => expect(world.beats).toEqual([`fresh beat ${ROOM} 0`, `beat ${ROOM} 0`, `fresh beat ${ROOM} 0`, `leave ${ROOM} 0`]))
  })

  it('[IS17] who was sent away is not let in, or is out with the next beat', async () => {
    world.failBeats('REMOVED')
    world.login()
    await expect(world.client.join(ROOM)).rejects.toMatchObject({ code: 'REMOVED' })
    world.failBeats(undefined)
    await enter()
    world.failBeats('REMOVED')
    await clock.advance(PRESENCE_INTERVAL_MS)
    await until(() => expect(world.client.state).toEqual({ status: 'refused', code: 'REMOVED' }))
  })

  it('[IS17] a beat that finds the room ended looks how it stands: its end was not heard', async () => {
    await enter()
    world.rooms.set(ROOM, aRoom({ id: ROOM, status: 'ended', endedAt: 2, endReason: 'anchor' }))
    world.failBeats('ROOM_ENDED')
    await clock.advance(PRESENCE_INTERVAL_MS)
    await until(() => expect(rejoined).toMatchObject([{ room: { status: 'ended' } }]))
    const before = world.beats.length
    await clock.advance(3 * PRESENCE_INTERVAL_MS)
    expect(world.beats).toHaveLength(before)
  })
})

describe('a visitor', () => {
  const visit = (): Promise<ImJoined> => {
    world.client.login({ kind: 'tencentVisitor', sdkAppId: world.credential('').sdkAppId }, 'token')
    return world.client.join(ROOM)
  }

  it('[TI13] reads without a login, and may not speak', async () => {
    const { room } = await visit()
    expect([room.id, world.cloud.logins]).toEqual([ROOM, []])
    world.cloud.say('hello visitor', bob())
    await until(() => expect(texts()).toEqual(['hello visitor']))
    await expect(world.client.sendText('hi')).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    world.client.leave()
  })

  it('[TI13] who logs in goes on in the room, with a voice', async () => {
    await visit()
    world.login()
    await until(() => expect(rejoined).toHaveLength(1))
    await world.client.sendText('hi')
    expect([world.cloud.texts, world.cloud.logins.length]).toEqual([['hi'], 1])
  })
})

describe('news', () => {
  const room = aRoom({ id: ROOM, title: 'News' })
  const changed = { type: 'roomChanged', seq: 0, at: 1, room }

  it('[TI7] of the room comes from the server\'s account, as a custom element or as a system notification', async () => {
    await enter()
    world.cloud.custom(changed, server())
    world.cloud.notify(ROOM, 255, JSON.stringify({ type: 'joinNotice', seq: 0, at: 2, user: room.anchor, others: 3 }))
    world.cloud.notify(ROOM, 255, JSON.stringify({ type: 'online', roomId: ROOM, online: 8 }))
    await until(() => expect([messages.map(({ type }) => type), online]).toEqual([['roomChanged', 'joinNotice'], [8]]))
  })

  it('[TI7] of others, of other rooms, and nonsense changes nothing', async () => {
    await enter()
    const elsewhere = aRoom({ id: 'rroom0000002' })
    world.cloud.custom(changed, bob())
    world.cloud.custom({ ...changed, room: elsewhere }, server())
    world.cloud.custom(changed, server('rroom0000002'))
    world.cloud.custom({ type: 'roomChanged', room: 'mine' }, server())
    world.cloud.custom('a gift', server())
    world.cloud.custom({ type: 'online', roomId: 'rroom0000002', online: 9 }, server())
    world.cloud.notify(ROOM, 255, 'no JSON')
    world.cloud.notify('rroom0000002', 255, JSON.stringify(changed))
    world.cloud.whisper({ type: 'linkMic', view: aView(9, NOT_LINKED, { roomId: ROOM }) }, 'ubob00000001', SELF)
    world.cloud.whisper({ type: 'linkMic', view: aView(9, NOT_LINKED, { roomId: 'rroom0000002' }) }, server().from, SELF)
    world.cloud.whisper(changed, server().from, SELF)
    world.cloud.custom({ type: 'linkMic', view: aView(9, NOT_LINKED, { roomId: ROOM }) }, server())
    await allHeard()
    expect([texts(), online, views]).toEqual([['end of the test'], [], [1]])
    expect(messages).toHaveLength(1)
  })

  it('[TI9] after a drop the room and the way to the mic are asked for anew; the list keeps what was heard and said', async () => {
    await enter()
    world.cloud.say('heard', bob())
    await until(() => expect(texts()).toEqual(['heard']))
    await world.client.sendText('said')
    world.rooms.set(ROOM, aRoom({ id: ROOM, title: 'Meanwhile', viewers: 4 }))
    world.cloud.drop()
    await until(() => expect(rejoined).toMatchObject([{ room: { title: 'Meanwhile' }, online: 4, messages: [{ text: 'heard' }, { text: 'said', from: { id: SELF } }] }]))
    expect(views).toEqual([1, 1])
  })

  it('[TI9] a room whose server cannot answer after a drop is asked again later', async () => {
    await enter()
    world.failNext('UNAVAILABLE')
    world.cloud.drop()
    await until(() => expect(world.asked.filter(what => what === `room ${ROOM}`)).toHaveLength(2))
    expect(rejoined).toEqual([])
    await until(async () => {
      await clock.advance(1000)
      expect(rejoined).toHaveLength(1)
    })
  })

  it('[TI10] the end of the group is the end of the room, if our server says so', async () => {
    await enter()
    world.rooms.set(ROOM, aRoom({ id: ROOM, status: 'ended', endedAt: 2, endReason: 'anchor' }))
    world.cloud.dismiss(ROOM)
    await until(() => expect(rejoined).toMatchObject([{ room: { status: 'ended' } }]))
    expect(world.client.state).toEqual({ status: 'online' })
    await expect(world.client.sendText('hi')).rejects.toMatchObject({ code: 'NOT_IN_ROOM' })
  })

  it('[TI10] a group that goes before its room ends is the end of the room all the same', async () => {
    await enter()
    world.cloud.dismiss(ROOM)
    await until(() => expect(world.asked.filter(what => what.startsWith('room'))).toHaveLength(2))
    world.rooms.set(ROOM, aRoom({ id: ROOM, status: 'ended', endedAt: 2, endReason: 'anchor' }))
    await until(async () => {
      await clock.advance(1000)
      expect(rejoined).toMatchObject([{ room: { status: 'ended' } }])
    })
    expect(world.client.state).toEqual({ status: 'online' })
  })

  it('[TI10] a group that goes while its room stays is told as a room that is not there', async () => {
    await enter()
    world.cloud.dismiss(ROOM)
    await until(async () => {
      await clock.advance(1000)
      expect(world.client.state).toEqual({ status: 'refused', code: 'ROOM_NOT_FOUND' })
    })
    expect(world.asked.filter(what => what.startsWith('room'))).toHaveLength(5)
    world.cloud.groups.add(ROOM)
    await enter() // logged in all the time
    expect(world.cloud.logins).toHaveLength(1)
  })
})

it('[MO45] a group that lets nobody like this in is explained by our server', async () => {
  world.cloud.refusals.set('apply_join_group', 10_007)
  world.login()
  await expect(world.client.join(ROOM)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  world.refuseLinkMic('REMOVED')
  await expect(world.client.join(ROOM)).rejects.toMatchObject({ code: 'REMOVED' })
})

describe('a text', () => {
  it.each([[10_017, 'SILENCED'], [10_023, 'SENDING_TOO_FAST'], [80_001, 'TEXT_BLOCKED'], [MESSAGE_REFUSALS.SILENCED, 'SILENCED'], [MESSAGE_REFUSALS.TEXT_BLOCKED, 'TEXT_BLOCKED'], [MESSAGE_REFUSALS.REMOVED, 'REMOVED']])('[TI11] that is refused with %i fails as %s', async (code, expected) => {
    await enter()
    world.cloud.refusals.set('send_group_msg', code)
    await expect(world.client.sendText('hi')).rejects.toMatchObject({ code: expected })
  })

  it('[TI11] that fails for a passing reason is sent again as the same one', async () => {
    await enter()
    world.cloud.refusals.set('send_group_msg', 10_002)
    const sent = world.client.sendText('hi')
    const tries = () => world.cloud.asked.filter(name => name.endsWith('send_group_msg')).length
    await until(() => expect(tries()).toBeGreaterThan(0))
    world.cloud.refusals.clear()
    await until(async () => {
      await clock.advance(RESEND_PAUSE_MS)
      expect(world.cloud.texts).toEqual(['hi'])
    })
    await sent
    expect(new Set(world.cloud.randoms).size).toBe(1)
  })
})

it('[TI12] who leaves quits the group, and joins the next one after that', async () => {
  world.cloud.groups.add('rroom0000002')
  world.rooms.set('rroom0000002', aRoom({ id: 'rroom0000002' }))
  await enter()
  const { room } = await world.client.join('rroom0000002')
  expect(room.id).toBe('rroom0000002')
  expect([...world.cloud.joined]).toEqual(['rroom0000002'])
  world.client.leave()
  await until(() => expect([...world.cloud.joined]).toEqual([]))
})

it('[TI12] after logging out nothing listens, and another person may log in', async () => {
  await enter()
  expect(listening).toBeGreaterThan(0)
  world.client.logout()
  expect([clock.pending, listening, world.client.state.status]).toEqual([0, 0, 'offline'])
  await enter()
  expect(world.cloud.logins).toHaveLength(2)
})
