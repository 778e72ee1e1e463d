import type { Active, LinkMic, LinkMicEnd, LinkMicEvent } from './linkMic'
import { describe, expect, it } from 'vitest'
import { APPLY_TIMEOUT_MS, CONNECT_TIMEOUT_MS, deadlineOf, DROP_GRACE_MS, INVITE_TIMEOUT_MS, isSeated, KICKED_WAIT_MS, mayApplyAt, NOT_LINKED, QUEUE_TIMEOUT_MS, REJECTED_WAIT_MS, transitionLinkMic } from './linkMic'

/** Everything here happens at NOW; what was before was at BEFORE. */
const BEFORE = 100_000
const NOW = 105_000

const requestId = 'a'
const medium = 'video'

const STATES = {
  idle: NOT_LINKED,
  over: { status: 'idle', ending: { requestId, reason: 'left', at: BEFORE, waitUntil: BEFORE } },
  mustWait: { status: 'idle', ending: { requestId, reason: 'rejected', at: BEFORE, waitUntil: BEFORE + REJECTED_WAIT_MS } },
  invited: { status: 'invited', requestId, at: BEFORE, deadline: BEFORE + INVITE_TIMEOUT_MS, lostAt: null },
  invitedAway: { status: 'invited', requestId, at: BEFORE, deadline: BEFORE + INVITE_TIMEOUT_MS, lostAt: BEFORE },
  applying: { status: 'applying', requestId, medium, at: BEFORE, deadline: BEFORE + APPLY_TIMEOUT_MS, lostAt: null },
  applyingAway: { status: 'applying', requestId, medium, at: BEFORE, deadline: BEFORE + APPLY_TIMEOUT_MS, lostAt: BEFORE },
  queued: { status: 'applying', requestId, medium, at: BEFORE, deadline: null, lostAt: null },
  connecting: { status: 'connecting', requestId, medium, deadline: BEFORE + CONNECT_TIMEOUT_MS, lostAt: null },
  connectingAway: { status: 'connecting', requestId, medium, deadline: BEFORE + CONNECT_TIMEOUT_MS, lostAt: BEFORE },
  linked: { status: 'linked', requestId, medium, since: BEFORE },
  noSocket: { status: 'dropped', requestId, medium, since: BEFORE, streamLostAt: null, lostAt: BEFORE },
  noStream: { status: 'dropped', requestId, medium, since: BEFORE, streamLostAt: BEFORE, lostAt: null },
  neither: { status: 'dropped', requestId, medium, since: BEFORE, streamLostAt: BEFORE, lostAt: BEFORE + 1000 },
} as const satisfies Record<string, LinkMic>

const EVENTS = {
  apply: { type: 'apply', requestId: 'b', medium: 'voice', at: NOW },
  invite: { type: 'invite', requestId: 'b', at: NOW },
  accept: { type: 'accept', at: NOW },
  acceptInvitation: { type: 'acceptInvitation', medium: 'voice', at: NOW },
  reject: { type: 'reject', at: NOW },
  withdraw: { type: 'withdraw', at: NOW },
  kick: { type: 'kick', at: NOW },
  close: { type: 'close', at: NOW },
  leave: { type: 'leave', at: NOW },
  seat: { type: 'seat', requestId: 'b', at: NOW },
  published: { type: 'published', at: NOW },
  unpublished: { type: 'unpublished', at: NOW },
  lost: { type: 'lost', at: NOW },
  found: { type: 'found' },
  runs: { type: 'clock', isRunning: true, at: NOW },
  stands: { type: 'clock', isRunning: false, at: NOW },
  restarted: { type: 'restarted', at: NOW },
  roomEnded: { type: 'roomEnded', at: NOW },
  tick: { type: 'tick', at: NOW },
} as const satisfies Record<string, LinkMicEvent>

type StateName = keyof typeof STATES
type EventName = keyof typeof EVENTS

const ended = (reason: LinkMicEnd, waitMs = 0): LinkMic => ({ status: 'idle', ending: { requestId, reason, at: NOW, waitUntil: NOW + waitMs } })
const fresh = { requestId: 'b', at: NOW, lostAt: null }
const applied: LinkMic = { status: 'applying', ...fresh, medium: 'voice', deadline: NOW + APPLY_TIMEOUT_MS }
const invited: LinkMic = { status: 'invited', ...fresh, deadline: NOW + INVITE_TIMEOUT_MS }
const onTheWay = (lostAt: number | null = null, as: 'video' | 'voice' = 'video'): LinkMic => ({ status: 'connecting', requestId, medium: as, deadline: NOW + CONNECT_TIMEOUT_MS, lostAt })
const { linked, noSocket, noStream } = STATES
const bothLost: LinkMic = { ...noStream, streamLostAt: NOW, lostAt: NOW }

/** Every way that leads somewhere. */
const WAYS: readonly [title: string, from: StateName, by: EventName, to: LinkMic][] = [
  ['[LM3] somebody applies', 'idle', 'apply', applied],
  ['[LM11] somebody applies again', 'over', 'apply', applied],
  ['[LM3] somebody is invited', 'idle', 'invite', invited],
  ['[LM11] somebody is invited again', 'over', 'invite', invited],
  ['[LM11] an invitation ends the wait', 'mustWait', 'invite', invited],

  ['[LM6] the invitation is taken, with what the person chose', 'invited', 'acceptInvitation', onTheWay(null, 'voice')],
  ['[LM10] the invitation is declined', 'invited', 'leave', ended('declined')],
  ['[LM3] the anchor takes the invitation back', 'invited', 'withdraw', ended('withdrawn')],
  ['[LM8] the invited loses the socket', 'invited', 'lost', { ...STATES.invited, lostAt: NOW }],
  ['[LM22] a restart while invited', 'invited', 'restarted', { ...STATES.invited, deadline: NOW + DROP_GRACE_MS, lostAt: NOW }],
  ['[LM21] the room ends while invited', 'invited', 'roomEnded', ended('roomEnded')],
  ['[LM8] the invited is back', 'invitedAway', 'found', STATES.invited],
  ['[LM6] the invitation is taken before the socket is back', 'invitedAway', 'acceptInvitation', onTheWay(BEFORE, 'voice')],
  ['[LM10] the invitation is declined before the socket is back', 'invitedAway', 'leave', ended('declined')],
  ['[LM3] the anchor takes the invitation of an absent back', 'invitedAway', 'withdraw', ended('withdrawn')],
  ['[LM22] a restart while the invited is away', 'invitedAway', 'restarted', { ...STATES.invited, deadline: NOW + DROP_GRACE_MS, lostAt: NOW }],
  ['[LM21] the room ends while the invited is away', 'invitedAway', 'roomEnded', ended('roomEnded')],

  ['[LM6] the application is accepted', 'applying', 'accept', onTheWay()],
  ['[LM11] the application is rejected', 'applying', 'reject', ended('rejected', REJECTED_WAIT_MS)],
  ['[LM15] applications are switched off', 'applying', 'close', ended('closed')],
  ['[LM10] the application is taken back', 'applying', 'leave', ended('cancelled')],
  ['[LM8] the applicant loses the socket', 'applying', 'lost', { ...STATES.applying, lostAt: NOW }],
  ['[LM4] the clock stops', 'applying', 'stands', STATES.queued],
  ['[LM22] a restart leaves the clock to who knows whether the anchor is there', 'applying', 'restarted', { ...STATES.applying, lostAt: NOW }],
  ['[LM21] the room ends before an answer', 'applying', 'roomEnded', ended('roomEnded')],
  ['[LM6] an absent applicant is accepted', 'applyingAway', 'accept', onTheWay(BEFORE)],
  ['[LM11] an absent applicant is rejected', 'applyingAway', 'reject', ended('rejected', REJECTED_WAIT_MS)],
  ['[LM15] applications are switched off while one is away', 'applyingAway', 'close', ended('closed')],
  ['[LM10] an absent applicant takes the application back', 'applyingAway', 'leave', ended('cancelled')],
  ['[LM8] the applicant is back', 'applyingAway', 'found', STATES.applying],
  ['[LM4] the clock of an absent applicant stops', 'applyingAway', 'stands', { ...STATES.queued, lostAt: BEFORE }],
  ['[LM22] a restart while the applicant is away', 'applyingAway', 'restarted', { ...STATES.applying, lostAt: NOW }],
  ['[LM21] the room ends while the applicant is away', 'applyingAway', 'roomEnded', ended('roomEnded')],
  ['[LM4] the clock runs again, with its whole time', 'queued', 'runs', { ...STATES.applying, deadline: NOW + APPLY_TIMEOUT_MS }],
  ['[LM6] accepted while the clock stood still', 'queued', 'accept', onTheWay()],
  ['[LM11] rejected while the clock stood still', 'queued', 'reject', ended('rejected', REJECTED_WAIT_MS)],
  ['[LM15] applications are switched off while the clock stood still', 'queued', 'close', ended('closed')],
  ['[LM10] taken back while the clock stood still', 'queued', 'leave', ended('cancelled')],
  ['[LM8] the socket is lost while the clock stands still', 'queued', 'lost', { ...STATES.queued, lostAt: NOW }],
  ['[LM22] a restart does not start the clock', 'queued', 'restarted', { ...STATES.queued, lostAt: NOW }],
  ['[LM21] the room ends while the clock stood still', 'queued', 'roomEnded', ended('roomEnded')],

  ['[LN1] a seat without an application', 'idle', 'seat', { ...linked, requestId: 'b', since: NOW }],
  ['[LN1] a seat after a former time on one', 'over', 'seat', { ...linked, requestId: 'b', since: NOW }],
  ['[LN2] a seat uses the invitation up', 'invited', 'seat', { ...linked, since: NOW }],
  ['[LN2] a seat uses the invitation of an absent up', 'invitedAway', 'seat', { ...linked, since: NOW }],
  ['[LN2] a seat uses the application up', 'applying', 'seat', { ...linked, since: NOW }],
  ['[LN2] a seat uses the application of an absent up', 'applyingAway', 'seat', { ...linked, since: NOW }],
  ['[LN2] a seat uses the application up while the clock stands still', 'queued', 'seat', { ...linked, since: NOW }],
  ['[LN2] who is on the way is linked', 'connecting', 'seat', { ...linked, since: NOW }],
  ['[LN2] who is on the way without a socket is linked', 'connectingAway', 'seat', { ...linked, since: NOW }],
  ['[LN6] who asks for the seat again is there', 'noSocket', 'seat', linked],
  ['[LN6] who asks for the seat again is there, but not the stream', 'neither', 'seat', noStream],

  ['[LM7] the stream is there', 'connecting', 'published', { ...linked, since: NOW }],
  ['[LM11] removed on the way', 'connecting', 'kick', ended('kicked', KICKED_WAIT_MS)],
  ['[LM10] gone on the way', 'connecting', 'leave', ended('left')],
  ['[LM8] the socket is lost on the way', 'connecting', 'lost', { ...STATES.connecting, lostAt: NOW }],
  ['[LM22] a restart on the way gives the time of a drop', 'connecting', 'restarted', { ...STATES.connecting, deadline: NOW + DROP_GRACE_MS, lostAt: NOW }],
  ['[LM21] the room ends on the way', 'connecting', 'roomEnded', ended('roomEnded')],
  ['[LM8] the stream is there, the socket is not', 'connectingAway', 'published', { ...noSocket, since: NOW }],
  ['[LM8] the socket is back on the way', 'connectingAway', 'found', STATES.connecting],
  ['[LM11] an absent is removed on the way', 'connectingAway', 'kick', ended('kicked', KICKED_WAIT_MS)],
  ['[LM10] an absent leaves on the way', 'connectingAway', 'leave', ended('left')],
  ['[LM22] a restart while one is away and on the way', 'connectingAway', 'restarted', { ...STATES.connecting, deadline: NOW + DROP_GRACE_MS, lostAt: NOW }],
  ['[LM21] the room ends while one is away and on the way', 'connectingAway', 'roomEnded', ended('roomEnded')],

  ['[LM8] the socket is lost', 'linked', 'lost', { ...noSocket, lostAt: NOW }],
  ['[LM8] the stream is lost', 'linked', 'unpublished', { ...noStream, streamLostAt: NOW }],
  ['[LM11] removed', 'linked', 'kick', ended('kicked', KICKED_WAIT_MS)],
  ['[LM10] the guest leaves', 'linked', 'leave', ended('left')],
  ['[LM22] a restart', 'linked', 'restarted', bothLost],
  ['[LM21] the room ends', 'linked', 'roomEnded', ended('roomEnded')],

  ['[LM8] the socket is back', 'noSocket', 'found', linked],
  ['[LM8] the stream is lost, too', 'noSocket', 'unpublished', { ...noSocket, streamLostAt: NOW }],
  ['[LM11] removed without a socket', 'noSocket', 'kick', ended('kicked', KICKED_WAIT_MS)],
  ['[LM10] the guest leaves without a socket', 'noSocket', 'leave', ended('left')],
  ['[LM22] a restart while the socket was lost', 'noSocket', 'restarted', bothLost],
  ['[LM21] the room ends while the socket was lost', 'noSocket', 'roomEnded', ended('roomEnded')],
  ['[LM8] the stream is back', 'noStream', 'published', linked],
  ['[LM8] the socket is lost, too', 'noStream', 'lost', { ...noStream, lostAt: NOW }],
  ['[LM11] removed without a stream', 'noStream', 'kick', ended('kicked', KICKED_WAIT_MS)],
  ['[LM10] the guest leaves without a stream', 'noStream', 'leave', ended('left')],
  ['[LM22] a restart while the stream was lost', 'noStream', 'restarted', bothLost],
  ['[LM21] the room ends while the stream was lost', 'noStream', 'roomEnded', ended('roomEnded')],
  ['[LM8] of both the stream is back', 'neither', 'published', { ...noSocket, lostAt: BEFORE + 1000 }],
  ['[LM8] of both the socket is back', 'neither', 'found', noStream],
  ['[LM11] removed without either', 'neither', 'kick', ended('kicked', KICKED_WAIT_MS)],
  ['[LM10] the guest leaves without either', 'neither', 'leave', ended('left')],
  ['[LM22] a restart while both were lost', 'neither', 'restarted', bothLost],
  ['[LM21] the room ends while both were lost', 'neither', 'roomEnded', ended('roomEnded')],
]

const names = Object.keys(STATES) as StateName[]
const isActive = (link: LinkMic): link is Active => link.status !== 'idle'

describe('one person\'s way', () => {
  it.each(WAYS)('%s (%s, %s)', (_, from, by, to) => {
    expect(transitionLinkMic(STATES[from], EVENTS[by])).toEqual(to)
  })

  it.each(names)('[LM1] %s: nothing else changes it', (name) => {
    const others = (Object.keys(EVENTS) as EventName[]).filter(event => !WAYS.some(([, from, by]) => from === name && by === event))
    expect(others.length).toBeGreaterThan(8)
    for (const event of others)
      expect(transitionLinkMic(STATES[name], EVENTS[event]), event).toBe(STATES[name])
  })

  it.each<[string, StateName, number | undefined, LinkMicEnd | undefined]>([
    ['[LM3] an invitation expires', 'invited', BEFORE + INVITE_TIMEOUT_MS, 'expired'],
    ['[LM8] the invited did not come back', 'invitedAway', BEFORE + DROP_GRACE_MS, 'dropped'],
    ['[LM3] an application expires', 'applying', BEFORE + APPLY_TIMEOUT_MS, 'expired'],
    ['[LM8] the applicant did not come back', 'applyingAway', BEFORE + DROP_GRACE_MS, 'dropped'],
    ['[LM4] a clock that stands still ends after ten minutes', 'queued', BEFORE + QUEUE_TIMEOUT_MS, 'expired'],
    ['[LM7] the stream did not come', 'connecting', BEFORE + CONNECT_TIMEOUT_MS, 'noStream'],
    ['[LM7] nor with the socket lost', 'connectingAway', BEFORE + CONNECT_TIMEOUT_MS, 'noStream'],
    ['[LM8] the socket did not come back', 'noSocket', BEFORE + DROP_GRACE_MS, 'dropped'],
    ['[LM8] the stream did not come back', 'noStream', BEFORE + DROP_GRACE_MS, 'dropped'],
    ['[LM8] the first of both did not come back', 'neither', BEFORE + DROP_GRACE_MS, 'dropped'],
    ['[LM1] time does not end a link', 'linked', undefined, undefined],
    ['[LM1] time does nothing to who waits', 'mustWait', undefined, undefined],
  ])('%s (%s)', (_, name, deadline, reason) => {
    const link = STATES[name]
    expect(deadlineOf(link)).toBe(deadline)
    expect(transitionLinkMic(link, { type: 'tick', at: (deadline ?? 1e15) - 1 })).toBe(link)
    if (deadline !== undefined)
      expect(transitionLinkMic(link, { type: 'tick', at: deadline })).toEqual({ status: 'idle', ending: { requestId, reason, at: deadline, waitUntil: deadline } })
  })

  it('[LM4] clocks that start again and again do not prolong ten minutes', () => {
    let link: LinkMic = STATES.applying
    const end = BEFORE + QUEUE_TIMEOUT_MS
    for (let at = BEFORE; at < end; at += 20_000) {
      link = transitionLinkMic(link, { type: 'clock', isRunning: false, at })
      link = transitionLinkMic(link, { type: 'clock', isRunning: true, at })
      expect(transitionLinkMic(link, { type: 'tick', at }), String(at)).toBe(link)
    }
    expect(deadlineOf(link)).toBe(end)
    expect(transitionLinkMic(link, { type: 'tick', at: end })).toMatchObject({ status: 'idle', ending: { reason: 'expired' } })
  })

  it('[LM7] [LM8] who was away too long before the seat has dropped, however long the seat would wait', () => {
    const link: LinkMic = { ...STATES.connectingAway, lostAt: BEFORE - 15_000 }
    expect(deadlineOf(link)).toBe(BEFORE - 15_000 + DROP_GRACE_MS)
    expect(transitionLinkMic(link, { type: 'tick', at: NOW })).toMatchObject({ ending: { reason: 'dropped' } })
  })

  it('[LM11] who must wait may apply when the wait is over, and not before', () => {
    const apply = (at: number) => transitionLinkMic(STATES.mustWait, { type: 'apply', requestId: 'b', medium, at })
    const until = BEFORE + REJECTED_WAIT_MS
    expect(mayApplyAt(STATES.mustWait)).toBe(until)
    expect(apply(until - 1)).toBe(STATES.mustWait)
    expect(apply(until)).toMatchObject({ status: 'applying', requestId: 'b' })
    expect(mayApplyAt(NOT_LINKED)).toBe(0)
    expect(mayApplyAt(linked)).toBe(Infinity)
  })

  it('[LM1] [LM27] in no order of six changes, forward or back in time, is a link without an end or an end without a link', () => {
    const events = Object.values(EVENTS)
    const walk = (link: LinkMic, depth: number, at: number) => {
      const deadline = deadlineOf(link)
      if (deadline !== undefined)
        expect(transitionLinkMic(link, { type: 'tick', at: deadline }).status).toBe('idle')
      expect(deadline === undefined).toBe(link.status === 'idle' || link.status === 'linked')
      if (depth === 0)
        return
      for (const event of events) {
        const next = transitionLinkMic(link, 'at' in event ? { ...event, at } : event)
        if (isActive(link) && next.status === 'idle')
          expect(next.ending).toMatchObject({ requestId: link.requestId, at })
        if (isActive(link) && isActive(next))
          expect(next.requestId).toBe(link.requestId)
        if (isSeated(next) && !isSeated(link))
          expect(next.status).toBe(event.type === 'seat' ? 'linked' : 'connecting')
        if (next !== link)
          walk(next, depth - 1, at + (depth % 2 === 0 ? 9000 : -3000))
      }
    }
    walk(NOT_LINKED, 6, NOW)
  })
})
