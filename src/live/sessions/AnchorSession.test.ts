import type { PusherHandle } from '@/src/live/components/media'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { AnchorSession, COVER_DELAY_MS, POLL_MS } from './AnchorSession'
import { RoomChannel } from './RoomChannel'

function fakePusher() {
  return {
    startPreview: vi.fn<PusherHandle['startPreview']>(async () => {}),
    start: vi.fn(),
    stop: vi.fn(),
    snapshot: vi.fn<PusherHandle['snapshot']>(async () => ({ filePath: 'cover.jpg' })),
  }
}

let pusher: ReturnType<typeof fakePusher>
let session: AnchorSession
let stop: () => void
const status = () => session.state.value.status
function roomId() {
  const state = session.state.value
  return 'room' in state ? state.room.id : ''
}

function open(running?: Parameters<AnchorSession['start']>[0]) {
  const { clock, deviceAccess, imClient, privacyGuide, roomApi } = fakes()
  const channel = new RoomChannel({ im: imClient, clock, random: () => 0.5, signIn: async () => {}, time: { observe: () => {} } })
  session = new AnchorSession({ api: roomApi, channel, clock, devices: deviceAccess, privacyGuide, memory: { keep() {}, forget() {} }, pusher }, () => 'camera')
  stop = session.start(running)
}

async function goLive() {
  await settle()
  session.goLive('T')
  await fakes().clock.advance(3000)
}

/** The server's stream arrived: it tells the room. */
async function announce(status: 'live' | 'interrupted' | 'ended') {
  const { imClient, roomApi } = fakes()
  const room = { ...roomApi.rooms[0], status }
  roomApi.rooms = [room, ...roomApi.rooms.slice(1)]
  imClient.receive({ type: 'roomChanged', seq: 1, at: 0, room })
  await settle()
}

beforeEach(() => {
  pusher = fakePusher()
})

describe('the anchor\'s session', () => {
  it('[UI51] preview, countdown, room, push, live', async () => {
    open()
    await settle()
    expect(session.state.value).toMatchObject({ status: 'preparing', preview: { status: 'showing' } })
    fakes().imClient.joined = { room: aRoom({ id: 'rnew00000001', status: 'preparing' }), online: 1, messages: [] }
    await goLive()
    expect(status()).toBe('starting')
    expect(pusher.start).toHaveBeenCalledTimes(1)
    expect(fakes().imClient.roomId).toBe(roomId())
    await announce('live')
    expect(status()).toBe('live')
  })

  it('[UI50] asks for nothing before it was explained', async () => {
    fakes().deviceAccess.permissions.camera = 'unknown'
    open()
    await settle()
    expect(pusher.startPreview).not.toHaveBeenCalled()
    session.dispatch({ type: 'allow' })
    expect(pusher.startPreview).toHaveBeenCalledTimes(1)
  })

  it('[UI50] a refusal that comes as a problem blocks the preview', async () => {
    pusher.startPreview.mockImplementation(async () => session.pusherProblem('DEVICE_BUSY'))
    open()
    await settle()
    expect(session.state.value).toMatchObject({ status: 'preparing', preview: { status: 'blocked', problem: 'DEVICE_BUSY' } })
  })

  it('[UI58] the cover is taken shortly after going live; without one the broadcast goes on', async () => {
    open()
    await goLive()
    fakes().roomApi.fail('uploadCover', 'NETWORK')
    await announce('live')
    expect(pusher.snapshot).not.toHaveBeenCalled()
    await fakes().clock.advance(COVER_DELAY_MS)
    expect(fakes().roomApi.calls.at(-1)).toEqual({ method: 'uploadCover', args: [roomId(), { filePath: 'cover.jpg' }] })
    expect(status()).toBe('live')
  })

  it('[UI53] without chat the server\'s word is fetched', async () => {
    fakes().imClient.nextFailure = 'ROOM_NOT_FOUND'
    open()
    await goLive()
    fakes().roomApi.rooms = fakes().roomApi.rooms.map(room => ({ ...room, status: 'live' }))
    await fakes().clock.advance(POLL_MS)
    expect(status()).toBe('live')
  })

  it('[UI52] leaving while the room is being created ends that room', async () => {
    const release = fakes().roomApi.hold('createRoom')
    open()
    await goLive()
    stop()
    release()
    await settle()
    expect(fakes().roomApi.calls.at(-1)?.method).toBe('endRoom')
  })

  it('[UI54] the reason of a failure is the last problem the pusher named', async () => {
    open()
    await goLive()
    await announce('live')
    session.pusherProblem('DEVICE_BUSY')
    session.pusherStatus('failed')
    expect(session.state.value).toMatchObject({ status: 'live', feed: { status: 'down', problem: 'DEVICE_BUSY' } })
    session.dispatch({ type: 'retry' })
    await settle()
    expect(pusher.start).toHaveBeenCalledTimes(2)
  })

  it('[RC36] a pusher that is stuck gets fresh addresses and tries with them', async () => {
    open()
    await goLive()
    await announce('live')
    session.pusherStatus('interrupted')
    session.pusherTrouble({ kind: 'waiting', attempt: 1, until: 0 })
    expect(session.state.value).toMatchObject({ feed: { status: 'reconnecting' } })
    session.pusherTrouble({ kind: 'stuck', attempt: 7, until: 0 })
    await settle()
    expect(fakes().roomApi.calls.at(-1)?.method).toBe('getRoom')
    expect(pusher.start).toHaveBeenCalledTimes(2)
  })

  it('[UI55] ends, and can be asked to end again', async () => {
    open()
    await goLive()
    await announce('live')
    fakes().roomApi.fail('endRoom', 'TIMEOUT')
    session.dispatch({ type: 'end' })
    expect(pusher.stop).toHaveBeenCalledTimes(1)
    await settle()
    expect(session.state.value).toMatchObject({ status: 'ending', problem: 'TIMEOUT' })
    session.dispatch({ type: 'retry' })
    await settle()
    expect(session.state.value).toMatchObject({ status: 'ended', room: { endReason: 'anchor' } })
    session.again()
    await settle()
    expect(session.state.value).toMatchObject({ status: 'preparing', preview: { status: 'showing' } })
  })

  it('[UI56] a reload finds the running room and publishes again', async () => {
    fakes().roomApi.rooms = [aRoom({ id: 'rmine0000001', anchor: fakes().roomApi.session.user })]
    open({ roomId: 'rmine0000001', by: 'device' })
    await settle()
    expect(status()).toBe('live')
    expect(pusher.start).toHaveBeenCalledTimes(1)
  })

  it('[UI59] stops twice; the picture stops, the room does not', async () => {
    open()
    await goLive()
    await announce('live')
    stop()
    stop()
    expect(pusher.stop).toHaveBeenCalledTimes(1)
    expect(fakes().clock.pending).toBe(0)
    expect(fakes().imClient.listenerCount).toBe(0)
    expect(fakes().roomApi.countOf('endRoom')).toBe(0)
    session.dispatch({ type: 'end' })
    expect(status()).toBe('live')
  })
})
