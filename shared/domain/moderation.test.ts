import type { Moderation, ModerationEvent } from './moderation'
import { describe, expect, it } from 'vitest'
import { idsOf, isRemoved, isSilenced, MODERATED_MAX, transitionModeration, UNMODERATED } from './moderation'

interface User { readonly id: string, readonly nickname: string }
type Event = ModerationEvent<User>

const user = (id: string): User => ({ id, nickname: id.toUpperCase() })
const by = (type: 'silence' | 'remove') => (id: string): Event => ({ type, user: user(id) })
const undo = (type: 'unsilence' | 'readmit') => (userId: string): Event => ({ type, userId })
const [silence, remove, unsilence, readmit] = [by('silence'), by('remove'), undo('unsilence'), undo('readmit')]
const silenceAll = (isOn: boolean): Event => ({ type: 'silenceAll', isOn })
const after = (...events: readonly Event[]): Moderation<User> => events.reduce<Moderation<User>>((so, event) => transitionModeration(so, event).state, UNMODERATED)

describe('the order in a room', () => {
  it.each<[string, readonly Event[], Moderation<string>]>([
    ['a person is silenced', [silence('a'), silence('b')], { ...UNMODERATED, silenced: ['a', 'b'] }],
    ['and may speak again', [silence('a'), silence('b'), unsilence('a')], { ...UNMODERATED, silenced: ['b'] }],
    ['everybody is silenced', [silenceAll(true)], { ...UNMODERATED, isEveryoneSilenced: true }],
    ['and may speak again, but for who was silenced alone', [silence('a'), silenceAll(true), silenceAll(false)], { ...UNMODERATED, silenced: ['a'] }],
    ['a person is sent away', [remove('a')], { ...UNMODERATED, removed: ['a'] }],
    ['and let in again, as silent as before', [silence('a'), remove('a'), readmit('a')], { ...UNMODERATED, silenced: ['a'] }],
  ])('[MO1] %s', (_, events, order) => {
    const state = after(...events)
    expect(idsOf(state)).toEqual(order)
    expect(['a', 'b'].map(id => [isSilenced(state, id), isRemoved(state, id)])).toEqual(['a', 'b'].map(id => [order.silenced.includes(id), order.removed.includes(id)]))
  })

  it.each<[string, readonly Event[], Event]>([
    ['silenced', [silence('a')], silence('a')],
    ['not silenced', [], unsilence('a')],
    ['removed', [remove('a')], remove('a')],
    ['not removed', [], readmit('a')],
    ['everybody silenced', [silenceAll(true)], silenceAll(true)],
    ['nobody silenced', [], silenceAll(false)],
    ['a stranger', [silence('a')], { type: 'renamed', user: user('b') }],
  ])('[MO1] what is so already changes nothing: %s', (_, events, event) => {
    const state = after(...events)
    expect(transitionModeration(state, event)).toEqual({ state, effects: [] })
    expect(transitionModeration(state, event).state).toBe(state)
  })

  it.each<[string, readonly Event[], Event, readonly object[]]>([
    ['a person silenced', [], silence('a'), [{ type: 'moderate' }, { type: 'standing', userId: 'a' }]],
    ['a person who may speak again', [silence('a'), silence('b')], unsilence('b'), [{ type: 'moderate' }, { type: 'standing', userId: 'b' }]],
    ['everybody silenced', [silence('a')], silenceAll(true), [{ type: 'moderate' }, { type: 'announce' }]],
    ['a person sent away', [silence('a')], remove('a'), [{ type: 'moderate' }]],
    ['a person let in again', [remove('a')], readmit('a'), [{ type: 'moderate' }]],
    ['a new name', [silence('a'), remove('a')], { type: 'renamed', user: { id: 'a', nickname: 'Anne' } }, []],
  ])('[MO1] chat is told first, then whom it concerns: %s', (_, events, event, effects) => {
    expect(transitionModeration(after(...events), event).effects).toEqual(effects)
  })

  it.each([['silence', silence, unsilence], ['remove', remove, readmit]])('[MO2] %s: 200 people and no more, until one is let off', (_, add, drop) => {
    const full = after(...Array.from({ length: MODERATED_MAX }, (_, index) => add(`p${index}`)))
    expect(transitionModeration(full, add('late'))).toEqual({ state: full, effects: [], refusal: 'FULL' })
    expect(transitionModeration(full, add('p7')).refusal).toBeUndefined()
    const { state } = transitionModeration(transitionModeration(full, drop('p0')).state, add('late'))
    expect([...state.silenced, ...state.removed].at(-1)).toEqual(user('late'))
  })

  it('[MO6] a new name stands in both lists', () => {
    const anne = { id: 'a', nickname: 'Anne' }
    expect(transitionModeration(after(silence('a'), silence('b'), remove('a')), { type: 'renamed', user: anne }).state).toEqual({ isEveryoneSilenced: false, silenced: [anne, user('b')], removed: [anne] })
  })
})
