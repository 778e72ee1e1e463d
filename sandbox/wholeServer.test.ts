/** `MEDIA=tencent IM=tencent` from end to end without a browser: what an app would ask, and what the clouds make of it. */
import type { SandboxPerson, SandboxWorld } from './testing/sandboxWorld'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startEncoder, stopAll } from '../server/media/embedded/testing/ffmpeg'
import { openSandboxWorld } from './testing/sandboxWorld'

let world: SandboxWorld
let anchor: SandboxPerson
let roomId: string

beforeEach(async () => {
  world = await openSandboxWorld({ isMixing: false })
  anchor = await world.person('anchor')
})
afterEach(async () => {
  stopAll()
  const { unknown } = world.clouds.im
  await world.close()
  expect(unknown).toEqual([])
})

const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 8000, interval: 50 })

async function goLive() {
  const created = await anchor.createRoom()
  roomId = created.room.id
  await anchor.enter(roomId)
  startEncoder(created.publish.rtmp)
  await soon(async () => expect((await world.roomOf(roomId)).status).toBe('live'))
}

describe('a room over the clouds', () => {
  it('[SB14] goes live, is played by FLV, talks both ways, and ends for all', async () => {
    await goLive()
    const viewer = await world.person('viewer')
    expect((await viewer.enter(roomId)).present.status).toBe(200)
    const { play } = await viewer.detail(roomId)
    const answer = await fetch(play!.flv!)
    const { value } = await answer.body!.getReader().read()
    expect(String.fromCharCode(...value!.slice(0, 3))).toBe('FLV')
    expect((await fetch(play!.flv!.replace('txSecret=', 'txSecret=0'))).status).toBe(403)

    await viewer.say(roomId, 'hello')
    await anchor.say(roomId, 'welcome')
    const said = [`${viewer.user.id}: hello`, `${anchor.user.id}: welcome`]
    await soon(() => expect([...anchor.peer.texts()].sort()).toEqual([...said].sort()))
    await soon(() => expect([...viewer.peer.texts()].sort()).toEqual([...said].sort()))
    expect(viewer.peer.messages.find(({ MsgBody }) => MsgBody[0]?.MsgContent.Text === 'welcome')).toMatchObject({ From_AccountNick: 'anchor' })
    await soon(async () => expect((await world.roomOf(roomId)).messages).toBe(2))
    await soon(async () => expect((await world.roomOf(roomId)).viewers).toBe(1))

    expect((await anchor.endRoom(roomId)).status).toBeLessThan(300)
    await soon(() => expect(viewer.news().map(({ type }) => type)).toContain('roomEnded'))
    await soon(() => expect(world.clouds.im.cloud.groups.has(roomId)).toBe(false))
    await soon(() => expect(world.clouds.live.online()).toEqual([]))
    expect((await viewer.enter(roomId)).joined.ErrorCode).toBe(10_010)
  })

  it('[SB14] brings a viewer on the mic and back', async () => {
    await goLive()
    const guest = await world.person('guest')
    await guest.enter(roomId)
    const requestId = 'request-1'
    expect((await guest.linkMic(roomId, { type: 'apply', requestId, medium: 'video' })).status).toBe(200)
    await soon(() => expect(anchor.news().findLast(({ type }) => type === 'linkMic')?.view.queue).toMatchObject([{ requestId }]))
    expect((await anchor.linkMic(roomId, { type: 'accept', requestId, userId: guest.user.id })).status).toBe(200)
    await soon(() => expect(guest.news().findLast(({ type }) => type === 'linkMic')?.view.link.status).toBe('connecting'))
    const { publish } = (await guest.call('GET', `/rooms/${roomId}/link-mic`)).body
    const encoder = startEncoder(publish.rtmp)
    await soon(async () => expect((await world.roomOf(roomId)).stage.guests).toMatchObject([{ user: { id: guest.user.id }, status: 'linked' }]))
    const { guests } = await anchor.detail(roomId)
    expect((await fetch(guests[0]!.play.flv!)).status).toBe(200)

    await guest.linkMic(roomId, { type: 'leave', requestId })
    await soon(async () => expect((await world.roomOf(roomId)).stage.guests).toEqual([]))
    await soon(() => expect(world.clouds.live.calls.map(({ action }) => action)).toContain('DropLiveStream'))
    await encoder.exited
  })

  it('[SB14] keeps its order: one silenced, all silenced, one sent away', async () => {
    await goLive()
    const troll = await world.person('troll')
    const friend = await world.person('friend')
    await troll.enter(roomId)
    await friend.enter(roomId)
    const moderate = async (command: Parameters<SandboxPerson['moderate']>[1]) => expect((await anchor.moderate(roomId, command)).status).toBe(200)

    await moderate({ type: 'silence', userId: troll.user.id })
    await soon(() => expect(troll.news().findLast(({ type }) => type === 'standing')?.standing).toEqual({ roomId, isSilenced: true }))
    await soon(async () => expect((await troll.say(roomId, 'noise')).ErrorCode).not.toBe(0))
    expect((await friend.say(roomId, 'music')).ErrorCode).toBe(0)
    await moderate({ type: 'unsilence', userId: troll.user.id })
    await soon(async () => expect((await troll.say(roomId, 'sorry')).ErrorCode).toBe(0))

    await moderate({ type: 'silenceAll', isOn: true })
    expect((await friend.say(roomId, 'music')).ErrorCode).not.toBe(0)
    expect((await anchor.say(roomId, 'quiet now')).ErrorCode).toBe(0)
    await moderate({ type: 'silenceAll', isOn: false })
    await soon(async () => expect((await friend.say(roomId, 'music again')).ErrorCode).toBe(0))

    await moderate({ type: 'remove', userId: troll.user.id })
    await soon(() => expect(world.clouds.im.cloud.group(roomId).members).not.toContain(troll.user.id))
    const { joined, present } = await troll.enter(roomId)
    expect(joined.ErrorCode).toBe(10_007)
    expect(present.body).toMatchObject({ code: 'REMOVED' })
    await soon(() => expect(friend.peer.texts().join()).not.toContain('noise'))
  })
})

describe('trouble in the clouds', () => {
  const createRoom = async () => {
    const began = performance.now()
    const { status, body } = await anchor.call('POST', '/rooms', { title: 'Evening' })
    return { status, code: body.code as string, ms: performance.now() - began }
  }

  it('[SB15] IM is down, slow or has had enough: a new room is told CLOUD_UNAVAILABLE within 3 s, and the one on air goes on', async () => {
    await goLive()
    const { trouble } = world.clouds.im
    const other = await world.person('other')
    const switches = [() => trouble.isDown = true, () => trouble.delayMs = 10_000, () => trouble.refusals.set('create_group', 60_007)]
    for (const switchOn of switches) {
      switchOn()
      const began = performance.now()
      const { status, body } = await other.call('POST', '/rooms', { title: 'Evening' })
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'CLOUD_UNAVAILABLE' })
      expect(performance.now() - began).toBeLessThan(3000)
      expect((await world.roomOf(roomId)).status).toBe('live')
      Object.assign(trouble, { isDown: false, delayMs: 0 })
      trouble.refusals.clear()
    }
    expect((await other.call('POST', '/rooms', { title: 'Evening' })).status).toBe(201)
  })

  it('[SB15] the live API is down: rooms open and go live, for callbacks tell of them', async () => {
    world.clouds.live.faults.api.isDown = true
    await goLive()
    expect((await createRoom()).code).not.toBe('INTERNAL')
  })
})
