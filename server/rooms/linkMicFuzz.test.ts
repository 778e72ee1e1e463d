/** Seeded commands of any shape, from anybody, in any order, with streams, windows and time between them. */
import type { User } from '../../shared/protocol/rest'
import type { StageWorld } from './testing/StageWorld'
import { afterEach, expect, it } from 'vitest'
import { streamIdOf } from '../../shared/domain/ids'
import { NOT_LINKED } from '../../shared/domain/linkMic'
import { INVITATIONS_MAX, QUEUE_MAX } from '../../shared/domain/stage'
import { LinkMicCommand } from '../../shared/protocol/linkMic'
import { ModerationCommand } from '../../shared/protocol/moderation'
import { unlessRefused } from '../errors'
import { parse } from '../http/validate'
import { seededRandom } from '../testing/seededRandom'
import { settled } from '../testing/VirtualClock'
import { anna, named, openStageWorld } from './testing/StageWorld'

const STEPS = 1500
const PEOPLE = [anna, ...Array.from({ length: 30 }, (_, index) => named(`Guest${index}`))]
/** What fills a stage more often than what empties it. */
const TYPES = [...Array.from<string>({ length: 6 }).fill('apply'), ...Array.from<string>({ length: 6 }).fill('accept'), 'acceptInvitation', 'leave', 'report', 'invite', 'invite', 'withdraw', 'reject', 'kick', 'mute', 'setAdmission']
const STRANGE = [undefined, null, 0, -1, 1e21, true, '', 'video', 'q1', '\u0000', 'x'.repeat(37), {}, [], 'uother', '__proto__', 'constructor']

let world: StageWorld
afterEach(() => world.close())

it.each([31, 32, 33, 34])('[LM59] [MO7] %i: every command is obeyed or refused, a refusal changes nothing, and all stays within its bounds', async (seed) => {
  const random = seededRandom(seed)
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]
  const value = (good: readonly unknown[]) => random() < 0.97 ? pick(good) : pick(STRANGE)
  world = await openStageWorld({ canMix: true, findUser: async userId => PEOPLE.find(one => one.id === userId) })
  const { id } = await world.goLive()

  /** Mostly about requests that there are, so that much comes of it. */
  async function command(user: User): Promise<unknown> {
    const { queue = [], invitations = [] } = await world.view(id, anna)
    const { guests } = (await world.rooms.get(id)).stage
    const known = [...queue, ...invitations, ...guests]
    const about = known.length > 0 && random() < 0.8 ? pick(known) : { user: pick(PEOPLE), requestId: `q${Math.floor(random() * 50)}` }
    const { link } = await world.view(id, user).catch(unlessRefused) ?? { link: NOT_LINKED } // who was sent away sees nothing
    const own = 'requestId' in link ? link.requestId : `q${Math.floor(random() * 1e6)}`
    return {
      type: value(TYPES),
      requestId: value([user === anna ? about.requestId : own]),
      userId: value([about.user.id]),
      medium: value(['video', 'voice']),
      admission: value(['ask', 'ask', 'ask', 'ask', 'open', 'closed']),
      isMicOn: value([true, false]),
      isCameraOn: value([true, false]),
      isMicMuted: value([true, false]),
      isCameraMuted: value([true, false]),
    }
  }

  async function obey(user: User): Promise<string> {
    const body = await command(user)
    const before = await world.view(id, anna)
    try {
      await world.say(id, user, parse(LinkMicCommand, body))
      return 'OK'
    }
    catch (error) {
      unlessRefused(error)
      expect(await world.view(id, anna)).toEqual(before)
      return (error as { code: string }).code
    }
  }

  /** People are let in again more often than sent away: the room is not to be empty. */
  async function keepOrder(user: User): Promise<string> {
    const type = value(['silence', 'unsilence', 'silenceAll', 'remove', 'readmit', 'readmit', 'readmit'])
    const before = await world.rooms.moderation.view(id, anna.id)
    const known = type === 'readmit' ? before.removed : PEOPLE
    try {
      await world.rooms.moderation.obey(id, user.id, parse(ModerationCommand, { type, userId: value([pick(known)?.id]), isOn: value([true, false]) }))
      return 'OK'
    }
    catch (error) {
      unlessRefused(error)
      expect(await world.rooms.moderation.view(id, anna.id)).toEqual(before)
      return (error as { code: string }).code
    }
  }

  const codes = new Set<string>()
  let seated = 0
  for (let i = 0; i < STEPS; i++) {
    codes.add(await obey(random() < 0.4 ? anna : pick(PEOPLE)))
    if (random() < 0.1)
      codes.add(await keepOrder(random() < 0.8 ? anna : pick(PEOPLE)))
    const guest = pick(PEOPLE.slice(1))
    if (random() < 0.3)
      world.im.presence(id, guest, pick(['here', 'here', 'here', 'here', 'here', 'dropped', 'left']))
    if (random() < 0.3 && world.rooms.canPublish(streamIdOf(id, guest.id)))
      world.media.publish(streamIdOf(id, guest.id))
    if (random() < 0.02)
      world.media.unpublish(streamIdOf(id, guest.id))
    if (random() < 0.1)
      await world.clock.advance(random() * 6000)
    await settled()

    const { queue, invitations } = await world.view(id, anna)
    const { guests } = (await world.rooms.get(id)).stage
    const { removed } = await world.rooms.moderation.view(id, anna.id)
    const onTheWay = [...queue!, ...invitations!, ...guests].map(one => one.user.id)
    expect(removed.filter(one => onTheWay.includes(one.id))).toEqual([])
    seated = Math.max(seated, guests.length)
    expect(queue!.length).toBeLessThanOrEqual(QUEUE_MAX)
    expect(invitations!.length).toBeLessThanOrEqual(INVITATIONS_MAX)
    expect(new Set(guests.map(({ seat }) => seat)).size).toBe(guests.length)
    const onAir = [...world.media.live.keys()].filter(streamId => streamId.startsWith(id) && streamId !== streamIdOf(id, anna.id))
    for (const streamId of onAir)
      expect(guests.map(guest => guest.streamId)).toContain(streamId)
  }
  expect(seated).toBe(3)
  for (const code of ['OK', 'BAD_REQUEST', 'FORBIDDEN', 'NOT_ROOM_ANCHOR', 'LINK_MIC_GONE', 'LINK_MIC_BUSY', 'LINK_MIC_STAGE_FULL', 'LINK_MIC_WAIT', 'LINK_MIC_CLOSED', 'REMOVED'])
    expect(codes).toContain(code)
  expect(world.logged.filter(line => !line.startsWith('link-mic') && !line.startsWith('room') && !line.startsWith('moderation'))).toEqual([])
})
