/** The order in a room, as its anchor keeps it. Pure: who asks has been authenticated. Rules: docs/SPEC.md, section MO. */
import { sameValue } from './sameValue'

/** People that an anchor has silenced, and has sent away, at most; of each kind. */
export const MODERATED_MAX = 200

/** What an anchor has said about the order in a room: a value that lasts as long as the room. */
export interface Moderation<Person> {
  /** Nobody but the anchor may speak. */
  readonly isEveryoneSilenced: boolean
  /** May watch, and not speak; who was silenced last comes last. */
  readonly silenced: readonly Person[]
  /** Was sent away and is not let in again. */
  readonly removed: readonly Person[]
}

export const UNMODERATED: Moderation<never> = { isEveryoneSilenced: false, silenced: [], removed: [] }

interface Person { readonly id: string }

export type ModerationEvent<P extends Person = Person>
  = | { readonly type: 'silence' | 'remove', readonly user: P }
    | { readonly type: 'unsilence' | 'readmit', readonly userId: string }
    | { readonly type: 'silenceAll', readonly isOn: boolean }
    | { readonly type: 'renamed', readonly user: P }

export type ModerationEffect
  /** Chat is to know it from now on. */
  = | { readonly type: 'moderate' }
  /** Whether this person may speak has changed. */
    | { readonly type: 'standing', readonly userId: string }
  /** What everybody sees of it has changed. */
    | { readonly type: 'announce' }

export interface ModerationStep<P extends Person> {
  readonly state: Moderation<P>
  /** To be performed in this order. */
  readonly effects: readonly ModerationEffect[]
  /** Why the command was not granted; then nothing has changed. */
  readonly refusal?: 'FULL'
}

/** Said twice, it happens once: the same object comes back. */
export function transitionModeration<P extends Person>(moderation: Moderation<P>, event: ModerationEvent<P>): ModerationStep<P> {
  const state = decide(moderation, event)
  if (state.silenced.length > MODERATED_MAX || state.removed.length > MODERATED_MAX)
    return { state: moderation, effects: [], refusal: 'FULL' }
  return { state, effects: effectsBetween(moderation, state) }
}

export const isSilenced = ({ silenced }: Moderation<Person>, userId: string): boolean => has(silenced, userId)
export const isRemoved = ({ removed }: Moderation<Person>, userId: string): boolean => has(removed, userId)

/** For chat, which knows people by their ids. */
export function idsOf({ silenced, removed, ...rest }: Moderation<Person>): Moderation<string> {
  return { ...rest, silenced: silenced.map(({ id }) => id), removed: removed.map(({ id }) => id) }
}

function decide<P extends Person>(moderation: Moderation<P>, event: ModerationEvent<P>): Moderation<P> {
  const { silenced, removed } = moderation
  switch (event.type) {
    case 'silence': return has(silenced, event.user.id) ? moderation : { ...moderation, silenced: [...silenced, event.user] }
    case 'unsilence': return has(silenced, event.userId) ? { ...moderation, silenced: without(silenced, event.userId) } : moderation
    case 'remove': return has(removed, event.user.id) ? moderation : { ...moderation, removed: [...removed, event.user] }
    case 'readmit': return has(removed, event.userId) ? { ...moderation, removed: without(removed, event.userId) } : moderation
    case 'silenceAll': return moderation.isEveryoneSilenced === event.isOn ? moderation : { ...moderation, isEveryoneSilenced: event.isOn }
    case 'renamed': return rename(moderation, event.user)
  }
}

function rename<P extends Person>(moderation: Moderation<P>, user: P): Moderation<P> {
  const renamed = (people: readonly P[]) => people.map(one => one.id === user.id ? user : one)
  const next = { ...moderation, silenced: renamed(moderation.silenced), removed: renamed(moderation.removed) }
  return sameValue(next, moderation) ? moderation : next
}

function effectsBetween(before: Moderation<Person>, after: Moderation<Person>): ModerationEffect[] {
  if (sameValue(idsOf(before), idsOf(after)))
    return []
  const people = new Set([...before.silenced, ...after.silenced].map(({ id }) => id))
  const concerned = [...people].filter(userId => isSilenced(before, userId) !== isSilenced(after, userId))
  const announce: ModerationEffect[] = before.isEveryoneSilenced === after.isEveryoneSilenced ? [] : [{ type: 'announce' }]
  return [{ type: 'moderate' }, ...concerned.map(userId => ({ type: 'standing', userId } as const)), ...announce]
}

const has = (people: readonly Person[], userId: string): boolean => people.some(({ id }) => id === userId)
const without = <P extends Person>(people: readonly P[], userId: string): P[] => people.filter(({ id }) => id !== userId)
