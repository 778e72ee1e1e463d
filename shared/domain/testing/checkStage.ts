/** What must be true of a stage after every step, whatever happened. */
import type { RoomRecord } from '../../../server/rooms/RoomStore'
import type { Guest, Stage } from '../stage'
import type { StageWorld, User, WorldStep } from './StageWorld'
import { expect } from 'vitest'
import { presentRoom } from '../../../server/rooms/presentRoom'
import { hasLine } from '../ids'
import { CONNECT_LINE_TIMEOUT_MS, CONNECT_TIMEOUT_MS, DROP_GRACE_MS, isSeated } from '../linkMic'
import { UNMODERATED } from '../moderation'
import { prepareRoom } from '../room'
import { freeSeat, holdsSeat, INVITATIONS_MAX, QUEUE_MAX, queueOf, seatedOf, stageDeadline } from '../stage'

export function checkStage(world: StageWorld, step: WorldStep): void {
  checkChange(step)
  checkSeats(world, step)
  checkTaken(step)
  checkQueue(step)
  checkMemory(step)
  checkMedia(world, step)
}

function checkChange({ before, state, event, effects, refusal }: WorldStep): void {
  const types = effects.map(({ type }) => type)
  if (state !== before) {
    expect(refusal).toBeUndefined()
    expect(state.version).toBe(before.version + 1)
    expect({ ...state, version: 0 }).not.toEqual({ ...before, version: 0 })
  }
  expect(types.filter(type => type === 'tell')).toHaveLength(state === before ? 0 : 1)
  expect(types.filter(type => type === 'announce')).toHaveLength(seenByAll(state) === seenByAll(before) ? 0 : 1)
  if (event.type === 'tick')
    expect(stageDeadline(state) ?? Infinity).toBeGreaterThan(event.at)
}

function seenByAll(stage: Stage<User>): string {
  const nobody = { id: 'uanchor', nickname: 'Anchor', avatar: 0 }
  const record: RoomRecord = { id: 'rroom', title: '', cover: null, anchor: nobody, life: prepareRoom(0), stage: stage as RoomRecord['stage'], moderation: UNMODERATED, createdAt: 0, peakViewers: 0, visitors: 0, messages: 0, isDemo: false, isListed: true }
  return JSON.stringify(presentRoom(record, { viewers: 0, viewersElsewhere: 0, isMixed: false }).stage)
}

function checkSeats(world: StageWorld, { before, state, event, effects }: WorldStep): void {
  const seats = seatedOf(state).map(({ seat }) => seat)
  expect(seats.every(seat => [1, 2, 3].includes(seat))).toBe(true)
  expect(new Set(seats).size).toBe(seats.length)
  for (const { seat, link } of state.guests)
    expect(seat !== null).toBe(isSeated(link))
  if (event.type === 'tick')
    expect(seatedOf(state).filter(({ user }) => world.lostFor(user.id) >= DROP_GRACE_MS)).toEqual([])
  for (const guest of seatedOf(before)) {
    const same = state.guests.find(isSame(guest))
    if (same)
      expect(same.seat).toBe(guest.seat)
    else
      checkLoss(world, guest, state, event)
    expect(effects.filter(effect => effect.type === 'cut' && effect.userId === guest.user.id)).toHaveLength(same ? 0 : 1)
  }
}

/** A seat is taken without the anchor's yes only where that may be, and then at once. */
function checkTaken({ before, state, event, refusal }: WorldStep): void {
  if (event.type !== 'seat' || refusal)
    return
  const taken = seatedOf(state).find(({ user }) => user.id === event.user.id)
  if (holdsSeat(before, event.user.id))
    return expect(['linked', 'dropped']).toContain(taken?.link.status)
  expect(event.needsConsent).toBe(false)
  expect(seatedOf(before).length).toBeLessThan(event.seatsMax)
  expect(taken?.link.status).toBe('linked')
}

/** Nobody loses a seat but by a word, or by time, and that after its time. */
function checkLoss(world: StageWorld, { user, link }: Guest<User>, after: Stage<User>, event: WorldStep['event']): void {
  const ending = lastEnding(after, user.id)!
  expect(ending.requestId).toBe(link.requestId)
  switch (ending.reason) {
    case 'dropped':
      expect(event.type).toBe('tick')
      return expect(world.lostFor(user.id)).toBeGreaterThanOrEqual(DROP_GRACE_MS)
    case 'noStream':
      expect(event.type).toBe('tick')
      return expect(world.now - world.seatedAt.get(user.id)!).toBeGreaterThanOrEqual(hasLine(user.id) ? CONNECT_LINE_TIMEOUT_MS : CONNECT_TIMEOUT_MS)
    case 'left':
      return expect(event).toMatchObject(event.type === 'presence' ? { userId: user.id, presence: 'left' } : { type: 'leave', userId: user.id, requestId: link.requestId })
    case 'kicked':
      return expect(event).toMatchObject({ type: 'kick', userId: user.id, requestId: link.requestId })
    default:
      return expect([ending.reason, event.type]).toEqual(['roomEnded', 'roomEnded'])
  }
}

function checkQueue({ before, state, event }: WorldStep): void {
  const names = (stage: Stage<User>) => queueOf(stage).map(({ user, link }) => `${user.id} ${link.requestId}`)
  const [were, are] = [names(before), names(state)]
  expect(are.filter(name => were.includes(name))).toEqual(were.filter(name => are.includes(name)))
  expect(are.slice(0, -1).every(name => were.includes(name))).toBe(true)
  const isRunning = state.isOnAir && freeSeat(state) !== undefined
  if ('at' in event) {
    for (const { link } of queueOf(state)) {
      expect(link.deadline !== null).toBe(isRunning)
      if (state.admission === 'open' && isRunning)
        expect(link.lostAt).not.toBeNull()
    }
  }
  if (state.admission === 'closed')
    expect(are).toEqual([])
}

function checkMemory({ before, state, event }: WorldStep): void {
  expect(queueOf(state).length).toBeLessThanOrEqual(QUEUE_MAX)
  expect(state.guests.filter(({ link }) => link.status === 'invited').length).toBeLessThanOrEqual(INVITATIONS_MAX)
  expect(state.endings.length).toBeLessThanOrEqual(100)
  expect(new Set(state.guests.map(({ user }) => user.id)).size).toBe(state.guests.length)
  for (const guest of state.guests) {
    if (before.guests.some(isSame(guest)))
      continue
    expect(before.endings.some(past => past.userId === guest.user.id && past.requestId === guest.link.requestId)).toBe(false)
    const waitUntil = lastEnding(before, guest.user.id)?.waitUntil ?? 0
    if (event.type === 'apply' || event.type === 'seat')
      expect(event.at).toBeGreaterThanOrEqual(waitUntil)
  }
}

function checkMedia(world: StageWorld, { state }: WorldStep): void {
  for (const userId of world.live.keys())
    expect(holdsSeat(state, userId) || world.isNews(userId), userId).toBe(true)
  const muted = seatedOf(state).filter(({ sound, picture }) => sound.isMuted || picture.isMuted).map(({ user, sound, picture }) => [user.id, sound.isMuted, picture.isMuted])
  const enforced = [...world.mutes].filter(([, { isMicMuted, isCameraMuted }]) => isMicMuted || isCameraMuted).map(([userId, { isMicMuted, isCameraMuted }]) => [userId, isMicMuted, isCameraMuted])
  expect(enforced.sort()).toEqual(muted.sort())
}

const isSame = ({ user, link }: Guest<User>) => (other: Guest<User>) => other.user.id === user.id && other.link.requestId === link.requestId
const lastEnding = ({ endings }: Stage<User>, userId: string) => endings.filter(past => past.userId === userId).pop()
