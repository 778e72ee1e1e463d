/** What happens to a room: its life, its stage and its order move together, in one change. Pure. */
import type { ModerationEffect, ModerationEvent } from '../../shared/domain/moderation'
import type { RoomEffect, RoomEvent } from '../../shared/domain/room'
import type { Stage, StageEffect, StageEvent, StageRefusal } from '../../shared/domain/stage'
import type { Step } from '../../shared/domain/transition'
import type { User } from '../../shared/protocol/rest'
import type { RoomRecord } from './RoomStore'
import { isRemoved, isSilenced, transitionModeration } from '../../shared/domain/moderation'
import { transitionRoom } from '../../shared/domain/room'
import { linkOf, transitionStage } from '../../shared/domain/stage'
import { step } from '../../shared/domain/transition'

export type RecordEffect = RoomEffect | StageEffect | ModerationEffect

/** For the log: who went from where to where, and why. */
export interface Move {
  readonly machine: 'room' | 'link-mic' | 'moderation'
  readonly userId: string
  readonly from: string
  readonly event: string
  readonly to: string
}

export interface RecordStep extends Step<RoomRecord, RecordEffect> {
  readonly moves?: readonly Move[]
}

/** The room's life goes on, and its stage with it. */
export function withLife(room: RoomRecord, event: RoomEvent): RecordStep {
  const { state: life, effects } = transitionRoom(room.life, event)
  const consequence = onStageAfter(room, life, event)
  const moves: Move[] = life.status === room.life.status ? [] : [{ machine: 'room', userId: room.anchor.id, from: room.life.status, event: event.type, to: life.status }]
  if (!consequence)
    return { state: life === room.life ? room : { ...room, life }, effects, moves }
  const { state: stage, effects: stageEffects } = transitionStage(room.stage, consequence)
  return { state: { ...room, life, stage }, effects: toldOnce([...stageEffects, ...effects]), moves: [...moves, ...movesBetween(room.stage, stage, consequence.type)] }
}

/** A publication begins or ends: the anchor's is the room's life, a guest's a seat. */
export function withStream(room: RoomRecord, userId: string, event: Extract<RoomEvent, { sessionId: string }>): RecordStep {
  return room.anchor.id === userId ? withLife(room, event) : withStage(room, { ...event, userId })
}

/** Something happens on the stage alone. */
export function withStage(room: RoomRecord, event: StageEvent<User>): RecordStep & { readonly refusal?: StageRefusal } {
  const { state: stage, effects, refusal } = transitionStage(room.stage, event)
  return { state: stage === room.stage ? room : { ...room, stage }, effects, refusal, moves: movesBetween(room.stage, stage, event.type) }
}

/** Its anchor keeps order. Who is sent away is off the stage with it, or out of the queue. `at` is now. */
export function withOrder(room: RoomRecord, event: ModerationEvent<User>, at: number): RecordStep & { readonly refusal?: 'FULL' } {
  const { state: moderation, effects, refusal } = transitionModeration(room.moderation, event)
  if (moderation === room.moderation)
    return { ...step(room), refusal }
  const next = { ...room, moderation }
  const moves = [orderMove(room, next, event)]
  const way = event.type === 'remove' ? offStage(room.stage, event.user.id, at) : undefined
  if (!way)
    return { state: next, effects, moves }
  const { state, effects: stageEffects, moves: stageMoves = [] } = withStage(next, way)
  return { state, effects: toldOnce([...stageEffects, ...effects]), moves: [...moves, ...stageMoves] }
}

/** Records know people by value; this is the change that follows a new name or picture. */
export function withProfile(room: RoomRecord, user: User): RecordStep {
  if (room.life.status === 'ended')
    return step(room)
  if (room.anchor.id === user.id)
    return step({ ...room, anchor: user }, { type: 'announce', status: room.life.status })
  const { state: moderation } = transitionModeration(room.moderation, { type: 'renamed', user })
  return withStage(moderation === room.moderation ? room : { ...room, moderation }, { type: 'renamed', user })
}

/** The anchor's word that ends somebody's way onto the stage, wherever on it they are. */
function offStage(stage: Stage<User>, userId: string, at: number): StageEvent<User> | undefined {
  const link = linkOf(stage, userId)
  switch (link.status) {
    case 'idle': return undefined
    case 'applying': return { type: 'reject', userId, requestId: link.requestId, at }
    case 'invited': return { type: 'withdraw', userId, requestId: link.requestId, at }
    default: return { type: 'kick', userId, requestId: link.requestId, at }
  }
}

function orderMove(before: RoomRecord, after: RoomRecord, event: ModerationEvent<User>): Move {
  const userId = 'user' in event ? event.user.id : 'userId' in event ? event.userId : before.anchor.id
  const standing = ({ moderation }: RoomRecord) => event.type === 'silenceAll'
    ? moderation.isEveryoneSilenced ? 'silence' : 'speech'
    : isRemoved(moderation, userId) ? 'removed' : isSilenced(moderation, userId) ? 'silenced' : 'free'
  return { machine: 'moderation', userId, from: standing(before), event: event.type, to: standing(after) }
}

function onStageAfter({ life: before, stage }: RoomRecord, life: RoomRecord['life'], event: RoomEvent): StageEvent<User> | undefined {
  if (life.status === 'ended')
    return before.status === 'ended' ? undefined : { type: 'roomEnded', at: event.at }
  if (event.type === 'restarted')
    return event
  const isOnAir = life.status === 'live'
  return isOnAir === stage.isOnAir ? undefined : { type: 'onAir', isOnAir, at: event.at }
}

function movesBetween(before: Stage<User>, after: Stage<User>, event: string): Move[] {
  const people = new Set([...before.guests, ...after.guests].map(({ user }) => user.id))
  return [...people].flatMap((userId) => {
    const from = linkOf(before, userId).status
    const to = linkOf(after, userId).status
    return from === to ? [] : [{ machine: 'link-mic', userId, from, event, to }]
  })
}

/** One announcement tells everything; the last one is the end. */
function toldOnce(effects: readonly RecordEffect[]): RecordEffect[] {
  const isLast = effects.some(({ type }) => type === 'close')
  const first = effects.findIndex(({ type }) => type === 'announce')
  return effects.filter(({ type }, index) => type !== 'announce' || (!isLast && index === first))
}
