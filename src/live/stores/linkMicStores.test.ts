import type { StageEvent } from '@/shared/domain/stage'
import type { User } from '@/shared/protocol/rest'
import type { PlayerHandle, PusherHandle } from '@/src/live/components/media'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import { mixStreamIdOf } from '@/shared/domain/ids'
import { APPLY_TIMEOUT_MS } from '@/shared/domain/linkMic'
import { useMe } from '@/src/stores/me'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aUser, NOW, playUrls, publishUrls } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { AUDIENCE_SPREAD_MS } from '../sessions/StageSession'
import { createRoomLink } from './roomLink'
import { useAnchorStage } from './useAnchorStage'
import { useAudienceRoom } from './useAudienceRoom'
import { useGuest } from './useGuest'
import { useStage } from './useStage'

const roomId = 'rroom0000001'
const mei = aUser({ id: 'uguest000001', nickname: '阿梅' })
const stage = () => fakes().roomApi.stageOf(roomId)
const me = () => fakes().roomApi.session.user
const log: string[] = []
const pusher = { start: () => void log.push('start'), stop: () => void log.push('stop') } as unknown as PusherHandle
let seq = 0

/** Something happens on the server's stage; it tells the person and the room. */
async function happen(...events: StageEvent<User>[]) {
  for (const event of events)
    expect(stage().take(event).refusal).toBeUndefined()
  fakes().imClient.tellLinkMic(stage().viewFor(me().id))
  const room = { ...fakes().roomApi.rooms[0], stage: stage().public }
  fakes().imClient.receive({ type: 'roomChanged', seq: ++seq, at: fakes().clock.now(), room })
  await settle()
}

async function comeOnStage(user: User, requestId: string) {
  const at = NOW
  await happen(
    { type: 'apply', user, requestId, medium: 'video', isHere: true, at },
    { type: 'accept', userId: user.id, requestId, at },
    { type: 'published', userId: user.id, sessionId: `of-${requestId}`, at },
  )
}

beforeEach(() => {
  log.length = 0
  fakes().roomApi.rooms = [aRoom()]
  fakes().imClient.joined = { room: aRoom(), online: 1, messages: [] }
})

async function openPage() {
  const room = useAudienceRoom()
  const guest = useGuest(room)
  const stage = useStage(room, guest)
  const stops = [guest.start(), stage.start()]
  await useMe().ready()
  room.usePlayer({ start: vi.fn(), stop: vi.fn() } as unknown as PlayerHandle)
  room.open(roomId)
  await settle()
  room.playerStatus('live')
  return {
    room,
    guest,
    stage,
    close() {
      stops.forEach(stop => stop())
      room.close()
    },
  }
}

describe('the window on one\'s own way', () => {
  it('[LM101] [LM105] [LM113] from the explanation to the stage and off the page', async () => {
    fakes().deviceAccess.permissions.microphone = 'unknown'
    const { guest, close } = await openPage()
    guest.apply('voice')
    await settle()
    expect([guest.preflight.value, guest.link.value.status]).toEqual([{ status: 'asking', medium: 'voice', devices: ['microphone'] }, 'idle'])
    fakes().deviceAccess.permissions.microphone = 'granted'
    guest.allow()
    await settle()
    expect([guest.preflight.value.status, guest.link.value.status, guest.position.value]).toEqual(['none', 'applying', 1])
    const { requestId } = stage().stage.guests[0].link
    await happen({ type: 'accept', userId: me().id, requestId, at: NOW })
    expect([guest.seat.value, guest.publish.value, guest.pushStatus.value]).toEqual([1, publishUrls(`${roomId}-${me().id}`), 'connecting'])
    expect(log).toEqual([])
    guest.usePusher(pusher)
    await nextTick()
    expect(log).toEqual(['start'])
    guest.pusherStatus('live')
    await happen({ type: 'published', userId: me().id, sessionId: 's1', at: NOW })
    expect([guest.link.value.status, guest.pushStatus.value, guest.sound.value, guest.picture.value?.isOn]).toEqual(['linked', 'live', { isOn: true, isMuted: false }, false])
    close()
    expect([log, guest.publish.value, fakes().clock.pending]).toEqual([['start', 'stop'], undefined, 0])
    await settle()
    expect(stage().stage.guests).toEqual([])
  })

  it('[LM112] counts by the server\'s clock', async () => {
    const { guest } = await openPage()
    const ahead = 60_000
    vi.spyOn(stage() as unknown as { now: () => number }, 'now').mockImplementation(() => fakes().clock.now() + ahead)
    await happen()
    guest.apply('video')
    await settle()
    expect(guest.remainingMs.value).toBe(APPLY_TIMEOUT_MS)
    await fakes().clock.advance(10_000)
    expect(guest.remainingMs.value).toBe(APPLY_TIMEOUT_MS - 10_000)
    await happen({ type: 'reject', userId: me().id, requestId: stage().stage.guests[0].link.requestId, at: fakes().clock.now() + ahead })
    expect([guest.waitMs.value, guest.remainingMs.value, guest.ending.value?.reason]).toEqual([10_000, null, 'rejected'])
    guest.forgetEnding()
    await fakes().clock.advance(4000)
    expect([guest.waitMs.value, guest.ending.value]).toEqual([6000, null])
  })

  it('[LM112] where the clock stands still there is nothing to count', async () => {
    const { guest } = await openPage()
    await happen({ type: 'onAir', isOnAir: false, at: NOW })
    await happen({ type: 'onAir', isOnAir: true, at: NOW })
    guest.apply('video')
    await settle()
    await happen({ type: 'onAir', isOnAir: false, at: NOW })
    expect([guest.link.value.status, guest.remainingMs.value]).toEqual(['applying', null])
  })

  it('[LM113] an invitation that is over while the devices are asked for is not taken', async () => {
    fakes().deviceAccess.permissions.camera = 'unknown'
    const { guest } = await openPage()
    await happen({ type: 'invite', user: me(), requestId: 'i1', at: NOW })
    guest.acceptInvitation('video')
    await settle()
    await happen({ type: 'withdraw', userId: me().id, requestId: 'i1', at: NOW })
    expect(guest.preflight.value).toEqual({ status: 'none' })
    fakes().deviceAccess.permissions.camera = 'granted'
    guest.allow()
    await settle()
    expect([guest.link.value.status, fakes().roomApi.countOf('linkMic')]).toEqual(['idle', 0])
  })

  it('[LM108] switches', async () => {
    const { guest } = await openPage()
    guest.apply('video')
    await settle()
    await happen({ type: 'accept', userId: me().id, requestId: stage().stage.guests[0].link.requestId, at: NOW })
    guest.toggleMic()
    guest.toggleCamera()
    guest.toggleCamera()
    expect([guest.sound.value?.isOn, guest.picture.value?.isOn]).toEqual([false, true])
    await settle()
    expect(stage().stage.guests[0]).toMatchObject({ sound: { isOn: false }, picture: { isOn: true } })
  })

  it('[LM106] [LM110] says what is wrong with the stream, and where it is', async () => {
    const { guest } = await openPage()
    guest.usePusher(pusher)
    guest.apply('video')
    await settle()
    await happen({ type: 'accept', userId: me().id, requestId: stage().stage.guests[0].link.requestId, at: NOW })
    guest.pusherStatus('interrupted')
    expect(guest.pushStatus.value).toBe('interrupted')
    guest.pusherProblem({ code: 'DEVICE_BUSY' })
    guest.pusherStatus('failed')
    expect([guest.pushStatus.value, guest.pushProblem.value]).toEqual(['failed', 'DEVICE_BUSY'])
    guest.retryPush()
    await settle()
    expect([guest.pushStatus.value, guest.pushProblem.value]).toEqual(['connecting', null])
    guest.pusherProblem({ code: 'REPLACED' })
    guest.pusherStatus('failed')
    expect([guest.isElsewhere.value, guest.publish.value, guest.pushStatus.value]).toEqual([true, undefined, 'idle'])
    guest.takeOver()
    await settle()
    expect([guest.isElsewhere.value, guest.pushStatus.value]).toEqual([false, 'connecting'])
  })

  it('[LM114] another room is another way', async () => {
    const { guest, room } = await openPage()
    guest.apply('video')
    await settle()
    const other = aRoom({ id: 'rroom0000002' })
    fakes().roomApi.rooms = [...fakes().roomApi.rooms, other]
    fakes().imClient.joined = { room: other, online: 1, messages: [] }
    room.open('rroom0000002')
    await settle()
    expect([guest.link.value.status, stage().stage.guests]).toEqual(['idle', []])
    guest.apply('video')
    await settle()
    expect(fakes().roomApi.stageOf('rroom0000002').stage.guests).toHaveLength(1)
  })
})

describe('the window on the stage', () => {
  const own = playUrls()
  const mixed = playUrls(mixStreamIdOf(roomId))

  it('[LM115] [LM118] guests come with a player each, once their stream is there', async () => {
    const { stage: shown } = await openPage()
    expect([shown.composition.value, shown.tiles.value, shown.main.value]).toEqual(['single', [], { urls: own, mode: 'live' }])
    const before = shown.main.value.urls
    await happen({ type: 'apply', user: mei, requestId: 'q1', medium: 'video', isHere: true, at: NOW }, { type: 'accept', userId: mei.id, requestId: 'q1', at: NOW })
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    expect(shown.tiles.value).toMatchObject([{ seat: 1, isMe: false, play: undefined, guest: { status: 'connecting' } }])
    await happen({ type: 'published', userId: mei.id, sessionId: 's1', at: NOW })
    expect([shown.composition.value, shown.tiles.value[0].play]).toEqual(['composed', playUrls(`${roomId}-${mei.id}`)])
    expect(shown.main.value.urls).toBe(before)
  })

  it('[LM115] [LM116] the mixed picture takes the place of all players, and keeps it', async () => {
    const { stage: shown } = await openPage()
    stage().isMixed = true
    await comeOnStage(mei, 'q1')
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    expect([shown.composition.value, shown.main.value, shown.tiles.value[0].play]).toEqual(['mixed', { urls: mixed, mode: 'live' }, undefined])
    const { urls } = shown.main.value
    await comeOnStage(aUser({ id: 'uguest000002' }), 'q2')
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    expect(shown.main.value.urls).toBe(urls)
  })

  it('[LM116] opening a room that is mixed already needs no second question', async () => {
    stage().isMixed = true
    stage().take({ type: 'apply', user: mei, requestId: 'q1', medium: 'video', isHere: true, at: NOW })
    stage().take({ type: 'accept', userId: mei.id, requestId: 'q1', at: NOW })
    fakes().imClient.joined = { room: { ...aRoom(), stage: stage().public }, online: 1, messages: [] }
    const { stage: shown } = await openPage()
    expect(shown.main.value.urls).toEqual(mixed)
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    expect(fakes().roomApi.countOf('getRoom')).toBe(1)
  })

  it('[LM115] [LM118] on the mic everybody else is heard at once, and not oneself', async () => {
    const { guest, stage: shown } = await openPage()
    stage().isMixed = true
    await comeOnStage(mei, 'q1')
    guest.apply('video')
    await settle()
    await happen({ type: 'accept', userId: me().id, requestId: stage().stage.guests[1].link.requestId, at: NOW })
    await fakes().clock.advance(0)
    await happen({ type: 'published', userId: me().id, sessionId: 's2', at: NOW })
    expect([shown.composition.value, shown.main.value]).toEqual(['composed', { urls: own, mode: 'lowLatency' }])
    expect(shown.tiles.value.map(({ isMe, play }) => [isMe, play !== undefined])).toEqual([[false, true], [true, false]])
    guest.leave()
    expect(shown.main.value.mode).toBe('live')
  })

  it('[LM115] on opening the room nobody hears themself in the mixed picture', async () => {
    await useMe().ready()
    stage().isMixed = true
    stage().take({ type: 'apply', user: me(), requestId: 'q1', medium: 'video', isHere: true, at: NOW })
    stage().take({ type: 'accept', userId: me().id, requestId: 'q1', at: NOW })
    stage().take({ type: 'published', userId: me().id, sessionId: 's1', at: NOW })
    fakes().roomApi.rooms = [{ ...aRoom(), stage: stage().public }]
    fakes().imClient.joined = { room: fakes().roomApi.rooms[0], online: 1, messages: [] }
    const { guest, stage: shown } = await openPage()
    expect([guest.seat.value, shown.composition.value, shown.main.value]).toEqual([null, 'composed', { urls: own, mode: 'lowLatency' }])
    await happen({ type: 'leave', userId: me().id, requestId: 'q1', at: NOW })
    expect(shown.main.value.mode).toBe('live')
  })

  it('[LM132] a guest\'s player that was refused gets fresh addresses', async () => {
    const { stage: shown } = await openPage()
    await comeOnStage(mei, 'q1')
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    const [tile] = shown.tiles.value
    shown.renew(tile)
    expect(shown.tiles.value[0].play).toBeUndefined()
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    expect(shown.tiles.value[0].play).toEqual(tile.play)
    expect(fakes().roomApi.countOf('getRoom')).toBe(3)
  })

  it('[LM117] a picture that stays away is composed here', async () => {
    const { room, stage: shown, close } = await openPage()
    stage().isMixed = true
    await comeOnStage(mei, 'q1')
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    room.playerStatus('interrupted')
    await fakes().clock.advance(3000)
    expect([shown.composition.value, shown.main.value.urls]).toEqual(['composed', own])
    close()
    expect(fakes().clock.pending).toBe(0)
  })

  it('[LM115] the anchor hears every guest with the least delay', async () => {
    await useMe().ready()
    const link = createRoomLink()
    const room = shallowRef<ReturnType<typeof aRoom>>()
    const shown = useStage({ ...link, room })
    const stop = shown.start()
    stage().take({ type: 'apply', user: mei, requestId: 'q1', medium: 'video', isHere: true, at: NOW })
    stage().take({ type: 'accept', userId: mei.id, requestId: 'q1', at: NOW })
    stage().take({ type: 'published', userId: mei.id, sessionId: 's1', at: NOW })
    room.value = { ...aRoom({ anchor: me() }), stage: { ...stage().public, isMixed: true } }
    await fakes().clock.advance(0)
    expect([shown.composition.value, shown.main.value.mode, shown.tiles.value[0].play]).toEqual(['composed', 'lowLatency', playUrls(`${roomId}-${mei.id}`)])
    stop()
    stop()
    expect(fakes().clock.pending).toBe(0)
  })
})

describe('the window on the anchor\'s desk', () => {
  async function openDesk() {
    await useMe().ready()
    fakes().roomApi.rooms = [aRoom({ anchor: me() })]
    fakes().roomApi.audience = [mei]
    const link = createRoomLink()
    const room = shallowRef(fakes().roomApi.rooms[0])
    const desk = useAnchorStage({ ...link, room })
    const stop = desk.start()
    const stopLink = link.start()
    link.channel.enter(roomId)
    await settle()
    async function hear() {
      fakes().imClient.tellLinkMic(stage().viewFor(me().id, true))
      room.value = { ...room.value, stage: stage().public }
      await settle()
    }
    return { desk, hear, stop: () => [stop, () => link.channel.leave(), stopLink].forEach(one => one()) }
  }

  it('[LM119] [LM120] who waits, who sits, and what is being done about them', async () => {
    const { desk, hear, stop } = await openDesk()
    stage().take({ type: 'apply', user: mei, requestId: 'q1', medium: 'video', isHere: true, at: NOW })
    await hear()
    await fakes().clock.advance(5000)
    const [application] = desk.queue.value
    expect(application).toMatchObject({ user: mei, waitedMs: 5000, remainingMs: APPLY_TIMEOUT_MS - 5000 })
    desk.accept(application)
    expect([desk.queue.value, desk.isPending(mei.id)]).toEqual([[], true])
    await settle()
    await hear()
    const [guest] = desk.guests.value
    expect([guest.user, desk.isPending(mei.id), desk.isFull.value]).toEqual([mei, false, false])
    desk.mute(guest, { isMicMuted: true, isCameraMuted: false })
    expect(desk.guests.value[0].sound.isMuted).toBe(true)
    await settle()
    desk.kick(guest)
    expect(desk.guests.value).toEqual([])
    await settle()
    expect(stage().stage.guests).toEqual([])
    stop()
    expect(fakes().clock.pending).toBe(0)
  })

  it('[LM119] [LM121] invites from the audience, and takes it back', async () => {
    const { desk } = await openDesk()
    desk.loadAudience()
    await settle()
    expect(desk.audience.value).toEqual({ status: 'loaded', people: [mei], total: 1 })
    desk.invite(mei)
    await settle()
    expect(desk.invitations.value).toMatchObject([{ user: mei, remainingMs: 30_000 }])
    desk.withdraw(desk.invitations.value[0])
    expect(desk.invitations.value).toEqual([])
    await settle()
    expect(stage().stage.guests).toEqual([])
  })

  it('[LM119] who is admitted, and why something was not granted', async () => {
    const { desk, hear } = await openDesk()
    stage().take({ type: 'apply', user: mei, requestId: 'q1', medium: 'video', isHere: true, at: NOW })
    await hear()
    desk.setAdmission('open')
    expect(desk.admission.value).toBe('open')
    await settle()
    fakes().roomApi.fail('linkMic', 'LINK_MIC_GONE')
    desk.reject({ user: mei, requestId: 'q1', medium: 'video', at: NOW, deadline: null })
    await settle()
    expect(desk.problem.value).toBe('LINK_MIC_GONE')
  })
})
