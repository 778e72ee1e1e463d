import type { StageEvent } from '@/shared/domain/stage'
import type { User } from '@/shared/protocol/rest'
import { beforeEach, describe, expect, it } from 'vitest'
import { APPLY_TIMEOUT_MS } from '@/shared/domain/linkMic'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, NOW } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { WISH_PATIENCE_MS } from './guestMachine'
import { GuestSession, POLL_MS } from './GuestSession'
import { isSeatElsewhere, linkOf } from './guestState'
import { RoomChannel } from './RoomChannel'
import { createSeatMemory } from './seatMemory'
import { createServerTime } from './serverTime'

const roomId = 'rroom0000001'
const log: string[] = []
const pusher = { start: () => void log.push('start'), stop: () => void log.push('stop') }
let session: GuestSession
let channel: RoomChannel
let stop: () => void

const stage = () => fakes().roomApi.stageOf(roomId)
const me = () => fakes().roomApi.session.user
const status = () => linkOf(session.state.value).status
const requestId = () => stage().stage.guests[0].link.requestId
const commands = () => fakes().roomApi.calls.filter(({ method }) => method === 'linkMic').map(({ args: [, command] }) => command as { type: string, requestId: string })
const tell = () => fakes().imClient.tellLinkMic(stage().viewFor(me().id))

/** Something happens on the server's stage, and it tells us. */
function happen(event: StageEvent<User>) {
  expect(stage().take(event).refusal).toBeUndefined()
  tell()
}
const accept = () => happen({ type: 'accept', userId: me().id, requestId: requestId(), at: fakes().clock.now() })

async function open() {
  const { clock, imClient, random, roomApi, windowStore } = fakes()
  const time = createServerTime(clock)
  channel = new RoomChannel({ im: imClient, clock, random, signIn: async () => imClient.login({ kind: 'embedded' }, 't'), time })
  session = new GuestSession({ api: roomApi, channel, clock, random, time, memory: createSeatMemory(windowStore, roomId), pusher }, roomId)
  stop = session.start()
  channel.enter(roomId)
  await settle()
  tell()
}

beforeEach(async () => {
  log.length = 0
  fakes().roomApi.rooms = [aRoom()]
  await open()
})

async function applyAndBeTaken() {
  session.apply('video')
  await settle()
  accept()
  await settle()
}

describe('a guest\'s session', () => {
  it('[LM101] [LM105] from the tap to the stage and off it', async () => {
    await applyAndBeTaken()
    expect([status(), session.state.value.publication.status, log]).toEqual(['connecting', 'on', ['start']])
    happen({ type: 'published', userId: me().id, sessionId: 's1', at: NOW })
    expect(status()).toBe('linked')
    session.leave()
    expect([status(), log]).toEqual(['idle', ['start', 'stop']])
    await settle()
    expect(stage().stage.guests).toEqual([])
    expect(session.state.value.ending?.reason).toBe('left')
  })

  it('[LM105] let in without a question, it needs no other question either', async () => {
    stage().take({ type: 'setAdmission', admission: 'open', at: NOW })
    session.apply('voice')
    await settle()
    expect([status(), log]).toEqual(['connecting', ['start']])
    expect(fakes().roomApi.countOf('getLinkMic')).toBe(0)
  })

  it('[LM105] asks for the addresses until they are there', async () => {
    fakes().roomApi.fail('getLinkMic', 'NETWORK', 3)
    await applyAndBeTaken()
    expect(log).toEqual([])
    await fakes().clock.advance(10_000)
    expect([fakes().roomApi.countOf('getLinkMic'), log]).toEqual([4, ['start']])
  })

  it('[LM102] says it again under the same id until it is answered', async () => {
    fakes().roomApi.fail('linkMic', 'NETWORK', 2)
    fakes().roomApi.fail('linkMic', 'TIMEOUT')
    session.apply('video')
    await settle()
    expect([status(), stage().stage.guests.length]).toEqual(['applying', 0])
    await fakes().clock.advance(5000)
    expect(new Set(commands().map(command => command.requestId)).size).toBe(1)
    expect([commands().length, stage().stage.guests.length, session.state.value.wishes.length]).toEqual([4, 1, 0])
  })

  it('[LM102] gives up with the patience of the person, and takes back what may have arrived', async () => {
    fakes().roomApi.fail('linkMic', 'NETWORK', 1000)
    session.apply('video')
    await fakes().clock.advance(WISH_PATIENCE_MS)
    expect([status(), session.state.value.problem]).toEqual(['idle', 'TIMEOUT'])
    expect(commands().at(-1)?.type).toBe('leave')
    const { requestId } = commands()[0]
    expect(commands().at(-1)?.requestId).toBe(requestId)
  })

  it('[LM101] a refusal is not said again', async () => {
    stage().take({ type: 'setAdmission', admission: 'closed', at: NOW })
    session.apply('video')
    await fakes().clock.advance(60_000)
    expect([status(), session.state.value.problem, commands().length]).toEqual(['idle', 'LINK_MIC_CLOSED', 1])
  })

  it('[LM103] [LM104] taken back while it is on its way, whatever the anchor does', async () => {
    const release = fakes().roomApi.hold('linkMic')
    session.apply('video')
    await settle()
    session.leave()
    expect(status()).toBe('idle')
    stage().command({ type: 'apply', medium: 'video', requestId: commands()[0].requestId }, me(), () => me())
    accept()
    expect([status(), log]).toEqual(['idle', []])
    release()
    await settle()
    await fakes().clock.advance(1000)
    expect([stage().stage.guests, session.state.value.wishes, log]).toEqual([[], [], []])
  })

  it('[LM100] after a gap it asks, and while chat is broken it asks again and again', async () => {
    const { imClient, roomApi, clock } = fakes()
    imClient.rejoin(imClient.joined)
    expect(roomApi.countOf('getLinkMic')).toBe(1)
    session.apply('video')
    await settle()
    imClient.setState({ status: 'connecting', attempt: 1 })
    stage().take({ type: 'accept', userId: me().id, requestId: requestId(), at: NOW })
    await clock.advance(POLL_MS)
    expect([status(), log]).toEqual(['connecting', ['start']])
  })

  it('[LM100] with chat there is nothing to ask for', async () => {
    session.apply('video')
    await fakes().clock.advance(APPLY_TIMEOUT_MS - 1)
    expect(fakes().roomApi.countOf('getLinkMic')).toBe(0)
  })

  it('[LM107] the end of the room is the end of the seat', async () => {
    await applyAndBeTaken()
    fakes().imClient.receive({ type: 'roomEnded', seq: 1, at: NOW, room: aRoom({ status: 'ended' }) })
    expect([status(), log, session.state.value.ending?.reason]).toEqual(['idle', ['start', 'stop'], 'roomEnded'])
  })

  it('[LM108] the newest switch is the last one told', async () => {
    await applyAndBeTaken()
    const release = fakes().roomApi.hold('linkMic')
    for (const isMicOn of [false, true, false])
      session.dispatch({ type: 'switch', switches: { isMicOn, isCameraOn: true } })
    session.dispatch({ type: 'switch', switches: { isMicOn: false, isCameraOn: false } })
    release()
    await settle()
    expect(commands().filter(({ type }) => type === 'report')).toMatchObject([{ isMicOn: false, isCameraOn: true }, { isMicOn: false, isCameraOn: false }])
    expect(stage().stage.guests[0]).toMatchObject({ sound: { isOn: false }, picture: { isOn: false } })
  })

  it('[LM108] a switch that does not arrive is told again, until the seat is over', async () => {
    await applyAndBeTaken()
    fakes().roomApi.fail('linkMic', 'NETWORK', 1000)
    session.dispatch({ type: 'switch', switches: { isMicOn: false, isCameraOn: true } })
    await fakes().clock.advance(10_000)
    const told = commands().length
    expect(told).toBeGreaterThan(3)
    happen({ type: 'kick', userId: me().id, requestId: requestId(), at: NOW })
    await fakes().clock.advance(60_000)
    expect(commands()).toHaveLength(told)
  })

  it('[LM106] a pusher that gave up starts again with fresh addresses', async () => {
    await applyAndBeTaken()
    session.pusherStatus('live')
    session.pusherProblem('REFUSED')
    session.pusherStatus('failed')
    await settle()
    expect([fakes().roomApi.countOf('getLinkMic'), log]).toEqual([2, ['start', 'start']])
  })

  it('[LM109] loaded anew, the window goes on at once', async () => {
    await applyAndBeTaken()
    happen({ type: 'published', userId: me().id, sessionId: 's1', at: NOW })
    log.length = 0
    await open() // the page before was killed: nothing of it was stopped
    await settle()
    expect([isSeatElsewhere(session.state.value), status(), log]).toEqual([false, 'linked', ['start']])
  })

  it('[LM109] another window sends nothing until a tap', async () => {
    fakes().windowStore.remove('linkMic')
    stage().command({ type: 'apply', medium: 'video', requestId: 'other-1' }, me(), () => me())
    happen({ type: 'accept', userId: me().id, requestId: 'other-1', at: NOW })
    await settle()
    expect([isSeatElsewhere(session.state.value), log]).toEqual([true, []])
    stop()
    await settle()
    expect(stage().stage.guests).toHaveLength(1)
  })

  it('[LM114] leaving the page stops the pusher, then takes the request back; nothing runs on', async () => {
    await applyAndBeTaken()
    log.length = 0
    stop()
    stop()
    expect(log).toEqual(['stop'])
    channel.leave()
    await settle()
    expect([stage().stage.guests, fakes().windowStore.values.size, fakes().clock.pending]).toEqual([[], 0, 0])
    const { length } = fakes().roomApi.calls
    session.apply('video')
    session.pusherStatus('failed')
    await fakes().clock.advance(60_000)
    expect(fakes().roomApi.calls).toHaveLength(length)
  })

  it('[LM114] an application on its way is taken back, too, and a withdrawal is said once more', async () => {
    fakes().roomApi.fail('linkMic', 'NETWORK', 1000)
    session.apply('video')
    await settle()
    stop()
    expect(commands().at(-1)).toEqual({ type: 'leave', requestId: commands()[0].requestId })
    await open()
    session.apply('video')
    await settle()
    session.leave()
    await settle()
    const { length } = commands()
    stop()
    expect(commands()).toHaveLength(length + 1)
    expect(commands().at(-1)?.type).toBe('leave')
  })
})
