import type { GuestEffect, GuestEvent, GuestState, Wish } from './guestState'
import type { LinkMic, LinkMicEnd, Medium } from '@/shared/domain/linkMic'
import { describe, expect, it } from 'vitest'
import { NOT_LINKED } from '@/shared/domain/linkMic'
import { aView, NOW, publishUrls } from '@/src/testing/fixtures'
import { transitionGuest, WISH_PATIENCE_MS } from './guestMachine'
import { isSeatElsewhere, linkOf, mayPublish, openGuest, tracksOf } from './guestState'

const r = 'mine-1'
const medium: Medium = 'video'
const publish = publishUrls('rroom0000001-ume000000001')
const fresh = { ...publish, rtmpKey: 'fresh' }

const applying: LinkMic = { status: 'applying', requestId: r, medium, at: NOW, deadline: NOW + 30_000, lostAt: null }
const invited: LinkMic = { status: 'invited', requestId: r, at: NOW, deadline: NOW + 30_000, lostAt: null }
const connecting: LinkMic = { status: 'connecting', requestId: r, medium, deadline: NOW + 8000, lostAt: null }
const linked: LinkMic = { status: 'linked', requestId: r, medium, since: NOW }
const dropped: LinkMic = { status: 'dropped', requestId: r, medium, since: NOW, streamLostAt: NOW, lostAt: null }
const over = (reason: LinkMicEnd, waitUntil = NOW): LinkMic => ({ status: 'idle', ending: { requestId: r, reason, at: NOW, waitUntil } })

const open = openGuest(null)
const view = (version: number, link: LinkMic): GuestEvent => ({ type: 'view', view: aView(version, link) })
const apply = (requestId = r, at = NOW): GuestEvent => ({ type: 'apply', requestId, medium, at })
const leave: GuestEvent = { type: 'leave', at: NOW + 1 }
const wishOf = (state: GuestState, index = 0): Wish => state.wishes[index]
const answered = (wish: Wish, version: number, link: LinkMic, urls?: typeof publish): GuestEvent => ({ type: 'answered', wish, answer: { view: aView(version, link), publish: urls } })
const fetched = (version: number, link: LinkMic, urls?: typeof publish): GuestEvent => ({ type: 'fetched', answer: { view: aView(version, link), publish: urls } })
const seesNothing = view(1, NOT_LINKED)

/** Takes the events in order; an event may be made of the state before it. */
function run(from: GuestState, ...events: (GuestEvent | ((state: GuestState) => GuestEvent))[]) {
  let state = from
  const effects: GuestEffect[] = []
  for (const event of events) {
    const step = transitionGuest(state, typeof event === 'function' ? event(state) : event)
    state = step.state
    effects.push(...step.effects)
  }
  return { state, effects, types: effects.map(({ type }) => type), link: linkOf(state), status: linkOf(state).status }
}

const onAir = run(open, seesNothing, apply(), state => answered(wishOf(state), 2, applying), view(3, connecting), fetched(3, connecting, publish), view(4, linked)).state

describe('the server\'s word', () => {
  it('[LM100] an older view, the same once more, or one of another room changes nothing', () => {
    const { state } = run(open, view(5, applying))
    expect(run(state, view(4, linked)).state).toBe(state)
    expect(run(state, view(5, linked)).state).toBe(state)
    expect(run(state, { type: 'view', view: { ...aView(9, linked), roomId: 'rroom0000002' } }).state).toBe(state)
    expect(run(state, view(6, linked)).status).toBe('linked')
  })

  it('[LM100] what may have been missed is asked for', () => {
    expect(run(open, { type: 'check' }).effects).toEqual([{ type: 'fetchView' }])
  })
})

describe('a person\'s wish', () => {
  it('[LM101] applying shows before the server has answered, and goes on as the server says', () => {
    const asked = run(open, seesNothing, apply())
    expect(asked.link).toEqual(applying)
    expect(asked.effects).toEqual([{ type: 'send', wish: wishOf(asked.state) }, { type: 'expectAnswer', wish: wishOf(asked.state) }])
    const standing: LinkMic = { ...applying, deadline: null }
    const told = run(asked.state, state => answered(wishOf(state), 2, standing))
    expect([told.link, told.state.wishes]).toEqual([standing, []])
  })

  it('[LM101] taking an invitation shows as connecting, and sends nothing before the server agrees', () => {
    const asked = run(open, view(1, invited), { type: 'acceptInvitation', medium: 'voice', at: NOW })
    expect(asked.link).toMatchObject({ status: 'connecting', medium: 'voice' })
    expect(asked.types).toEqual(['send', 'expectAnswer'])
    expect(run(asked.state, state => answered(wishOf(state), 2, connecting, publish)).types).toEqual(['startPush'])
  })

  it.each([['applying', applying], ['invited', invited], ['connecting', connecting], ['linked', linked], ['dropped', dropped]])('[LM101] leaving while %s shows at once', (_, link) => {
    const left = run(open, view(1, link), leave)
    expect(left.status).toBe('idle')
    expect(left.effects.at(-1)).toEqual({ type: 'send', wish: { type: 'leave', requestId: r, at: NOW + 1 } })
  })

  it('[LM101] a refusal takes it back, says why, and asks how things are', () => {
    const refused = run(open, seesNothing, apply(), state => ({ type: 'refused', wish: wishOf(state), code: 'LINK_MIC_QUEUE_FULL' }))
    expect([refused.status, refused.state.problem]).toEqual(['idle', 'LINK_MIC_QUEUE_FULL'])
    expect(refused.effects.at(-1)).toEqual({ type: 'fetchView' })
    expect(run(refused.state, apply('mine-2')).state.problem).toBeNull()
  })

  it('[LM101] a view that overtakes the answer is not hidden by the wish', () => {
    expect(run(open, seesNothing, apply(), view(3, over('rejected', NOW + 10_000))).status).toBe('idle')
    expect(run(open, seesNothing, apply(), view(3, connecting)).status).toBe('connecting')
  })

  it.each([['apply', applying, apply('mine-2')], ['take an invitation', NOT_LINKED, { type: 'acceptInvitation', medium, at: NOW } satisfies GuestEvent], ['leave', NOT_LINKED, leave]])('[LM101] nobody can %s where that means nothing', (_, link, event) => {
    const { state } = run(open, view(1, link))
    expect(run(state, event)).toMatchObject({ state, effects: [] })
  })

  it('[LM102] not answered in time, it is taken back, as it may have arrived', () => {
    const asked = run(open, seesNothing, apply()).state
    const late = run(asked, { type: 'overdue', wish: wishOf(asked) })
    expect([late.status, late.state.problem]).toEqual(['idle', 'TIMEOUT'])
    expect(late.effects).toEqual([{ type: 'send', wish: { type: 'leave', requestId: r, at: NOW + WISH_PATIENCE_MS } }])
    const told = run(asked, state => answered(wishOf(state), 2, applying)).state
    expect(run(told, { type: 'overdue', wish: wishOf(asked) })).toMatchObject({ state: told, effects: [] })
  })

  it('[LM103] the next one waits for the answer to the one before', () => {
    const left = run(open, view(1, applying), leave, apply('mine-2', NOW + 2))
    expect(left.types).toEqual(['send', 'expectAnswer'])
    expect(left.link).toMatchObject({ status: 'applying', requestId: 'mine-2' })
    const told = run(left.state, state => answered(wishOf(state), 2, over('cancelled')))
    expect(told.effects).toEqual([{ type: 'send', wish: wishOf(left.state, 1) }])
    expect(told.link).toMatchObject({ requestId: 'mine-2' })
  })

  it('[LM103] what was not sent yet is not sent any more', () => {
    const left = run(open, view(1, applying), leave, apply('mine-2', NOW + 2), { type: 'leave', at: NOW + 3 })
    expect(left.state.wishes).toEqual([{ type: 'leave', requestId: r, at: NOW + 1 }])
    expect(left.effects.filter(({ type }) => type === 'send')).toHaveLength(1)
  })

  it('[LM103] late answers to what was abandoned bring nothing back', () => {
    const asked = run(open, seesNothing, apply()).state
    const abandoned = run(asked, leave)
    expect(abandoned.effects).toEqual([{ type: 'send', wish: wishOf(abandoned.state) }])
    const late = run(abandoned.state, answered(wishOf(asked), 2, connecting, publish))
    expect([late.status, late.state.publication, late.effects]).toEqual(['idle', { status: 'none' }, []])
    expect(run(abandoned.state, { type: 'refused', wish: wishOf(asked), code: 'LINK_MIC_BUSY' })).toMatchObject({ state: abandoned.state, effects: [] })
  })

  it('[LM104] a yes that crosses the no is taken back, once', () => {
    const gone = run(open, view(1, applying), leave, state => answered(wishOf(state), 2, over('cancelled')))
    const crossed = run(gone.state, view(3, connecting))
    expect([crossed.status, crossed.types]).toEqual(['idle', ['send']])
    expect(run(crossed.state, view(4, { ...connecting, lostAt: NOW })).types).toEqual([])
  })

  it('[LM112] before the wait is over nothing is asked', () => {
    const { state } = run(open, view(1, over('rejected', NOW + 10_000)))
    expect(run(state, apply('mine-2', NOW + 9999))).toMatchObject({ state: { wishes: [], problem: 'LINK_MIC_WAIT' }, effects: [] })
    expect(run(state, apply('mine-2', NOW + 10_000)).status).toBe('applying')
  })
})

describe('the stream of a seat', () => {
  it('[LM105] the addresses are asked for when the seat is there, and the pusher starts with them', () => {
    const seated = run(open, seesNothing, apply(), state => answered(wishOf(state), 2, applying), view(3, connecting))
    expect(seated.types.at(-1)).toBe('fetchView')
    const given = run(seated.state, fetched(3, connecting, publish))
    expect([given.types, given.state.publication]).toEqual([['startPush'], { status: 'on', publish, feed: { status: 'connecting', isRenewed: false } }])
  })

  it('[LM105] and again, when they did not come', () => {
    const seated = run(open, seesNothing, apply(), state => answered(wishOf(state), 2, connecting)).state
    expect(run(seated, { type: 'fetchFailed' }).types).toEqual(['fetchViewLater'])
    expect(run(seated, fetched(2, connecting)).types).toEqual(['fetchViewLater'])
    expect(run(seated, view(3, over('noStream')), { type: 'fetchFailed' }).types).toEqual(['stopPush'])
  })

  it('[LM105] whatever the pusher says, the server says who is linked', () => {
    const seated = run(open, seesNothing, apply(), state => answered(wishOf(state), 2, connecting, publish)).state
    expect(run(seated, { type: 'pusher', status: 'live' }).status).toBe('connecting')
    expect(run(seated, view(3, linked)).state.publication).toMatchObject({ status: 'on', feed: { status: 'connecting' } })
  })

  it('[LM106] the pusher that gave up gets fresh addresses once, then waits for a tap', () => {
    const renewing = run(onAir, { type: 'pusher', status: 'live' }, { type: 'pusherFailed', problem: 'REFUSED' })
    expect(renewing.types).toEqual(['fetchView'])
    const renewed = run(renewing.state, fetched(4, linked, fresh))
    expect([renewed.types, renewed.state.publication]).toEqual([['startPush'], { status: 'on', publish: fresh, feed: { status: 'connecting', isRenewed: true } }])
    const down = run(renewed.state, { type: 'pusherFailed', problem: 'REFUSED' })
    expect([down.types, down.state.publication]).toMatchObject([[], { feed: { status: 'down', problem: 'REFUSED' } }])
    expect(run(down.state, { type: 'retry' }).types).toEqual(['fetchView'])
  })

  it('[LM106] no fresh addresses to be had', () => {
    const renewing = run(onAir, { type: 'pusherFailed', problem: 'NETWORK' }).state
    for (const event of [{ type: 'fetchFailed' }, fetched(4, linked)] satisfies GuestEvent[])
      expect(run(renewing, event).state.publication).toMatchObject({ feed: { status: 'down', problem: 'NETWORK' } })
  })

  it('[LM106] addresses in use are kept', () => {
    expect(run(onAir, fetched(4, linked, fresh))).toMatchObject({ state: onAir, effects: [] })
  })

  it.each<[string, GuestEvent]>([
    ['leaving', leave],
    ['removal', view(5, over('kicked', NOW + 60_000))],
    ['the end of the room', { type: 'roomEnded', at: NOW }],
    ['another request of the same person', view(5, { ...connecting, requestId: 'other-1' })],
  ])('[LM107] %s stops the pusher first', (_, event) => {
    const stopped = run(onAir, event)
    expect(stopped.types[0]).toBe('stopPush')
    expect(stopped.state.publication).toEqual({ status: 'none' })
  })

  it('[LM107] in no order of events is anything sent without a seat of this window', () => {
    const events: ((state: GuestState, version: number) => GuestEvent)[] = [
      (_, version) => apply(`mine-${version}`),
      () => ({ type: 'acceptInvitation', medium, at: NOW }),
      () => leave,
      () => ({ type: 'takeOver' }),
      () => ({ type: 'roomEnded', at: NOW }),
      () => ({ type: 'fetchFailed' }),
      () => ({ type: 'retry' }),
      () => ({ type: 'pusherFailed', problem: 'NETWORK' }),
      () => ({ type: 'pusherFailed', problem: 'REPLACED' }),
      (_, version) => fetched(version, linked, publish),
      (_, version) => view(version, invited),
      (state, version) => view(version, { ...connecting, requestId: state.own ?? 'other' }),
      (_, version) => view(version, over('left')),
      (state, version) => state.wishes[0] ? answered(state.wishes[0], version, { ...linked, requestId: state.wishes[0].requestId }, publish) : leave,
      (state, version) => state.wishes[0] ? answered(state.wishes[0], version, over('cancelled')) : leave,
      state => state.wishes[0] ? { type: 'refused', wish: state.wishes[0], code: 'LINK_MIC_GONE' } : leave,
    ]
    let seed = 7
    const draw = (count: number) => (seed = seed * 48_271 % 2_147_483_647) % count
    let state = open
    let isPushing = false
    let pushes = 0
    for (let version = 1; version < 5000; version++) {
      const step = transitionGuest(state, events[draw(events.length)](state, version - draw(3)))
      state = step.state
      for (const { type } of step.effects) {
        isPushing = type === 'startPush' || (type !== 'stopPush' && isPushing)
        pushes += type === 'startPush' ? 1 : 0
      }
      expect(isPushing && !mayPublish(state)).toBe(false)
      expect(state.publication.status === 'on').toBe(isPushing)
      expect(state.wishes.length).toBeLessThan(100)
    }
    expect(pushes).toBeGreaterThan(30)
  })

  it('[LM108] a switch shows and is told; what the anchor muted shows beside it', () => {
    const off = run(onAir, { type: 'switch', switches: { isMicOn: false, isCameraOn: true } })
    expect(off.types).toEqual(['report'])
    const muted = run(off.state, { type: 'view', view: aView(5, linked, { picture: { isOn: true, isMuted: true } }) })
    expect(tracksOf(muted.state)).toEqual({ sound: { isOn: false, isMuted: false }, picture: { isOn: true, isMuted: true } })
    expect(run(open, { type: 'switch', switches: { isMicOn: false, isCameraOn: true } })).toMatchObject({ state: open, effects: [] })
    expect(tracksOf(run(muted.state, leave).state)).toBeNull()
  })

  it('[LM108] what the server has otherwise is told again', () => {
    const off = run(onAir, { type: 'switch', switches: { isMicOn: false, isCameraOn: true } }).state
    expect(run(off, view(5, linked)).types).toEqual(['report'])
    expect(run(off, { type: 'view', view: aView(5, linked, { sound: { isOn: false, isMuted: false } }) }).types).toEqual([])
    const voice: LinkMic = { ...linked, medium: 'voice' }
    const spoken = run(openGuest(r), { type: 'view', view: aView(1, voice, { picture: { isOn: false, isMuted: false } }) }, { type: 'switch', switches: { isMicOn: true, isCameraOn: true } }).state
    expect(run(spoken, { type: 'view', view: aView(2, voice, { picture: { isOn: false, isMuted: true } }) }).types).toEqual([]) // there is no camera to tell of
  })

  it('[LM108] what the server has otherwise is told again, once for each of its news', () => {
    const off = run(onAir, { type: 'switch', switches: { isMicOn: false, isCameraOn: true } }).state
    const stale: GuestEvent = { type: 'view', view: aView(5, linked) }
    const told = run(off, stale)
    expect(told.types).toEqual(['report'])
    expect(run(told.state, stale).types).toEqual([])
    expect(run(told.state, { type: 'view', view: aView(6, linked, { sound: { isOn: false, isMuted: false } }) }).types).toEqual([])
  })

  it('[LM108] after a reload the switches are as they were', () => {
    const back = run(openGuest(r), { type: 'view', view: aView(9, linked, { sound: { isOn: false, isMuted: false } }) }).state
    expect(back.switches).toEqual({ isMicOn: false, isCameraOn: true })
    expect(tracksOf(back)?.sound.isOn).toBe(false)
  })
})

describe('one person, several windows', () => {
  it.each([['applied', applying], ['is connecting', connecting], ['is linked', linked], ['has dropped', dropped]])('[LM109] the window that %s goes on after a reload', (_, link) => {
    const back = run(openGuest(r), view(9, link), view(10, linked))
    expect([back.types, isSeatElsewhere(back.state)]).toEqual([['fetchView'], false])
  })

  it.each([['connecting', connecting], ['dropped', dropped]])('[LM109] a seat that is %s is taken by whoever opens the room', (_, link) => {
    expect(run(open, view(9, link)).types).toEqual(['fetchView'])
  })

  it('[LM109] a seat that is on air, or was taken later in another window, is elsewhere until a tap', () => {
    for (const elsewhere of [run(open, view(9, linked)), run(open, view(8, applying), view(9, connecting))]) {
      expect([elsewhere.types, isSeatElsewhere(elsewhere.state)]).toEqual([[], true])
      expect(tracksOf(elsewhere.state)).toEqual({ sound: { isOn: true, isMuted: false }, picture: { isOn: true, isMuted: false } })
      const taken = run(elsewhere.state, { type: 'takeOver' })
      expect([taken.types, isSeatElsewhere(taken.state)]).toEqual([['fetchView'], false])
    }
  })

  it('[LM110] replaced by another window, this one sends nothing and can take it back', () => {
    const replaced = run(onAir, { type: 'pusherFailed', problem: 'REPLACED' })
    expect([replaced.types, replaced.status, isSeatElsewhere(replaced.state)]).toEqual([['stopPush'], 'linked', true])
    expect(run(replaced.state, { type: 'takeOver' }, fetched(4, linked, publish)).types).toEqual(['fetchView', 'startPush'])
  })
})

describe('how it ended', () => {
  const ending = over('rejected', NOW + 10_000)

  it.each([
    ['after waiting', run(open, view(1, applying), view(2, ending)).state, 'rejected'],
    ['before the answer to the application', run(open, seesNothing, apply(), view(2, ending)).state, 'rejected'],
    ['with the room', run(open, view(1, applying), { type: 'roomEnded', at: NOW }).state, 'roomEnded'],
    ['while this window was loaded anew', run(openGuest(r), view(2, ending)).state, 'rejected'],
    ['before this window was opened', run(open, view(2, ending)).state, undefined],
    ['and another view says it again', run(open, view(1, applying), view(2, ending), { type: 'forgetEnding' }, view(3, ending)).state, undefined],
  ])('[LM111] %s', (_, state, reason) => {
    expect(state.ending?.reason).toBe(reason)
  })
})
