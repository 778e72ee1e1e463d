import type { LinkMicCommand } from '../../shared/protocol/linkMic'
import type { Room } from '../../shared/protocol/rest'
import type { StageWorld } from './testing/StageWorld'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { streamIdOf } from '../../shared/domain/ids'
import { APPLY_TIMEOUT_MS, CONNECT_TIMEOUT_MS, DROP_GRACE_MS, KICKED_WAIT_MS, REJECTED_WAIT_MS } from '../../shared/domain/linkMic'
import { INTERRUPTED_GRACE_MS } from '../../shared/domain/room'
import { settled } from '../testing/VirtualClock'
import { anna, boris, clara, david, emma, openStageWorld } from './testing/StageWorld'

describe('link-mic in a room', () => {
  let world: StageWorld
  let room: Room
  let id: string
  beforeEach(async () => {
    world = await openStageWorld()
    room = await world.goLive()
    id = room.id
  })
  afterEach(() => world.close())

  const refused = (code: string) => expect.objectContaining({ code })

  it('[LM44] from the application to the sound: everyone hears their part', async () => {
    await world.come(id, boris)
    const requestId = await world.apply(id, boris)
    expect(await world.view(id, boris)).toMatchObject({ link: { status: 'applying', requestId, deadline: world.clock.now() + APPLY_TIMEOUT_MS }, position: 1, seat: null, sound: null })
    expect((await world.view(id, anna)).queue).toEqual([{ user: boris, requestId, medium: 'video', at: world.clock.now(), deadline: world.clock.now() + APPLY_TIMEOUT_MS }])

    await world.say(id, anna, { type: 'accept', userId: boris.id, requestId })
    expect(await world.view(id, boris)).toMatchObject({ link: { status: 'connecting' }, position: null, seat: 1, sound: { isOn: true, isMuted: false }, picture: { isOn: true, isMuted: false } })
    world.media.publish(streamIdOf(id, boris.id))
    await settled()
    expect(await world.view(id, boris)).toMatchObject({ link: { status: 'linked', requestId } })
    expect((await world.rooms.get(id)).stage).toEqual({ admission: 'ask', isMixed: false, guests: [{
      user: boris,
      seat: 1,
      requestId,
      status: 'linked',
      deadline: null,
      medium: 'video',
      streamId: streamIdOf(id, boris.id),
      sound: { isOn: true, isMuted: false },
      picture: { isOn: true, isMuted: false },
    }] })
    expect(world.rooms.figures().linkMic).toEqual({ seats: 1, applications: 0, mixes: 0 })
  })

  it('[LM40] the anchor\'s commands are the anchor\'s, the others\' are not', async () => {
    await world.come(id, boris, clara)
    const requestId = await world.apply(id, boris)
    const own: LinkMicCommand[] = [
      { type: 'apply', requestId, medium: 'video' },
      { type: 'acceptInvitation', requestId, medium: 'video' },
      { type: 'leave', requestId },
      { type: 'report', requestId, isMicOn: true, isCameraOn: true },
    ]
    const anchors: LinkMicCommand[] = [
      { type: 'invite', requestId: 'i', userId: clara.id },
      { type: 'withdraw', requestId, userId: boris.id },
      { type: 'accept', requestId, userId: boris.id },
      { type: 'reject', requestId, userId: boris.id },
      { type: 'kick', requestId, userId: boris.id },
      { type: 'mute', requestId, userId: boris.id, isMicMuted: true, isCameraMuted: true },
      { type: 'setAdmission', admission: 'open' },
    ]
    const before = await world.view(id, anna)
    for (const command of own)
      await expect(world.say(id, anna, command), command.type).rejects.toEqual(refused('FORBIDDEN'))
    for (const command of anchors)
      await expect(world.say(id, boris, command), command.type).rejects.toEqual(refused('NOT_ROOM_ANCHOR'))
    // Clara knows Boris's request, but she is not him.
    await expect(world.say(id, clara, { type: 'report', requestId, isMicOn: false, isCameraOn: false })).rejects.toEqual(refused('LINK_MIC_GONE'))
    expect(await world.view(id, anna)).toEqual(before)
  })

  it('[LM41] [LM45] nobody but the anchor sees or hears of others\' applications', async () => {
    await world.come(id, boris, clara, david)
    const first = await world.apply(id, boris)
    const second = await world.apply(id, clara)
    expect((await world.view(id, clara))).toMatchObject({ link: { status: 'applying', requestId: second }, position: 2 })
    for (const user of [boris, clara, david]) {
      const view = await world.view(id, user)
      expect(view).not.toHaveProperty('queue')
      expect(view).not.toHaveProperty('invitations')
      expect(JSON.stringify(view)).not.toContain(user === boris ? second : first)
    }
    expect((await world.view(id, david)).link).toEqual({ status: 'idle', ending: null })

    world.takeSignals()
    await world.say(id, boris, { type: 'leave', requestId: first })
    const signals = world.takeSignals()
    expect(signals.map(({ userId }) => userId).toSorted()).toEqual([anna.id, boris.id, clara.id]) // Clara has become the first
    expect(signals.find(({ userId }) => userId === clara.id)?.view).toMatchObject({ position: 1 })
    expect(world.im.news.filter(({ type }) => type === 'roomChanged')).toHaveLength(1) // the beginning of the room
  })

  it('[LM45] versions grow with every change, and each who is told is told the newest', async () => {
    await world.come(id, boris, clara)
    world.takeSignals()
    await world.apply(id, boris)
    await world.apply(id, clara)
    const toAnna = world.takeSignals().filter(({ userId }) => userId === anna.id).map(({ view }) => view.version)
    expect(toAnna).toHaveLength(2)
    expect(toAnna[1]).toBe(toAnna[0] + 1)
    expect((await world.view(id, boris)).version).toBe(toAnna[1])
  })

  it('[LM45] every window that joins is told how its person stands, guests and watchers alike', async () => {
    await world.come(id, boris)
    const requestId = await world.apply(id, boris)
    world.takeSignals()
    await world.come(id, boris, clara)
    expect(world.takeSignals()).toMatchObject([
      { userId: boris.id, view: { link: { status: 'applying', requestId }, position: 1 } },
      { userId: clara.id, view: { link: { status: 'idle' } } },
    ])
  })

  it('[LM42] refusals name their reason and change nothing', async () => {
    await world.come(id, boris, clara)
    const requestId = await world.apply(id, boris)
    const before = await world.view(id, anna)
    await expect(world.apply(id, boris)).rejects.toEqual(refused('LINK_MIC_BUSY'))
    await expect(world.say(id, anna, { type: 'accept', userId: clara.id, requestId: 'none' })).rejects.toEqual(refused('LINK_MIC_GONE'))
    expect(await world.view(id, anna)).toEqual(before)

    await world.say(id, anna, { type: 'reject', userId: boris.id, requestId })
    await world.clock.advance(1000)
    await expect(world.apply(id, boris)).rejects.toMatchObject({ code: 'LINK_MIC_WAIT', status: 409, retryAfterMs: REJECTED_WAIT_MS - 1000 })
    await world.clock.advance(REJECTED_WAIT_MS - 1000)
    expect(await world.statusOf(id, boris)).toBe('rejected')
    await world.apply(id, boris)

    await world.say(id, anna, { type: 'setAdmission', admission: 'closed' })
    expect(await world.statusOf(id, boris)).toBe('closed')
    await expect(world.apply(id, clara)).rejects.toEqual(refused('LINK_MIC_CLOSED'))
  })

  it('[LM42] before it begins a room takes nobody, though it may close its door; after its end it takes no command', async () => {
    const { id: other } = await world.rooms.create(clara, { title: 'Later' })
    await world.come(other, boris, clara)
    await expect(world.apply(other, boris)).rejects.toEqual(refused('LINK_MIC_CLOSED'))
    await expect(world.say(other, clara, { type: 'invite', userId: boris.id, requestId: 'i' })).rejects.toEqual(refused('LINK_MIC_CLOSED'))
    expect(await world.say(other, clara, { type: 'setAdmission', admission: 'closed' })).toMatchObject({ admission: 'closed' })

    const requestId = await world.link(id, david)
    await world.rooms.end(id, anna.id)
    for (const [user, command] of [[boris, { type: 'apply', requestId: 'late', medium: 'voice' }], [david, { type: 'leave', requestId }], [anna, { type: 'setAdmission', admission: 'open' }]] as const)
      await expect(world.say(id, user, command)).rejects.toEqual(refused('ROOM_ENDED'))
    expect(await world.statusOf(id, david)).toBe('roomEnded')
    await expect(world.view('rnone', david)).rejects.toEqual(refused('ROOM_NOT_FOUND'))
    await expect(world.apply('rnone', david)).rejects.toEqual(refused('ROOM_NOT_FOUND'))
  })

  it('[LM43] the same command five times at once happens once, and is answered alike', async () => {
    await world.come(id, boris)
    const fiveTimes = (user: typeof anna, command: LinkMicCommand) => Promise.all(Array.from({ length: 5 }, () => world.say(id, user, command)))
    const { version } = await world.view(id, anna)
    const applied = await fiveTimes(boris, { type: 'apply', requestId: 'q', medium: 'video' })
    expect(new Set(applied.map(view => JSON.stringify(view))).size).toBe(1)
    expect(applied[0]).toMatchObject({ version: version + 1, position: 1 })

    const accepted = await fiveTimes(anna, { type: 'accept', userId: boris.id, requestId: 'q' })
    expect(new Set(accepted.map(view => JSON.stringify(view))).size).toBe(1)
    const left = await fiveTimes(boris, { type: 'leave', requestId: 'q' })
    expect(left[4]).toMatchObject({ version: version + 3, link: { status: 'idle', ending: { reason: 'left' } } })
    expect(world.media.kicked).toEqual([streamIdOf(id, boris.id)])
  })

  it('[LM43] two accepts for the last seat seat one', async () => {
    for (const user of [boris, clara])
      await world.link(id, user)
    await world.come(id, david, emma)
    const requests = await Promise.all([world.apply(id, david), world.apply(id, emma)])
    const outcomes = await Promise.allSettled([david, emma].map((user, index) => world.say(id, anna, { type: 'accept', userId: user.id, requestId: requests[index] })))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(outcomes[1]).toMatchObject({ reason: { code: 'LINK_MIC_STAGE_FULL' } })
    expect((await world.rooms.get(id)).stage.guests.map(({ user, seat }) => [user.id, seat])).toEqual([[boris.id, 1], [clara.id, 2], [david.id, 3]])
    expect(await world.statusOf(id, emma)).toBe('applying')
  })

  it('[LM46] what everybody sees is announced once for a change, and cut before it is told', async () => {
    const order: string[] = []
    const { broadcast, signal } = world.im
    const { kick } = world.media
    const requestId = await world.link(id, boris)
    world.im.broadcast = async (roomId, news) => {
      order.push(`${news.type} ${news.room.stage.guests.length}`)
      return broadcast(roomId, news)
    }
    world.im.signal = async (roomId, userId, news) => {
      order.push(`signal ${userId}`)
      return signal(roomId, userId, news)
    }
    world.media.kick = async (streamId) => {
      order.push(`kick ${streamId.split('-')[1]}`)
      return kick(streamId)
    }
    await world.say(id, anna, { type: 'kick', userId: boris.id, requestId })
    await settled()
    expect(order).toEqual(['kick uboris', 'roomChanged 0', 'signal uboris'])
    await expect(world.apply(id, boris)).rejects.toMatchObject({ code: 'LINK_MIC_WAIT', retryAfterMs: KICKED_WAIT_MS })
  })

  it('[LM44] the anchor\'s absence is on the stage in the same change, and announced once', async () => {
    await world.come(id, boris, clara)
    const requestId = await world.apply(id, boris)
    await world.link(id, clara)
    const news = world.im.news.length
    world.takeSignals()
    world.media.unpublish(room.streamId)
    await settled()
    expect(world.im.news.slice(news)).toMatchObject([{ type: 'roomChanged', room: { status: 'interrupted', stage: { guests: [{ user: clara, status: 'linked' }] } } }])
    expect(await world.view(id, boris)).toMatchObject({ link: { status: 'applying', deadline: null } })
    expect(world.takeSignals().map(({ userId }) => userId).toSorted()).toEqual([anna.id, boris.id])
    await world.clock.advance(INTERRUPTED_GRACE_MS - 1)
    world.media.publish(room.streamId)
    await settled()
    expect(await world.view(id, boris)).toMatchObject({ link: { status: 'applying', requestId, deadline: world.clock.now() + APPLY_TIMEOUT_MS } })
    expect(await world.statusOf(id, clara)).toBe('linked') // everyone was kept for the whole grace
  })

  it('[LM44] [LM46] the end of the room is everybody\'s in one change: cut, told, nothing announced but the end', async () => {
    await world.link(id, boris)
    await world.link(id, clara)
    await world.come(id, david)
    await world.apply(id, david)
    const news = world.im.news.length
    world.takeSignals()
    await world.rooms.end(id, anna.id)
    await settled()
    expect(world.media.kicked).toEqual([streamIdOf(id, boris.id), streamIdOf(id, clara.id), room.streamId])
    expect(world.im.news.slice(news)).toMatchObject([{ type: 'roomEnded', room: { status: 'ended', stage: { guests: [] } } }])
    expect(world.takeSignals().map(({ userId, view }) => [userId, view.link])).toEqual([anna, boris, clara, david].map(user => [
      user.id,
      user === anna ? { status: 'idle', ending: null } : { status: 'idle', ending: expect.objectContaining({ reason: 'roomEnded' }) },
    ]))
    expect(world.rooms.canPublish(streamIdOf(id, boris.id))).toBe(false)
  })

  it('[LM49] an application ends at its very millisecond', async () => {
    await world.come(id, boris)
    await world.apply(id, boris)
    await world.clock.advance(APPLY_TIMEOUT_MS - 1)
    expect(await world.statusOf(id, boris)).toBe('applying')
    world.takeSignals()
    await world.clock.advance(1)
    expect(await world.view(id, boris)).toMatchObject({ link: { status: 'idle', ending: { reason: 'expired', at: world.clock.now() } } })
    expect(world.takeSignals().map(({ userId }) => userId).toSorted()).toEqual([anna.id, boris.id])
  })

  it('[LM49] a seat waits exactly so long for its stream', async () => {
    await world.seat(id, boris)
    await world.clock.advance(CONNECT_TIMEOUT_MS - 1)
    expect(await world.statusOf(id, boris)).toBe('connecting')
    await world.clock.advance(1)
    expect(await world.statusOf(id, boris)).toBe('noStream')
    expect(world.rooms.canPublish(streamIdOf(id, boris.id))).toBe(false)
  })

  it('[LM49] neither the end of a room nor the stop of the server leaves a timer', async () => {
    const { id: other } = await world.goLive(emma)
    await world.come(other, clara)
    await world.apply(other, clara)
    await world.come(id, boris)
    await world.apply(id, boris)
    await world.rooms.end(other, emma.id)
    const timers = world.clock.pending
    const late = world.apply(id, clara) // still under way when the stop comes
    await world.stop()
    await late
    expect(timers).toBe(3) // sweep, figures, Boris
    expect(world.clock.pending).toBe(0)
  })

  it('[LM50] a killed socket keeps the seat for exactly 20 s, and gives it back on return', async () => {
    const requestId = await world.link(id, boris)
    world.im.presence(id, boris, 'dropped')
    await settled()
    expect(await world.view(id, boris)).toMatchObject({ link: { status: 'dropped', lostAt: world.clock.now() }, seat: 1 })
    await world.clock.advance(DROP_GRACE_MS - 1)
    await world.come(id, boris)
    expect(await world.view(id, boris)).toMatchObject({ link: { status: 'linked', requestId }, seat: 1 })

    world.im.presence(id, boris, 'dropped')
    await settled()
    await world.clock.advance(DROP_GRACE_MS - 1)
    expect(await world.statusOf(id, boris)).toBe('dropped')
    await world.clock.advance(1)
    expect(world.media.kicked).toEqual([streamIdOf(id, boris.id)])
    expect((await world.rooms.get(id)).stage.guests).toEqual([])
  })

  it('[LM50] who leaves the room on purpose gives up the seat at once', async () => {
    await world.link(id, boris)
    world.im.presence(id, boris, 'left')
    await settled()
    expect(await world.statusOf(id, boris)).toBe('left')
    expect(world.media.live.has(streamIdOf(id, boris.id))).toBe(false)
  })

  it('[LM47] watchers who come and go are not written into the room', async () => {
    const { version } = await world.view(id, anna)
    const { signals } = world.im
    signals.length = 0
    await world.come(id, boris, clara)
    for (const presence of ['dropped', 'here', 'left'] as const)
      world.im.presence(id, boris, presence)
    await settled()
    expect((await world.view(id, anna)).version).toBe(version)
    expect(signals.map(({ userId }) => userId)).toEqual([boris.id, clara.id, boris.id])
  })

  it('[LM55] who drops while the own application is under way is away from the beginning', async () => {
    await world.come(id, boris)
    const applying = world.apply(id, boris)
    world.im.presence(id, boris, 'dropped')
    await applying
    await settled()
    expect(await world.view(id, boris)).toMatchObject({ link: { status: 'applying', lostAt: world.clock.now() } })
    await world.clock.advance(DROP_GRACE_MS)
    expect(await world.statusOf(id, boris)).toBe('dropped')
  })

  it('[LM55] who applies from outside has 20 s to come in', async () => {
    await world.apply(id, boris)
    await world.clock.advance(DROP_GRACE_MS - 1)
    await world.come(id, boris)
    expect(await world.view(id, boris)).toMatchObject({ link: { status: 'applying', lostAt: null } })
  })

  it('[LM55] only who is in the room can be invited, and not the anchor', async () => {
    const invite = (userId: string, requestId = 'i') => world.say(id, anna, { type: 'invite', userId, requestId })
    await expect(invite(boris.id)).rejects.toEqual(refused('LINK_MIC_GONE'))
    await expect(invite('unobody')).rejects.toEqual(refused('LINK_MIC_GONE'))
    await expect(invite(anna.id)).rejects.toEqual(refused('LINK_MIC_BUSY'))
    await world.come(id, boris)
    expect(await invite(boris.id)).toMatchObject({ invitations: [{ user: boris, requestId: 'i' }] })
    world.im.presence(id, boris, 'dropped')
    await settled()
    expect(await invite(boris.id)).toMatchObject({ invitations: [{ user: boris }] }) // said again after a lost answer
    await world.come(id, boris)
    expect(await world.say(id, boris, { type: 'acceptInvitation', requestId: 'i', medium: 'voice' })).toMatchObject({ link: { status: 'connecting', medium: 'voice' }, seat: 1, picture: { isOn: false } })
  })

  it('[LM54] the audience is for the anchor', async () => {
    await world.come(id, boris)
    world.im.onlineCount = async () => 3
    expect(await world.rooms.audience(id, anna.id)).toMatchObject({ people: [boris, anna], total: 3 })
    await expect(world.rooms.audience(id, boris.id)).rejects.toEqual(refused('NOT_ROOM_ANCHOR'))
    await expect(world.rooms.audience('rnone', anna.id)).rejects.toEqual(refused('ROOM_NOT_FOUND'))
  })

  it('[LM28] a new name is on the stage, in the queue and in later invitations at once', async () => {
    await world.link(id, boris)
    await world.come(id, clara, david)
    await world.apply(id, clara)
    const renamed = [boris, clara, david].map(user => ({ ...user, nickname: `${user.nickname} II` }))
    for (const user of renamed)
      await world.rooms.profileChanged(user)
    expect((await world.rooms.get(id)).stage.guests).toMatchObject([{ user: renamed[0] }])
    expect(await world.say(id, anna, { type: 'invite', userId: david.id, requestId: 'i' })).toMatchObject({ queue: [{ user: renamed[1] }], invitations: [{ user: renamed[2] }] })
    expect(world.im.news.at(-1)).toMatchObject({ type: 'roomChanged', room: { stage: { guests: [{ user: renamed[0] }] } } })
  })

  it('[LM51] a stream is the anchor\'s or of who holds a seat', async () => {
    const may = (user: typeof anna, roomId = id) => world.rooms.canPublish(streamIdOf(roomId, user.id))
    await world.come(id, boris)
    const requestId = await world.apply(id, boris)
    expect([may(anna), may(boris), may(clara), world.rooms.canPublish(`${id}-umix`)]).toEqual([true, false, false, false])
    await world.say(id, anna, { type: 'accept', userId: boris.id, requestId })
    expect([may(boris), may(boris, 'rother')]).toEqual([true, false])
    await world.say(id, boris, { type: 'leave', requestId })
    expect(may(boris)).toBe(false)
  })

  it('[LM51] a stream that slipped in without a seat is cut', async () => {
    world.media.publish(streamIdOf(id, clara.id))
    await settled()
    expect(world.media.kicked).toEqual([streamIdOf(id, clara.id)])
  })

  it('[LM13] what the anchor has muted is muted in the engine, until the seat is given up', async () => {
    const requestId = await world.link(id, boris)
    await world.say(id, anna, { type: 'mute', userId: boris.id, requestId, isMicMuted: true, isCameraMuted: false })
    expect(world.media.mutes.get(streamIdOf(id, boris.id))).toEqual({ sound: true, picture: false })
    expect((await world.view(id, boris)).sound).toEqual({ isOn: true, isMuted: true })
    await world.say(id, boris, { type: 'leave', requestId })
    expect(world.media.mutes.get(streamIdOf(id, boris.id))).toEqual({ sound: false, picture: false })
  })

  it('[LM58] every step of the way is in the log', async () => {
    await world.come(id, boris)
    world.logged.length = 0
    const requestId = await world.apply(id, boris)
    await world.say(id, anna, { type: 'accept', userId: boris.id, requestId })
    await world.clock.advance(CONNECT_TIMEOUT_MS)
    const move = (from: string, event: string, to: string) => `link-mic ${JSON.stringify({ roomId: id, userId: boris.id, from, event, to })}`
    expect(world.logged).toEqual([move('idle', 'apply', 'applying'), move('applying', 'accept', 'connecting'), move('connecting', 'tick', 'idle')])
  })

  it('[LM56] nobody comes onto the stage of a house room', async () => {
    const house = { id: 'rstanding', title: 'House', anchor: { id: 'uhouse', nickname: 'House', avatar: 0 }, cover: null, isDemo: true }
    await world.rooms.addStanding(house)
    world.media.publish('rstanding-uhouse')
    await world.come(house.id, boris)
    await expect(world.apply(house.id, boris)).rejects.toEqual(refused('LINK_MIC_CLOSED'))
    await expect(world.say(house.id, boris, { type: 'setAdmission', admission: 'open' })).rejects.toEqual(refused('NOT_ROOM_ANCHOR'))
    expect(await world.rooms.get(house.id)).toMatchObject({ status: 'live', stage: { admission: 'closed' } })
  })
})

describe('link-mic and a server that was killed', () => {
  let folder: string
  let worlds: StageWorld[]
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lianmai-stage-'))
    worlds = []
  })
  afterEach(async () => {
    for (const world of worlds)
      await world.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('[LM50] [LM44] [LM22] seats wait 20 s from the new start, mutes hold, and who does not return loses the seat', async () => {
    const file = path.join(folder, 'stage.db')
    const before = await openStageWorld({ file })
    worlds.push(before)
    const { id, streamId } = await before.goLive()
    const requestId = await before.link(id, boris)
    await before.link(id, clara)
    await before.say(id, anna, { type: 'mute', userId: boris.id, requestId, isMicMuted: true, isCameraMuted: false })

    // What it was doing it will never finish: its clock stands still, and a later one opens the same file.
    const { clock } = before
    const after = await openStageWorld({ file, clock: clock.later(3_600_000) })
    worlds.push(after)
    expect(after.media.mutes.get(streamIdOf(id, boris.id))).toEqual({ sound: true, picture: false })
    expect((await after.rooms.get(id))).toMatchObject({ status: 'interrupted', stage: { guests: [
      { user: boris, seat: 1, status: 'dropped', deadline: after.clock.now() + DROP_GRACE_MS },
      { user: clara, seat: 2, status: 'dropped', deadline: after.clock.now() + DROP_GRACE_MS },
    ] } })

    await after.clock.advance(DROP_GRACE_MS - 1)
    expect(after.rooms.canPublish(streamIdOf(id, boris.id))).toBe(true)
    await after.come(id, anna, boris)
    after.media.publish(streamIdOf(id, boris.id))
    after.media.publish(streamId)
    await settled()
    await after.clock.advance(1)
    expect(await after.view(id, boris)).toMatchObject({ link: { status: 'linked', requestId }, seat: 1, sound: { isMuted: true } })
    expect(await after.statusOf(id, clara)).toBe('dropped')
    expect((await after.rooms.get(id)).stage.guests).toHaveLength(1)
  })

  it('[LM50] who is back before the rooms are taken up is not thought to be away', async () => {
    const file = path.join(folder, 'quick.db')
    const before = await openStageWorld({ file })
    worlds.push(before)
    const { id } = await before.goLive()
    await before.link(id, boris)
    const after = await openStageWorld({ file, clock: before.clock.later(1000), prepare({ im }) {
      const { createRoom } = im
      im.createRoom = async (roomId) => {
        im.presence(roomId, boris, 'here')
        return createRoom(roomId)
      }
    } })
    worlds.push(after)
    expect(await after.view(id, boris)).toMatchObject({ link: { status: 'dropped', lostAt: null, streamLostAt: after.clock.now() } })
  })
})
