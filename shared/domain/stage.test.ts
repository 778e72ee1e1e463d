import type { Stage, StageEffect, StageEvent, StageRefusal } from './stage'
import { describe, expect, it } from 'vitest'
import { APPLY_TIMEOUT_MS, CONNECT_LINE_TIMEOUT_MS, CONNECT_TIMEOUT_MS, DROP_GRACE_MS, INVITE_TIMEOUT_MS, KICKED_WAIT_MS, QUEUE_TIMEOUT_MS, REJECTED_WAIT_MS } from './linkMic'
import { EMPTY_STAGE, freeSeat, holdsSeat, INVITATIONS_MAX, linkOf, QUEUE_MAX, queueOf, seatedOf, stageDeadline, transitionStage } from './stage'

interface User { readonly id: string, readonly nickname: string }
type Event = StageEvent<User>

const T = 10_000_000
const user = (id: string): User => ({ id, nickname: id.toUpperCase() })

const apply = (id: string, at = T, { requestId = id, medium = 'video', isHere = true }: { requestId?: string, medium?: 'video' | 'voice', isHere?: boolean } = {}): Event => ({ type: 'apply', user: user(id), requestId, medium, isHere, at })
const invite = (id: string, at = T, requestId = id): Event => ({ type: 'invite', user: user(id), requestId, at })
const by = (type: 'leave' | 'accept' | 'reject' | 'withdraw' | 'kick') => (userId: string, at = T, requestId = userId): Event => ({ type, userId, requestId, at })
const [leave, accept, reject, withdraw, kick] = [by('leave'), by('accept'), by('reject'), by('withdraw'), by('kick')]
const seat = (id: string, { at = T, requestId = `seat-${id}`, seatsMax = 3, needsConsent = false } = {}): Event => ({ type: 'seat', user: user(id), requestId, seatsMax, needsConsent, at })
const acceptInvitation = (userId: string, at = T, requestId = userId): Event => ({ type: 'acceptInvitation', userId, requestId, medium: 'video', at })
const published = (userId: string, at = T, sessionId = `s-${userId}`): Event => ({ type: 'published', userId, sessionId, at })
const unpublished = (userId: string, at = T, sessionId = `s-${userId}`): Event => ({ type: 'unpublished', userId, sessionId, at })
const presence = (userId: string, what: 'here' | 'dropped' | 'left', at = T): Event => ({ type: 'presence', userId, presence: what, at })
const mute = (userId: string, isMicMuted: boolean, isCameraMuted = false): Event => ({ type: 'mute', userId, requestId: userId, isMicMuted, isCameraMuted })
const report = (userId: string, isMicOn: boolean, isCameraOn: boolean): Event => ({ type: 'report', userId, requestId: userId, isMicOn, isCameraOn })
const admission = (mode: Stage['admission'], at = T): Event => ({ type: 'setAdmission', admission: mode, at })
const onAir = (isOnAir: boolean, at = T): Event => ({ type: 'onAir', isOnAir, at })
const tick = (at: number): Event => ({ type: 'tick', at })
const roomEnded: Event = { type: 'roomEnded', at: T }
const restarted = (at = T): Event => ({ type: 'restarted', at })

/** From an empty stage whose anchor is on air. Every event must be granted. */
function after(...events: readonly Event[]): Stage<User> {
  return go(EMPTY_STAGE, onAir(true), ...events)
}

function go(stage: Stage<User>, ...events: readonly Event[]): Stage<User> {
  return events.reduce((so, event) => {
    const { state, refusal } = transitionStage(so, event)
    expect(refusal, JSON.stringify(event)).toBeUndefined()
    return state
  }, stage)
}

const effectsOf = (stage: Stage<User>, event: Event): readonly StageEffect[] => transitionStage(stage, event).effects
const linked = (id: string, at = T) => [apply(id, at), accept(id, at), published(id, at)]
const full = () => after(...linked('a'), ...linked('b'), ...linked('c'))
const statusOf = (stage: Stage<User>, id: string) => linkOf(stage, id).status
function endingOf(stage: Stage<User>, id: string) {
  const link = linkOf(stage, id)
  return link.status === 'idle' ? link.ending?.reason : undefined
}
const queue = (stage: Stage<User>) => queueOf(stage).map(guest => guest.user.id)
const seats = (stage: Stage<User>) => Object.fromEntries(seatedOf(stage).map(guest => [guest.user.id, guest.seat]))
const people = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`)

describe('seats', () => {
  it('[LM2] a guest gets the lowest free seat, and keeps it when others go', () => {
    const stage = full()
    expect(seats(stage)).toEqual({ a: 1, b: 2, c: 3 })
    expect(freeSeat(stage)).toBeUndefined()
    const fewer = go(stage, leave('a'), leave('b'))
    expect(seats(fewer)).toEqual({ c: 3 })
    expect(seats(go(fewer, ...linked('d')))).toEqual({ d: 1, c: 3 })
  })

  it('[LM6] of two yeses for the last seat one is granted; the other goes on waiting', () => {
    const stage = after(...linked('a'), ...linked('b'), apply('c'), apply('d'), accept('d'))
    const { refusal, state } = transitionStage(stage, accept('c'))
    expect(refusal).toBe('STAGE_FULL')
    expect(state).toBe(stage)
    expect(seats(state)).toEqual({ a: 1, b: 2, d: 3 })
    expect(queue(state)).toEqual(['c'])
  })

  it('[LM6] an invitation to a full stage waits, too', () => {
    const stage = go(full(), invite('d'))
    expect(transitionStage(stage, acceptInvitation('d'))).toMatchObject({ refusal: 'STAGE_FULL' })
    const freed = go(stage, kick('b'), acceptInvitation('d'))
    expect(seats(freed)).toEqual({ a: 1, d: 2, c: 3 })
    expect(statusOf(freed, 'd')).toBe('connecting')
  })

  it('[LM7] the seat is given back when the stream does not come', () => {
    const stage = go(after(apply('a'), accept('a', T + 500)), tick(T + 500 + CONNECT_TIMEOUT_MS - 1))
    expect(seats(stage)).toEqual({ a: 1 })
    const late = go(stage, tick(T + 500 + CONNECT_TIMEOUT_MS))
    expect(endingOf(late, 'a')).toBe('noStream')
    expect(seats(late)).toEqual({})
  })

  it('[LM8] a drop keeps the seat, what is switched on and what is muted', () => {
    const stage = after(...linked('a'), report('a', true, false), mute('a', true))
    const back = go(stage, presence('a', 'dropped', T + 1000), unpublished('a', T + 2000), presence('a', 'here', T + 10_000), published('a', T + 20_999, 's-again'), tick(T + 21_000))
    expect(seatedOf(back)[0]).toMatchObject({ seat: 1, link: { status: 'linked', since: T }, sound: { isOn: true, isMuted: true }, picture: { isOn: false, isMuted: false } })
    expect(effectsOf(stage, presence('a', 'dropped', T + 1000)).map(({ type }) => type)).toEqual(['announce', 'tell'])
  })

  it('[LM9] a takeover goes on without a drop, in either order', () => {
    const stage = after(...linked('a'))
    const taken = go(stage, published('a', T + 1000, 's2'), unpublished('a', T + 1001))
    expect(seatedOf(taken)[0]).toMatchObject({ link: { status: 'linked' }, sessionId: 's2' })
    expect(statusOf(go(taken, unpublished('a', T + 2000, 's2')), 'a')).toBe('dropped')
    expect(seatedOf(go(stage, unpublished('a'), published('a', T + 1, 's2')))[0]).toMatchObject({ link: { status: 'linked' }, sessionId: 's2' })
    expect(go(taken, published('a', T + 3000, 's2'))).toBe(taken)
  })

  it.each<[string, Event, Stage<User>]>([
    ['the guest leaves', leave('a'), full()],
    ['the guest leaves the room', presence('a', 'left'), full()],
    ['the guest is removed', kick('a'), full()],
    ['the stream does not come', tick(T + CONNECT_TIMEOUT_MS), after(apply('a'), accept('a'))],
    ['the socket does not come back', tick(T + DROP_GRACE_MS), after(...linked('a'), presence('a', 'dropped'))],
  ])('[LM12] a lost seat cuts its stream once: %s', (_, event, stage) => {
    const { state, effects } = transitionStage(stage, event)
    expect(effects).toEqual([{ type: 'cut', userId: 'a' }, { type: 'announce' }, { type: 'tell' }])
    expect(holdsSeat(state, 'a')).toBe(false)
    expect(effectsOf(state, event)).toEqual([])
    expect(effectsOf(state, unpublished('a'))).toEqual([])
  })

  it('[LM12] a stream of somebody without a seat is cut', () => {
    const stage = after(apply('a'))
    for (const id of ['a', 'stranger'])
      expect(transitionStage(stage, published(id))).toEqual({ state: stage, effects: [{ type: 'cut', userId: id }] })
  })
})

describe('the queue', () => {
  it('[LM5] keeps the order of arrival while people come, go and are let in', () => {
    const stage = after(apply('a'), apply('b'), apply('c'), apply('d'), presence('b', 'dropped'), presence('b', 'here'), leave('c'), accept('d'), apply('e'))
    expect(queue(stage)).toEqual(['a', 'b', 'e'])
  })

  it('[LM5] holds twenty', () => {
    const stage = after(...people(QUEUE_MAX).map(id => apply(id)))
    expect(transitionStage(stage, apply('late'))).toEqual({ state: stage, effects: [], refusal: 'QUEUE_FULL' })
    expect(queue(go(stage, leave('p3'), apply('late'))).at(-1)).toBe('late')
  })

  it('[LM5] twenty are invited at a time', () => {
    const stage = after(...people(INVITATIONS_MAX).map(id => invite(id)))
    expect(transitionStage(stage, invite('late')).refusal).toBe('QUEUE_FULL')
    expect(statusOf(go(stage, withdraw('p0'), invite('late')), 'late')).toBe('invited')
  })

  it('[LM3] an application and an invitation expire', () => {
    const stage = after(apply('a'), invite('b', T + 1))
    const one = go(stage, tick(T + APPLY_TIMEOUT_MS))
    expect([endingOf(one, 'a'), statusOf(one, 'b')]).toEqual(['expired', 'invited'])
    expect(endingOf(go(one, tick(T + 1 + INVITE_TIMEOUT_MS)), 'b')).toBe('expired')
  })

  it('[LM4] the clock stands still while all seats are taken', () => {
    const waiting = after(...linked('a'), ...linked('b'), apply('c'), apply('d'), accept('c', T + 5000))
    expect(linkOf(waiting, 'd')).toMatchObject({ deadline: null })
    const later = go(waiting, published('c', T + 6000), apply('e', T + 60_000), tick(T + 300_000))
    expect(queue(later)).toEqual(['d', 'e'])
    const free = go(later, leave('c', T + 300_000))
    expect(queueOf(free).map(({ link }) => link.deadline)).toEqual([T + 330_000, T + 330_000])
    expect(queue(go(free, tick(T + 330_000)))).toEqual([])
  })

  it('[LM4] the clock stands still while the anchor is away', () => {
    const away = after(apply('a'), onAir(false, T + 29_000), tick(T + 80_000))
    expect(queue(away)).toEqual(['a'])
    expect(linkOf(go(away, onAir(true, T + 80_000)), 'a')).toMatchObject({ deadline: T + 80_000 + APPLY_TIMEOUT_MS })
  })

  it('[LM4] nobody waits longer than ten minutes', () => {
    const stage = go(full(), apply('d', T + 1000))
    expect(stageDeadline(stage)).toBe(T + 1000 + QUEUE_TIMEOUT_MS)
    expect(endingOf(go(stage, tick(T + 1000 + QUEUE_TIMEOUT_MS)), 'd')).toBe('expired')
  })

  it('[LM8] who applies without a socket has the time of a drop to come', () => {
    const stage = after(apply('a', T, { isHere: false }))
    expect(stageDeadline(stage)).toBe(T + DROP_GRACE_MS)
    expect(endingOf(go(stage, tick(T + DROP_GRACE_MS)), 'a')).toBe('dropped')
    expect(stageDeadline(go(stage, presence('a', 'here', T + 1000)))).toBe(T + APPLY_TIMEOUT_MS)
  })

  it.each<[string, Stage<User>, string]>([
    ['an application', after(apply('a')), 'cancelled'],
    ['an invitation', after(invite('a')), 'declined'],
    ['a seat', after(...linked('a')), 'left'],
  ])('[LM10] leaving, or leaving the room, gives up %s', (_, stage, reason) => {
    for (const event of [leave('a'), presence('a', 'left')])
      expect(endingOf(go(stage, event), 'a')).toBe(reason)
  })

  it.each<[string, Stage<User>, number]>([
    ['rejected', after(apply('a'), reject('a')), REJECTED_WAIT_MS],
    ['removed', after(...linked('a'), kick('a')), KICKED_WAIT_MS],
  ])('[LM11] who was %s waits, whatever they withdraw meanwhile; an invitation ends the wait', (_, stage, wait) => {
    const again = (at: number) => apply('a', at, { requestId: 'again' })
    const restless = go(stage, leave('a', T, 'x1'), leave('a', T, 'x2'), leave('a', T, 'x3'), leave('a', T, 'x4'))
    for (const so of [stage, restless]) {
      expect(transitionStage(so, again(T + wait - 1))).toEqual({ state: so, effects: [], refusal: 'WAIT' })
      expect(queue(go(so, again(T + wait)))).toEqual(['a'])
      expect(queue(go(so, invite('a', T, 'come'), leave('a', T, 'come'), again(T)))).toEqual(['a'])
    }
  })

  it('[LM11] everybody else may apply at once', () => {
    expect(queue(after(apply('a'), leave('a'), apply('a', T, { requestId: 'again' })))).toEqual(['a'])
  })
})

describe('admission', () => {
  it('[LM15] closing ends applications and nothing else', () => {
    const stage = after(...linked('a'), invite('b'), apply('c'), apply('d'))
    const closed = go(stage, admission('closed'))
    expect(['a', 'b'].map(id => statusOf(closed, id))).toEqual(['linked', 'invited'])
    expect(['c', 'd'].map(id => endingOf(closed, id))).toEqual(['closed', 'closed'])
    expect(transitionStage(closed, apply('e')).refusal).toBe('CLOSED')
    expect(seats(go(closed, acceptInvitation('b')))).toEqual({ a: 1, b: 2 })
    expect(queue(go(closed, admission('ask'), apply('e')))).toEqual(['e'])
  })

  it('[LM16] while open everybody is let in while there are seats, then in their order', () => {
    const stage = after(admission('open'), apply('a'), apply('b'), apply('c'), apply('d'), apply('e'))
    expect(seats(stage)).toEqual({ a: 1, b: 2, c: 3 })
    expect(queue(stage)).toEqual(['d', 'e'])
    const next = transitionStage(stage, leave('b'))
    expect(seats(next.state)).toEqual({ a: 1, d: 2, c: 3 })
    expect(next.effects[0]).toEqual({ type: 'cut', userId: 'b' })
    expect(seats(go(next.state, kick('a')))).toEqual({ e: 1, d: 2, c: 3 })
  })

  it('[LM16] who waits already is let in when the anchor opens', () => {
    expect(seats(after(apply('a'), apply('b'), admission('open')))).toEqual({ a: 1, b: 2 })
  })

  it('[LM16] who is away is passed over, keeps the place, and is let in on return', () => {
    const stage = after(...linked('a'), ...linked('b'), apply('c'), apply('d'), presence('c', 'dropped'), admission('open'))
    expect([seats(stage), queue(stage)]).toEqual([{ a: 1, b: 2, d: 3 }, ['c']])
    const free = go(stage, leave('a'))
    expect(queue(free)).toEqual(['c'])
    expect(seats(go(free, presence('c', 'here')))).toEqual({ c: 1, b: 2, d: 3 })
  })

  it('[LM16] nobody is let in while the anchor is away', () => {
    const stage = after(apply('a'), onAir(false), admission('open'))
    expect(queue(stage)).toEqual(['a'])
    expect(seats(go(stage, onAir(true)))).toEqual({ a: 1 })
  })

  it('[LM17] while the anchor is away nobody applies; whoever is there stays', () => {
    const stage = after(...linked('a'), apply('b'), invite('c'), onAir(false))
    expect(transitionStage(stage, apply('d')).refusal).toBe('CLOSED')
    expect(transitionStage(EMPTY_STAGE, apply('d')).refusal).toBe('CLOSED')
    expect(['a', 'b', 'c'].map(id => statusOf(stage, id))).toEqual(['linked', 'applying', 'invited'])
    expect(transitionStage(stage, apply('b')).refusal).toBeUndefined()
  })
})

describe('tracks', () => {
  it('[LM13] what the anchor mutes is enforced; what the guest switches is only told', () => {
    const stage = after(...linked('a'))
    const muted = transitionStage(stage, mute('a', true, true))
    expect(muted.effects).toEqual([{ type: 'mute', userId: 'a', isMicMuted: true, isCameraMuted: true }, { type: 'announce' }, { type: 'tell' }])
    const off = transitionStage(muted.state, report('a', false, true))
    expect(off.effects).toEqual([{ type: 'announce' }, { type: 'tell' }])
    expect(seatedOf(off.state)[0]).toMatchObject({ sound: { isOn: false, isMuted: true }, picture: { isOn: true, isMuted: true } })
    expect(effectsOf(off.state, mute('a', false, true))).toContainEqual({ type: 'mute', userId: 'a', isMicMuted: false, isCameraMuted: true })
  })

  it('[LM13] a mute ends with the seat', () => {
    const stage = after(...linked('a'), mute('a', true))
    expect(effectsOf(stage, kick('a'))).toEqual([{ type: 'cut', userId: 'a' }, { type: 'mute', userId: 'a', isMicMuted: false, isCameraMuted: false }, { type: 'announce' }, { type: 'tell' }])
    const later = T + KICKED_WAIT_MS
    const again = go(stage, kick('a'), apply('a', later, { requestId: 'again' }), accept('a', later, 'again'))
    expect(seatedOf(again)[0]).toMatchObject({ sound: { isOn: true, isMuted: false } })
  })

  it('[LM13] after a restart the media engine is told again', () => {
    const stage = after(...linked('a'), ...linked('b'), mute('b', false, true))
    expect(effectsOf(stage, restarted()).filter(({ type }) => type === 'mute')).toEqual([{ type: 'mute', userId: 'b', isMicMuted: false, isCameraMuted: true }])
  })

  it('[LM14] a voice guest has no picture, whatever they report', () => {
    const stage = after(apply('a', T, { medium: 'voice' }), accept('a'))
    expect(seatedOf(stage)[0].picture).toEqual({ isOn: false, isMuted: false })
    expect(seatedOf(go(stage, report('a', true, true)))[0].picture.isOn).toBe(false)
  })
})

describe('a seat without an application', () => {
  it.each<[string, Stage<User>]>([
    ['anchor on air, everybody asked', after()],
    ['closed', after(admission('closed'))],
    ['open', after(admission('open'))],
    ['anchor away', go(EMPTY_STAGE)],
  ])('[LN1] the lowest free one is taken, linked at once, whatever the admission: %s', (_, stage) => {
    const { state, effects } = transitionStage(stage, seat('a'))
    expect(seatedOf(state)).toEqual([{ user: user('a'), link: { status: 'linked', requestId: 'seat-a', medium: 'video', since: T }, seat: 1, sessionId: null, sound: { isOn: true, isMuted: false }, picture: { isOn: true, isMuted: false } }])
    expect(effects).toEqual([{ type: 'announce' }, { type: 'tell' }])
    expect(stageDeadline(state)).toBeUndefined()
    expect(seats(go(state, ...['b', 'c'].map(id => seat(id))))).toEqual({ a: 1, b: 2, c: 3 })
  })

  it.each<[string, Stage<User>, Event]>([
    ['the third seat is the last', full(), seat('d')],
    ['one guest is the most', after(...linked('a')), seat('d', { seatsMax: 1 })],
    ['who waits for a full stage', go(full(), apply('d')), seat('d')],
  ])('[LN1] it is refused when as many are taken as may be: %s', (_, stage, event) => {
    expect(transitionStage(stage, event)).toEqual({ state: stage, effects: [], refusal: 'STAGE_FULL' })
  })

  it('[LN1] who was removed or rejected a moment ago waits', () => {
    for (const [stage, wait] of [[after(seat('a'), kick('a', T, 'seat-a')), KICKED_WAIT_MS], [after(apply('a'), reject('a')), REJECTED_WAIT_MS]] as const) {
      expect(transitionStage(stage, seat('a', { at: T + wait - 1, requestId: 'again' }))).toEqual({ state: stage, effects: [], refusal: 'WAIT' })
      expect(seats(go(stage, seat('a', { at: T + wait, requestId: 'again' })))).toEqual({ a: 1 })
    }
  })

  it.each<[string, Stage<User>]>([
    ['an application', after(apply('a'), apply('b'))],
    ['an application from outside', after(apply('a', T, { isHere: false }), apply('b'))],
    ['an invitation', after(invite('a'), apply('b'))],
  ])('[LN2] %s is used up by it', (_, stage) => {
    const seated = go(stage, seat('a'))
    expect([linkOf(seated, 'a'), seats(seated), queue(seated)]).toEqual([{ status: 'linked', requestId: 'a', medium: 'video', since: T }, { a: 1 }, ['b']])
    expect(stageDeadline(seated)).toBe(T + APPLY_TIMEOUT_MS)
  })

  it('[LN2] with the anchor\'s yes of before a guest on the way is linked on the same seat', () => {
    const stage = after(apply('b'), accept('b'), apply('a', T, { medium: 'voice' }), accept('a'))
    const seated = go(stage, seat('a', { needsConsent: true, at: T + 2000 }))
    expect([linkOf(seated, 'a'), seats(seated)]).toEqual([{ status: 'linked', requestId: 'a', medium: 'voice', since: T + 2000 }, { b: 1, a: 2 }])
    expect(seatedOf(seated)[1].picture.isOn).toBe(false)
  })

  it.each<[string, (id: string) => Event[]]>([
    ['the application is taken', id => [apply(id), accept(id)]],
    ['the invitation is', id => [invite(id), acceptInvitation(id)]],
    ['everybody is let in', id => [admission('open'), apply(id)]],
  ])('[LN8] a guest with a line has twenty seconds for their stream: %s', (_, way) => {
    const id = 'ulolga00000000'
    const stage = after(...way(id))
    expect(stageDeadline(stage)).toBe(T + CONNECT_LINE_TIMEOUT_MS)
    expect(stageDeadline(after(...way('anna')))).toBe(T + CONNECT_TIMEOUT_MS)
    expect(endingOf(go(stage, tick(T + CONNECT_LINE_TIMEOUT_MS)), id)).toBe('noStream')
    expect(statusOf(go(stage, published(id, T + CONNECT_LINE_TIMEOUT_MS - 1)), id)).toBe('linked')
  })

  it.each<[string, Stage<User>]>([
    ['nobody', after()],
    ['an applicant', after(apply('a'))],
    ['one who is invited', after(invite('a'))],
    ['a former guest', after(...linked('a'), leave('a'))],
    ['one who came too late', after(apply('a'), accept('a'), tick(T + CONNECT_TIMEOUT_MS))],
  ])('[LN3] where consent is needed %s gets no seat', (_, stage) => {
    expect(transitionStage(stage, seat('a', { needsConsent: true }))).toEqual({ state: stage, effects: [], refusal: 'GONE' })
  })

  it('[LN4] said twice, by the same or another name, it is once; one that is over does not come back', () => {
    const stage = after(seat('a'))
    for (const event of [seat('a'), seat('a', { requestId: 'other', at: T + 9000 }), seat('a', { needsConsent: true }), seat('a', { seatsMax: 1 })])
      expect(transitionStage(stage, event)).toEqual({ state: stage, effects: [] })
    const left = go(stage, leave('a', T, 'seat-a'))
    expect(transitionStage(left, seat('a'))).toEqual({ state: left, effects: [], refusal: 'GONE' })
    expect(seats(go(left, seat('a', { requestId: 'other' })))).toEqual({ a: 1 })
  })

  it('[LN5] the publication is noted when it comes, and lost like anybody\'s', () => {
    const stage = after(seat('a'))
    const onTheAir = go(stage, published('a', T + 1000))
    expect(seatedOf(onTheAir)[0]).toMatchObject({ sessionId: 's-a', link: { status: 'linked', since: T } })
    expect(effectsOf(stage, published('a', T + 1000))).toEqual([{ type: 'tell' }])
    expect(go(stage, unpublished('a'))).toBe(stage)
    const lost = go(onTheAir, unpublished('a', T + 2000))
    expect([statusOf(lost, 'a'), seatedOf(lost)[0].sessionId, stageDeadline(lost)]).toEqual(['dropped', null, T + 2000 + DROP_GRACE_MS])
    expect(statusOf(go(lost, seat('a', { at: T + 3000 })), 'a')).toBe('dropped')
    expect(statusOf(go(lost, published('a', T + 3000, 's2')), 'a')).toBe('linked')
    expect(endingOf(go(lost, tick(T + 2000 + DROP_GRACE_MS)), 'a')).toBe('dropped')
  })

  it('[LN6] to ask for the seat again is to be there', () => {
    const up = after(seat('a'), published('a'), restarted(T + 1000))
    expect(statusOf(go(up, published('a', T + 2000, 's2')), 'a')).toBe('dropped')
    expect(statusOf(go(up, published('a', T + 2000, 's2'), seat('a', { at: T + 3000 })), 'a')).toBe('linked')
    expect(statusOf(go(up, seat('a', { at: T + 2000 }), published('a', T + 3000, 's2')), 'a')).toBe('linked')
    expect(endingOf(go(up, published('a', T + 2000, 's2'), tick(T + 1000 + DROP_GRACE_MS)), 'a')).toBe('dropped')
  })
})

describe('requests', () => {
  it.each<[string, Stage<User>, Event]>([
    ['apply', after(), apply('a')],
    ['invite', after(), invite('a')],
    ['leave the queue', after(apply('a')), leave('a')],
    ['leave the seat', full(), leave('a')],
    ['accept', after(apply('a')), accept('a')],
    ['accept for the last seat', after(...linked('b'), ...linked('c'), apply('a')), accept('a')],
    ['take an invitation', after(invite('a')), acceptInvitation('a')],
    ['reject', after(apply('a')), reject('a')],
    ['withdraw', after(invite('a')), withdraw('a')],
    ['remove', full(), kick('a')],
    ['mute', full(), mute('a', true)],
    ['report', full(), report('a', false, false)],
    ['close', after(), admission('closed')],
  ])('[LM18] said again, it changes nothing and is granted: %s', (_, stage, event) => {
    const first = transitionStage(stage, event)
    expect(first.state.version).toBe(stage.version + 1)
    expect(transitionStage(first.state, event)).toEqual({ state: first.state, effects: [] })
    expect(transitionStage(first.state, event).state).toBe(first.state)
  })

  it.each<[string, Stage<User>]>([
    ['applying', after(apply('a'))],
    ['invited', after(invite('a'))],
    ['on stage', after(...linked('a'))],
  ])('[LM18] who is %s has a request already', (_, stage) => {
    for (const event of [apply('a', T, { requestId: 'other' }), invite('a', T, 'other')])
      expect(transitionStage(stage, event)).toEqual({ state: stage, effects: [], refusal: 'BUSY' })
  })

  it.each<[string, Stage<User>, Event]>([
    ['accept what was taken back under another name', after(apply('a')), accept('a', T, 'other')],
    ['accept nobody', after(), accept('a')],
    ['accept an invited', after(invite('a')), accept('a')],
    ['accept what was rejected', after(apply('a'), reject('a')), accept('a')],
    ['take another\'s invitation', after(invite('b')), acceptInvitation('a', T, 'b')],
    ['take an expired invitation', after(invite('a'), tick(T + INVITE_TIMEOUT_MS)), acceptInvitation('a')],
    ['reject a guest', after(...linked('a')), reject('a')],
    ['withdraw a taken invitation', after(invite('a'), acceptInvitation('a')), withdraw('a')],
    ['remove an applicant', after(apply('a')), kick('a')],
    ['remove a former time on the seat', after(...linked('a')), kick('a', T, 'former')],
    ['mute an applicant', after(apply('a')), mute('a', true)],
    ['report without a seat', after(), report('a', true, true)],
  ])('[LM19] refused: %s', (_, stage, event) => {
    expect(transitionStage(stage, event)).toEqual({ state: stage, effects: [], refusal: 'GONE' satisfies StageRefusal })
  })

  it('[LM19] a rejection, withdrawal or removal of what is over is granted', () => {
    const stage = after(apply('a'), leave('a'), invite('b'), leave('b'), ...linked('c'), leave('c'))
    for (const event of [reject('a'), withdraw('b'), kick('c')])
      expect(transitionStage(stage, event)).toEqual({ state: stage, effects: [] })
  })

  it('[LM20] an application that its own withdrawal has overtaken changes nothing', () => {
    const stage = after(leave('a'))
    expect(endingOf(stage, 'a')).toBe('cancelled')
    expect(transitionStage(stage, apply('a'))).toEqual({ state: stage, effects: [] })
    expect(queue(go(stage, apply('a', T, { requestId: 'next' })))).toEqual(['a'])
  })

  it('[LM20] a stray withdrawal does nothing to the request under way', () => {
    const stage = after(apply('a'), leave('a', T, 'stray'))
    expect(queue(stage)).toEqual(['a'])
    expect(endingOf(go(stage, leave('a')), 'a')).toBe('cancelled')
  })

  it('[LM25] a person pushes out no endings but the own, and a room remembers a hundred for ten minutes', () => {
    const stray = (id: string) => people(10).map(name => leave(id, T, `${id}-${name}`))
    const stage = after(apply('a'), reject('a'), ...stray('b'))
    expect(stage.endings.map(({ requestId }) => requestId)).toEqual(['a', 'b-p6', 'b-p7', 'b-p8', 'b-p9'])
    const crowd = go(stage, ...people(40).flatMap(stray))
    expect(crowd.endings).toHaveLength(100)
    expect(go(crowd, tick(T + 600_000 - 1))).toBe(crowd)
    expect(go(crowd, tick(T + 600_000)).endings).toEqual([])
  })
})

describe('the room', () => {
  it('[LM21] ends everybody\'s way', () => {
    const stage = after(...linked('a'), apply('b'), invite('c'))
    const { state, effects } = transitionStage(stage, roomEnded)
    expect(effects).toEqual([{ type: 'cut', userId: 'a' }, { type: 'announce' }, { type: 'tell' }])
    expect(['a', 'b', 'c'].map(id => endingOf(state, id))).toEqual(['roomEnded', 'roomEnded', 'roomEnded'])
    expect(stageDeadline(state)).toBeUndefined()
    expect(transitionStage(state, apply('d')).refusal).toBe('CLOSED')
    expect(go(state, roomEnded)).toBe(state)
  })

  it('[LM22] after a restart everybody has twenty seconds, and the same stage when they are back', () => {
    const stage = after(...linked('a'), apply('b'), accept('b'), apply('c'), invite('d'))
    const down = T + 100_000
    const up = go(JSON.parse(JSON.stringify(stage)) as Stage<User>, restarted(down))
    expect(stageDeadline(up)).toBe(down + DROP_GRACE_MS)
    const gone = go(up, tick(down + DROP_GRACE_MS))
    expect(['a', 'b', 'c', 'd'].map(id => endingOf(gone, id))).toEqual(['dropped', 'dropped', 'dropped', 'dropped'])
    const now = down + DROP_GRACE_MS - 1
    const back = go(up, ...['a', 'b', 'c', 'd'].map(id => presence(id, 'here', now)), published('a', now), published('b', now), onAir(true, now))
    expect(['a', 'b', 'c', 'd'].map(id => statusOf(back, id))).toEqual(['linked', 'linked', 'applying', 'invited'])
    expect(seats(back)).toEqual({ a: 1, b: 2 })
    expect(linkOf(back, 'c')).toMatchObject({ deadline: now + APPLY_TIMEOUT_MS })
  })

  it('[LM22] a publication of before the restart ends without a trace', () => {
    const up = after(...linked('a'), restarted(T + 1000))
    expect(go(up, unpublished('a', T + 2000))).toBe(up)
  })

  it('[LM28] a new name is the guest\'s at once, on stage and in the queue', () => {
    const stage = after(...linked('a'), apply('b'))
    const renamed = (id: string, nickname: string): Event => ({ type: 'renamed', user: { id, nickname } })
    expect(effectsOf(stage, renamed('a', 'Anne')).map(({ type }) => type)).toEqual(['announce', 'tell'])
    expect(effectsOf(stage, renamed('b', 'Bob')).map(({ type }) => type)).toEqual(['tell'])
    expect(seatedOf(go(stage, renamed('a', 'Anne')))[0].user.nickname).toBe('Anne')
    expect(go(stage, renamed('a', 'A'), renamed('stranger', 'S'))).toBe(stage)
  })
})

describe('changes', () => {
  it('[LM24] what only the anchor and one guest see is told, not announced', () => {
    const stage = after(...linked('a'))
    for (const event of [apply('b'), invite('b'), leave('b')])
      expect(effectsOf(stage, event)).toEqual([{ type: 'tell' }])
    expect(effectsOf(go(stage, unpublished('a')), presence('a', 'dropped'))).toEqual([{ type: 'tell' }])
  })

  it('[LM24] a stage that was stored and read again has not changed', () => {
    const stage = JSON.parse(JSON.stringify(go(full(), apply('d')))) as Stage<User>
    expect(effectsOf(stage, apply('e'))).toEqual([{ type: 'tell' }])
  })

  it('[LM23] events that change nothing leave the version', () => {
    const stage = go(full(), apply('d'), invite('e'))
    for (const event of [tick(T), presence('d', 'here'), presence('stranger', 'dropped'), unpublished('a', T, 'other'), onAir(true), admission('ask'), published('a')])
      expect(go(stage, event), event.type).toBe(stage)
    expect(go(stage, presence('d', 'dropped')).version).toBe(stage.version + 1)
  })

  it('[LM26] at its deadline time changes a stage, and not before', () => {
    let stage = go(full(), apply('d', T + 1), invite('e', T + 2), presence('b', 'dropped', T + 3), unpublished('c', T + 4))
    const reasons: (string | undefined)[] = []
    for (let deadline = stageDeadline(stage); deadline !== undefined; deadline = stageDeadline(stage)) {
      expect(go(stage, tick(deadline - 1))).toBe(stage)
      stage = go(stage, tick(deadline))
      reasons.push(stage.endings.at(-1)?.userId)
    }
    expect(reasons).toEqual(['b', 'c', 'e', 'd'])
    expect(seats(stage)).toEqual({ a: 1 })
    expect(stageDeadline(EMPTY_STAGE)).toBeUndefined()
  })

  it('[LM27] a clock that is set back an hour loses nobody\'s deadline', () => {
    const early = T - 3_600_000
    const stage = after(...linked('a'), apply('b'), tick(early), presence('a', 'dropped', early), apply('c', early), leave('x', early))
    expect(stageDeadline(stage)).toBe(early + DROP_GRACE_MS)
    const soon = go(stage, tick(early + APPLY_TIMEOUT_MS))
    expect(['a', 'c'].map(id => endingOf(soon, id))).toEqual(['dropped', 'expired'])
    expect(queue(soon)).toEqual(['b'])
    expect(endingOf(go(soon, tick(T + APPLY_TIMEOUT_MS)), 'b')).toBe('expired')
  })
})
