import type { ModerationCommand, ModerationView } from '../../shared/protocol/moderation'
import type { User } from '../../shared/protocol/rest'
import type { StageWorld } from './testing/StageWorld'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { streamIdOf } from '../../shared/domain/ids'
import { UNMODERATED } from '../../shared/domain/moderation'
import { CloudUnavailable } from '../errors'
import { settled } from '../testing/VirtualClock'
import { anna, boris, clara, openStageWorld } from './testing/StageWorld'

let world: StageWorld
let id: string
beforeEach(async () => {
  world = await openStageWorld();
  ({ id } = await world.goLive())
})
afterEach(() => world.close())

const order = (command: ModerationCommand, by: User = anna): Promise<ModerationView> => world.rooms.moderation.obey(id, by.id, command)
const by = (type: 'silence' | 'unsilence' | 'remove' | 'readmit') => (user: User) => order({ type, userId: user.id })
const [silence, unsilence, remove, readmit] = [by('silence'), by('unsilence'), by('remove'), by('readmit')]

describe('keeping order', () => {
  it('[MO11] each command is answered with the order as it is now, and so is the question', async () => {
    expect(await silence(boris)).toEqual({ isEveryoneSilenced: false, silenced: [boris], removed: [] })
    await order({ type: 'silenceAll', isOn: true })
    const view = await remove(clara)
    expect(view).toEqual({ isEveryoneSilenced: true, silenced: [boris], removed: [clara] })
    expect(await remove(clara)).toEqual(view)
    await unsilence(boris)
    await readmit(clara)
    expect(await order({ type: 'silenceAll', isOn: false })).toEqual(UNMODERATED)
    expect(await world.rooms.moderation.view(id, anna.id)).toEqual(UNMODERATED)
  })

  it('[MO10] nobody but the room\'s anchor keeps order, in a room that has not ended', async () => {
    await expect(order({ type: 'silence', userId: clara.id }, boris)).rejects.toMatchObject({ code: 'NOT_ROOM_ANCHOR' })
    await expect(world.rooms.moderation.view(id, boris.id)).rejects.toMatchObject({ code: 'NOT_ROOM_ANCHOR' })
    await expect(world.rooms.moderation.obey('rnone', anna.id, { type: 'silenceAll', isOn: true })).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
    await silence(boris)
    await world.rooms.end(id, anna.id)
    await expect(unsilence(boris)).rejects.toMatchObject({ code: 'ROOM_ENDED' })
    expect(await world.rooms.moderation.view(id, anna.id)).toMatchObject({ silenced: [boris] })
  })

  it('[MO10] in the house\'s rooms nobody does', async () => {
    await world.rooms.addStanding({ id: 'rdemo', title: 'Demo', anchor: { id: 'udemo', nickname: 'Demo', avatar: 0 }, cover: null, isDemo: true })
    await expect(world.rooms.moderation.obey('rdemo', anna.id, { type: 'silenceAll', isOn: true })).rejects.toMatchObject({ code: 'NOT_ROOM_ANCHOR' })
  })

  it('[MO3] the anchor is neither silenced nor removed', async () => {
    for (const command of [silence, remove])
      await expect(command(anna)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(world.im.moderations.get(id)).toBeUndefined()
  })

  it('[MO12] somebody without an account cannot be put on a list, but whoever is on one can be taken off', async () => {
    const nobody = { ...boris, id: 'unobody' }
    for (const command of [silence, remove])
      await expect(command(nobody)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const command of [unsilence, readmit])
      expect(await command(nobody)).toEqual(UNMODERATED)
  })

  it('[MO6] a new name stands in the lists', async () => {
    await silence(boris)
    await remove(boris)
    const bob = { ...boris, nickname: 'Bob' }
    await world.rooms.profileChanged(bob)
    expect(await world.rooms.moderation.view(id, anna.id)).toMatchObject({ silenced: [bob], removed: [bob] })
  })

  it('[MO18] every step is in the log', async () => {
    await silence(boris)
    await order({ type: 'silenceAll', isOn: true })
    await remove(boris)
    expect(world.logged.filter(line => line.startsWith('moderation')).map(line => JSON.parse(line.slice('moderation '.length)))).toEqual([
      { roomId: id, userId: boris.id, from: 'free', event: 'silence', to: 'silenced' },
      { roomId: id, userId: anna.id, from: 'speech', event: 'silenceAll', to: 'silence' },
      { roomId: id, userId: boris.id, from: 'silenced', event: 'remove', to: 'removed' },
    ])
  })
})

describe('who is told', () => {
  it('[MO13] chat is told the whole of it, once for each change', async () => {
    const told: object[] = []
    world.im.moderate = async (roomId, anchorId, moderation) => void told.push({ roomId, anchorId, ...moderation })
    await silence(boris)
    await silence(boris)
    await remove(boris)
    expect(told).toEqual([
      { roomId: id, anchorId: anna.id, isEveryoneSilenced: false, silenced: [boris.id], removed: [] },
      { roomId: id, anchorId: anna.id, isEveryoneSilenced: false, silenced: [boris.id], removed: [boris.id] },
    ])
  })

  it('[MO13] what chat does not take is kept all the same', async () => {
    world.im.moderate = () => Promise.reject(CloudUnavailable('Tencent IM'))
    expect(await silence(boris)).toMatchObject({ silenced: [boris] })
    expect(world.im.standings).toEqual([{ userId: boris.id, roomId: id, isSilenced: true }])
  })

  it('[MO14] whom it concerns, when it changes and with every window that joins; nobody else', async () => {
    await world.come(id, boris, clara)
    await silence(boris)
    await silence(boris)
    await world.come(id, clara, boris)
    await unsilence(boris)
    await world.come(id, boris)
    expect(world.im.standings).toEqual([true, true, false].map(isSilenced => ({ userId: boris.id, roomId: id, isSilenced })))
  })

  it('[MO15] that everybody is silenced is told as a change of the room, once', async () => {
    const before = world.im.news.length
    await order({ type: 'silenceAll', isOn: true })
    await order({ type: 'silenceAll', isOn: true })
    await silence(boris)
    await remove(clara)
    expect(world.im.news.slice(before)).toMatchObject([{ type: 'roomChanged', room: { isSilenced: true } }])
    expect((await world.rooms.get(id)).isSilenced).toBe(true)
  })
})

describe('who is sent away', () => {
  it.each(['seat', 'apply', 'invite'] as const)('[MO4] is off the stage with it: %s', async (from) => {
    await world.come(id, boris)
    if (from === 'seat')
      await world.link(id, boris)
    else if (from === 'apply')
      await world.apply(id, boris)
    else
      await world.say(id, anna, { type: 'invite', userId: boris.id, requestId: 'come' })
    world.takeSignals()
    const streamId = streamIdOf(id, boris.id)
    await remove(boris)
    await settled()
    expect(world.takeSignals().find(({ userId }) => userId === boris.id)?.view.link).toMatchObject({ status: 'idle', ending: { reason: { seat: 'kicked', apply: 'rejected', invite: 'withdrawn' }[from] } })
    expect((await world.rooms.get(id)).stage.guests).toEqual([])
    expect(await world.view(id, anna)).toMatchObject({ queue: [], invitations: [] })
    expect([world.rooms.canPublish(streamId), world.media.live.has(streamId)]).toEqual([false, false])
  })

  it('[MO16] neither asks for the mic nor looks at it, until readmitted', async () => {
    await world.come(id, boris)
    await remove(boris)
    await expect(world.apply(id, boris)).rejects.toMatchObject({ code: 'REMOVED' })
    await expect(world.view(id, boris)).rejects.toMatchObject({ code: 'REMOVED' })
    await expect(world.rooms.moderation.admit(id, boris.id)).rejects.toMatchObject({ code: 'REMOVED' })
    await world.rooms.moderation.admit(id, clara.id)
    await readmit(boris)
    await world.rooms.moderation.admit(id, boris.id)
    await world.apply(id, boris)
    expect(await world.statusOf(id, boris)).toBe('applying')
  })

  it('[MO17] is not invited, though chat may not have noticed yet', async () => {
    await world.come(id, boris)
    await remove(boris)
    await expect(world.say(id, anna, { type: 'invite', userId: boris.id, requestId: 'come' })).rejects.toMatchObject({ code: 'LINK_MIC_GONE' })
  })
})

describe('a restart', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lianmai-order-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('[MO13] the order of open rooms is kept, and chat is told again before anybody may come', async () => {
    const file = path.join(folder, 'order.db')
    const before = await openStageWorld({ file })
    const { id: roomId } = await before.goLive()
    await before.rooms.moderation.obey(roomId, anna.id, { type: 'silence', userId: boris.id })
    await before.rooms.moderation.obey(roomId, anna.id, { type: 'remove', userId: clara.id })
    const after = await openStageWorld({ file, clock: before.clock.later(1000) })
    expect(after.im.moderations.get(roomId)).toEqual({ isEveryoneSilenced: false, silenced: [boris.id], removed: [clara.id] })
    expect(await after.rooms.moderation.view(roomId, anna.id)).toEqual({ isEveryoneSilenced: false, silenced: [boris], removed: [clara] })

    const late = await openStageWorld({ file, clock: before.clock.later(2000), prepare({ im }) {
      im.moderate = () => Promise.reject(CloudUnavailable('Tencent IM'))
    } })
    expect((await late.rooms.get(roomId)).status).toBe('interrupted')
    for (const one of [before, after, late])
      await one.close()
  })

  it('[MO19] a room of the house that opens anew begins with nobody silenced or sent away', async () => {
    const house = { id: 'rlocal', title: 'Test', anchor: anna, cover: null, isDemo: false }
    await world.rooms.addStanding(house)
    await world.rooms.moderation.obey('rlocal', anna.id, { type: 'remove', userId: boris.id })
    await world.rooms.endStanding('rlocal')
    await world.rooms.addStanding(house)
    expect(await world.rooms.moderation.view('rlocal', anna.id)).toEqual(UNMODERATED)
  })
})
