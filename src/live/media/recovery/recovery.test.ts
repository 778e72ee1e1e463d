import type { MediaFailure, Recovery, RecoveryEvent, RecoveryPolicy, Way } from './recoveryState'
import { describe, expect, it } from 'vitest'
import { transitionRecovery, wakeAt } from './recovery'
import { IDLE } from './recoveryState'
import { statusOf, troubleOf } from './trouble'

const POLICY: RecoveryPolicy = { openMs: 5000, steadyMs: 10_000, waitsMs: [1000, 2000, 4000], stuckWaitMs: 60_000, doBytesOpen: true }
/** The longest that a wait may be. */
const LONGEST = 1

type Doing = RecoveryEvent | ((state: Recovery) => RecoveryEvent) | number

/** Runs events; a number lets so many ms pass. Answers the state and, in words, the effects of the last event. */
function run(...doings: Doing[]) {
  let state = IDLE
  let effects: string[] = []
  let at = 0
  for (const doing of doings) {
    if (typeof doing === 'number') {
      at += doing
      continue
    }
    const result = transitionRecovery(state, typeof doing === 'function' ? doing(state) : doing, { at, random: LONGEST }, POLICY)
    state = result.state
    effects = result.effects.map(effect => effect.type === 'open' ? `open ${effect.way}` : effect.type === 'problem' ? effect.problem.code : effect.type)
  }
  return { state, effects, status: statusOf(state), trouble: troubleOf(state), wakeIn: (wakeAt(state, POLICY) ?? Number.NaN) - at }
}

const start = (...ways: Way[]): RecoveryEvent => ({ type: 'start', ways })
const opened = ({ seq }: Recovery): RecoveryEvent => ({ type: 'opened', seq })
const failed = (failure: MediaFailure) => ({ seq }: Recovery): RecoveryEvent => ({ type: 'failed', seq, failure })
const wavered = ({ seq }: Recovery): RecoveryEvent => ({ type: 'wavered', seq, isTry: false })
const wavers = ({ seq }: Recovery): RecoveryEvent => ({ type: 'wavered', seq, isTry: true })
const alive = ({ seq }: Recovery): RecoveryEvent => ({ type: 'alive', seq })
const timeUp: RecoveryEvent = { type: 'timeUp' }
const online: RecoveryEvent = { type: 'network', isOnline: true }
const offline: RecoveryEvent = { type: 'network', isOnline: false }
const call: RecoveryEvent = { type: 'interrupted', by: 'call' }
const happens = (type: 'released' | 'paused' | 'resumed' | 'hidden' | 'shown' | 'complained' | 'stop' | 'hurry' | 'suspend' | 'blocked'): RecoveryEvent => ({ type })
const closed = ({ seq }: Recovery): RecoveryEvent => ({ type: 'closed', seq })
const closeRefused = ({ seq }: Recovery): RecoveryEvent => ({ type: 'closeRefused', seq })
const lacking: RecoveryEvent = { type: 'lacking', code: 'CAMERA_DENIED' }

const LIVE = [start('rtmp'), opened]
const LOST = [...LIVE, 20_000, failed('lost')]

describe('falling back', () => {
  it('[PB2] the first way is opened, and the next at once when it fails or shows nothing in time', () => {
    expect(run(start('wsFlv', 'flv', 'whep'))).toMatchObject({ effects: ['open wsFlv'], wakeIn: 5000 })
    expect(run(start('wsFlv', 'flv', 'whep'), failed('lost')).effects).toEqual(['close', 'open flv'])
    expect(run(start('wsFlv', 'flv', 'whep'), 5000, timeUp).effects).toEqual(['close', 'open flv'])
    expect(run(start('wsFlv', 'flv', 'whep'), 4999, timeUp).effects).toEqual([])
  })

  it('[PB2] when every way has failed it waits, longer each round', () => {
    const round = [failed('lost'), failed('lost')]
    expect(run(start('wsFlv', 'flv'), ...round)).toMatchObject({ effects: ['close', 'NETWORK'], wakeIn: 1000 })
    expect(run(start('wsFlv', 'flv'), ...round, 1000, timeUp).effects).toEqual(['open wsFlv'])
    expect(run(start('wsFlv', 'flv'), ...round, 1000, timeUp, ...round)).toMatchObject({ effects: ['close'], wakeIn: 2000 })
  })

  it('[PB2] the way that worked goes first after an interruption', () => {
    const { effects } = run(start('wsFlv', 'flv'), failed('lost'), opened, 20_000, failed('lost'), 1000, timeUp)
    expect(effects).toEqual(['open flv'])
  })

  it('[PB2] a way that could not hold for ten seconds lets another go first', () => {
    const { effects } = run(start('whep', 'wsFlv'), opened, 3000, failed('lost'), 1000, timeUp)
    expect(effects).toEqual(['open wsFlv'])
  })

  it('[PB2] waits grow while media does not hold, and start anew once it has', () => {
    expect(run(...LIVE, 100, failed('lost'), 1000, timeUp, opened, 1000, failed('lost')).wakeIn).toBe(2000)
    expect(run(...LIVE, 100, failed('lost'), 1000, timeUp, opened, 10_000, failed('lost')).wakeIn).toBe(1000)
  })
})

describe('reasons', () => {
  it('[PB3] a refusal ends it: no other way, no other try', () => {
    expect(run(start('wsFlv', 'flv'), failed('refused'))).toMatchObject({ status: 'failed', trouble: null, effects: ['close', 'REFUSED'] })
    expect(run(...LIVE, failed('refused'))).toMatchObject({ status: 'failed', effects: ['close', 'REFUSED'] })
  })

  it('[PB26] a stream that the person publishes elsewhere ends it until the next start', () => {
    const replaced = [...LOST, 1000, timeUp, failed('replaced')]
    expect(run(...replaced)).toMatchObject({ status: 'failed', effects: ['close', 'REPLACED'] })
    for (const hope of [happens('hurry'), happens('shown'), online])
      expect(run(...replaced, hope)).toMatchObject({ status: 'failed', effects: [] })
    expect(run(...replaced, start('whip')).effects).toEqual(['open whip'])
  })

  it('[PB3] where nobody publishes no other way is tried before the wait', () => {
    expect(run(start('wsFlv', 'flv', 'whep'), failed('lost'), failed('gone'))).toMatchObject({ status: 'connecting', effects: ['close', 'STREAM_GONE'], wakeIn: 1000 })
  })

  it('[PB3] a way that cannot work is not tried again, and when none is left it says so', () => {
    expect(run(start('whep', 'wsFlv'), failed('unsupported'), failed('lost'), 1000, timeUp).effects).toEqual(['open wsFlv'])
    expect(run(start('whep'), failed('unsupported'))).toMatchObject({ status: 'failed', effects: ['close', 'UNSUPPORTED'] })
    expect(run(start())).toMatchObject({ status: 'failed', effects: ['UNSUPPORTED'] })
    expect(run(start('whep', 'wsFlv'), opened, failed('unsupported')).effects).toEqual(['close', 'open wsFlv'])
  })

  it('[PB5] one outage tells one problem once, and the next outage again', () => {
    const gone = [failed('gone'), 4000, timeUp]
    expect(run(start('flv'), ...gone, failed('gone')).effects).toEqual(['close'])
    expect(run(start('flv'), ...gone, opened, failed('lost'), 4000, timeUp, failed('gone')).effects).toContain('STREAM_GONE')
  })
})

describe('until stop()', () => {
  it.each<[string, Doing[], string]>([
    ['before start', [], 'idle'],
    ['opening', [start('flv')], 'connecting'],
    ['waiting for the first time', [start('flv'), failed('lost')], 'connecting'],
    ['live', LIVE, 'live'],
    ['lost after live', LOST, 'interrupted'],
    ['opening again', [...LOST, 1000, timeUp], 'interrupted'],
    ['wavering', [...LIVE, wavered], 'interrupted'],
    ['recovered by itself', [...LIVE, wavered, opened], 'live'],
    ['in a call', [...LIVE, call], 'interrupted'],
    ['paused', [...LIVE, happens('paused')], 'live'],
  ])('[PB4] the status of "%s"', (_name, events, status) => {
    expect(run(...events).status).toBe(status)
    expect(run(...events, happens('stop'))).toMatchObject({ status: 'idle', trouble: null, wakeIn: Number.NaN })
    expect(run(...events, happens('stop'), happens('stop')).effects).toEqual([])
  })

  it('[PB4] stop closes what is open', () => {
    expect(run(start('flv'), happens('stop')).effects).toEqual(['close'])
    expect(run(start('flv'), failed('lost'), happens('stop')).effects).toEqual([])
  })

  it('[RC1] a late answer, or a timer of another state, changes nothing', () => {
    const { state } = run(start('wsFlv', 'flv'), failed('lost'))
    for (const late of [{ type: 'opened', seq: 1 }, { type: 'failed', seq: 1, failure: 'refused' }, { type: 'wavered', seq: 1, isTry: true }, { type: 'alive', seq: 1 }, timeUp] as const)
      expect(transitionRecovery(state, late, { at: 0, random: 0 }, POLICY)).toEqual({ state, effects: [] })
  })

  it('[PB4] [RC6] start, hope, the network and the app\'s return end a wait, and open nothing while it runs', () => {
    for (const hope of [start('flv'), happens('hurry'), happens('shown'), online]) {
      expect(run(start('flv'), failed('lost'), hope).effects).toEqual(['open flv'])
      expect(run(start('flv'), opened, hope).effects).toEqual([])
    }
    expect(run(start('flv'), failed('refused'), happens('hurry')).status).toBe('failed')
  })

  it('[PB4] suspended, it closes and comes back by itself', () => {
    expect(run(...LIVE, happens('suspend'))).toMatchObject({ status: 'interrupted', effects: ['close'], wakeIn: 1000 })
    expect(run(happens('suspend')).status).toBe('idle')
  })
})

describe('something else in its place', () => {
  const redirect = (...ways: Way[]): RecoveryEvent => ({ type: 'redirect', ways })

  it('[LM167] what plays, opens or waits gives way at once', () => {
    expect(run(start('wsFlv', 'flv'), opened, redirect('whep', 'flv'))).toMatchObject({ status: 'connecting', effects: ['close', 'open whep'] })
    expect(run(start('wsFlv'), redirect('whep')).effects).toEqual(['close', 'open whep'])
    expect(run(start('wsFlv'), failed('gone'), redirect('whep')).effects).toEqual(['open whep'])
  })

  it('[LM167] what was refused is tried with what is wanted now', () => {
    expect(run(start('wsFlv'), failed('refused'), redirect('whep'))).toMatchObject({ status: 'connecting', effects: ['open whep'] })
  })

  it('[LM167] it starts nothing of which nothing was asked', () => {
    expect(run(redirect('whep'))).toMatchObject({ status: 'idle', effects: [] })
    expect(run(start('wsFlv'), happens('stop'), redirect('whep'))).toMatchObject({ status: 'idle', effects: [] })
  })

  it('[LM167] a late answer of the way before changes nothing', () => {
    const { status } = run(start('wsFlv'), redirect('whep'), ({ seq }) => ({ type: 'failed', seq: seq - 1, failure: 'refused' }))
    expect(status).toBe('connecting')
  })

  it('[LM167] with nothing to play it closes and says so', () => {
    expect(run(start('wsFlv'), opened, redirect())).toMatchObject({ status: 'failed', effects: ['close', 'UNSUPPORTED'] })
  })

  it('[RC14] paused by the person, another stream stays paused', () => {
    expect(run(start('wsFlv'), opened, happens('paused'), redirect('whep'), opened).effects).toEqual(['pause'])
  })
})

describe('the tries of an outage', () => {
  const tryInVain = [timeUp, failed('lost')]

  it('[RC2] waits follow the list, spread over their upper half and never longer', () => {
    const wait = (random: number) => transitionRecovery(run(...LIVE).state, { type: 'failed', seq: 1, failure: 'lost' }, { at: 20_000, random }, POLICY).state
    expect(wait(0)).toMatchObject({ until: 20_500 })
    expect(wait(0.999)).toMatchObject({ until: 21_000 })
  })

  it('[RC3] when the waits are used up it is stuck, and goes on trying', () => {
    const stuck = run(...LOST, 1000, ...tryInVain, 2000, ...tryInVain, 4000, ...tryInVain)
    expect(stuck).toMatchObject({ wakeIn: 60_000, trouble: { kind: 'stuck', attempt: 4 } })
    const again = run(...LOST, 1000, ...tryInVain, 2000, ...tryInVain, 4000, ...tryInVain, 60_000, ...tryInVain)
    expect(again).toMatchObject({ wakeIn: 60_000, trouble: { kind: 'stuck', attempt: 5 } })
  })

  it('[RC3] slow tries count as well: after a minute it is stuck', () => {
    expect(run(...LOST, 1000, timeUp, 4000, failed('lost')).trouble).toMatchObject({ kind: 'waiting', attempt: 2 })
    expect(run(...LOST, 1000, timeUp, 59_000, failed('lost')).trouble).toMatchObject({ kind: 'stuck', attempt: 2 })
  })

  it('[RC4] who taps, and every return, has all patience again', () => {
    const stuck = [...LOST, 1000, ...tryInVain, 2000, ...tryInVain, 4000, ...tryInVain]
    for (const hope of [start('rtmp'), happens('hurry'), happens('shown'), online])
      expect(run(...stuck, hope, failed('lost'))).toMatchObject({ wakeIn: 1000, trouble: { kind: 'waiting', attempt: 1 } })
  })

  it('[RC5] without a network nothing is tried until it is back, but for a tap', () => {
    expect(run(...LOST, offline)).toMatchObject({ trouble: { kind: 'offline' }, wakeIn: Number.NaN })
    expect(run(...LOST, offline, 90_000, timeUp).effects).toEqual([])
    expect(run(...LOST, offline, 90_000, happens('hurry')).effects).toEqual([])
    expect(run(...LOST, offline, 90_000, online).effects).toEqual(['open rtmp'])
    expect(run(...LOST, offline, start('rtmp')).effects).toEqual(['open rtmp'])
    expect(run(offline, start('rtmp')).effects).toEqual(['open rtmp'])
  })
})

describe('signs of life', () => {
  it.each([['another network', online], ['the app\'s return', happens('shown')]])('[RC7] after %s one is due within 8 s, and what is silent is opened anew at once', (_what, change) => {
    expect(run(...LIVE, change)).toMatchObject({ status: 'live', trouble: null, wakeIn: 8000 })
    expect(run(...LIVE, change, 7000, alive).wakeIn).toBe(Number.NaN)
    expect(run(...LIVE, change, 8000, timeUp)).toMatchObject({ status: 'interrupted', effects: ['close', 'open rtmp'], trouble: { kind: 'reconnecting', attempt: 1 } })
  })

  it('[RC8] what the platform tries by itself is counted, and given up after the time of an opening', () => {
    expect(run(...LIVE, wavered).trouble).toEqual({ kind: 'reconnecting', attempt: 1 })
    expect(run(...LIVE, wavers, 1000, wavers, wavered)).toMatchObject({ wakeIn: 5000, trouble: { kind: 'reconnecting', attempt: 2 } })
    expect(run(...LIVE, wavers, 1000, alive).status).toBe('interrupted')
    expect(run(...LIVE, wavers, 5000, timeUp).effects).toEqual(['close', 'open rtmp'])
    expect(run(...LIVE, offline, wavered).trouble).toEqual({ kind: 'offline' })
  })

  it('[RC9] bytes open a publisher, not at once after an outage, and never a player', () => {
    expect(run(start('rtmp'), alive).status).toBe('live')
    expect(run(...LOST, 1000, timeUp, 999, alive).status).toBe('interrupted')
    expect(run(...LOST, 1000, timeUp, 1000, alive).status).toBe('live')
    const { state } = run(start('flv'))
    expect(transitionRecovery(state, { type: 'alive', seq: 1 }, { at: 3000, random: 0 }, { ...POLICY, doBytesOpen: false }).state).toBe(state)
  })
})

describe('a weak network', () => {
  const complained = happens('complained')

  it('[RC10] two complaints within ten seconds, gone after ten without', () => {
    expect(run(...LIVE, complained).trouble).toBeNull()
    expect(run(...LIVE, complained, 10_000, complained).trouble).toBeNull()
    expect(run(...LIVE, complained, 9999, complained)).toMatchObject({ status: 'live', trouble: { kind: 'weak' }, wakeIn: 10_000 })
    expect(run(...LIVE, complained, complained, 9000, complained, 9999, timeUp).trouble).toEqual({ kind: 'weak' })
    expect(run(...LIVE, complained, complained, 9000, complained, 10_000, timeUp)).toMatchObject({ trouble: null, wakeIn: Number.NaN })
  })

  it('[RC10] it opens and closes nothing, and an outage says more', () => {
    expect(run(...LIVE, complained, complained).effects).toEqual([])
    expect(run(...LIVE, complained, complained, wavered).trouble).toEqual({ kind: 'reconnecting', attempt: 1 })
  })
})

describe('who holds it', () => {
  it.each([['call', call], ['system', { type: 'interrupted', by: 'system' }]] as const)('[RC11] [LM171] a %s pauses it once, and its end resumes it over the same connection', (by, taking) => {
    expect(run(...LIVE, taking)).toMatchObject({ effects: ['pause'], status: 'interrupted', trouble: { kind: 'paused', by }, wakeIn: Number.NaN })
    expect(run(...LIVE, taking, taking).effects).toEqual([])
    for (const giving of [happens('released'), happens('shown'), happens('resumed')])
      expect(run(...LIVE, taking, 60_000, giving)).toMatchObject({ effects: ['resume'], status: 'interrupted', trouble: { kind: 'reconnecting', attempt: 1 }, wakeIn: 8000 })
    expect(run(...LIVE, taking, happens('released'), opened)).toMatchObject({ status: 'live', trouble: null })
    expect(run(...LIVE, taking, happens('released'), alive)).toMatchObject({ status: 'live', trouble: null })
  })

  it('[RC12] what does not come back after a call is opened anew', () => {
    expect(run(...LIVE, call, happens('released'), failed('lost')).effects).toEqual(['close'])
    expect(run(...LIVE, call, happens('released'), 8000, timeUp).effects).toEqual(['close', 'open rtmp'])
  })

  it('[RC13] lost meanwhile, it rests until it is given back, and then tries at once', () => {
    const lost = [...LIVE, call, failed('lost')]
    expect(run(...lost)).toMatchObject({ effects: ['close'], trouble: { kind: 'paused', by: 'call' }, wakeIn: Number.NaN })
    for (const giving of [happens('released'), happens('shown'), happens('resumed')])
      expect(run(...lost, giving).effects).toEqual(['open rtmp'])
    expect(run(...lost, offline, happens('released')).effects).toEqual([])
    expect(run(...lost, offline, happens('resumed')).effects).toEqual(['open rtmp'])
    expect(run(start('rtmp'), call, opened).effects).toEqual(['pause'])
  })

  it('[RC14] the person\'s own pause stays through a call, the background and a new connection', () => {
    const paused = [...LIVE, happens('paused')]
    expect(run(...paused)).toMatchObject({ effects: ['pause'], status: 'live', trouble: { kind: 'paused', by: 'person' } })
    expect(run(...paused, call, happens('released'))).toMatchObject({ effects: [], trouble: { kind: 'paused', by: 'person' } })
    expect(run(...paused, happens('hidden'), happens('shown')).effects).toEqual([])
    expect(run(...paused, failed('lost'), happens('hurry'), start('rtmp')).effects).toEqual([])
    expect(run(...paused, failed('lost'), happens('resumed')).effects).toEqual(['open rtmp'])
    expect(run(...paused, happens('resumed'))).toMatchObject({ effects: ['resume'], status: 'live', trouble: null, wakeIn: 8000 })
    expect(run(happens('paused'), start('rtmp'), opened).effects).toEqual([])
  })
})

describe('background and foreground', () => {
  it('[RC15] in the background nothing is closed and nothing is tried; on return it goes on at once', () => {
    expect(run(...LIVE, happens('hidden'))).toMatchObject({ effects: [], status: 'live', trouble: { kind: 'paused', by: 'background' } })
    expect(run(...LIVE, happens('hidden'), failed('lost'))).toMatchObject({ wakeIn: Number.NaN, trouble: { kind: 'paused', by: 'background' } })
    expect(run(...LIVE, happens('hidden'), failed('lost'), happens('shown')).effects).toEqual(['open rtmp'])
    expect(run(...LIVE, happens('hidden'), wavered, 5000, timeUp)).toMatchObject({ effects: ['close'], wakeIn: Number.NaN })
  })

  it('[RC16] a close that was refused is said again on return, until it is granted', () => {
    const refused = [...LIVE, happens('hidden'), happens('stop'), closeRefused]
    expect(run(...refused).effects).toEqual([])
    expect(run(...refused, happens('shown')).effects).toEqual(['closeAgain'])
    expect(run(...refused, happens('shown'), closeRefused, happens('shown')).effects).toEqual(['closeAgain'])
    expect(run(...refused, happens('shown'), closed, happens('shown')).effects).toEqual([])
  })

  it('[RC16] not while something new is open', () => {
    expect(run(...LIVE, happens('stop'), closeRefused, start('rtmp'), happens('shown')).effects).toEqual([])
    const between = [...LIVE, failed('lost'), closeRefused, happens('shown')]
    expect(run(...between).effects).toEqual(['closeAgain', 'open rtmp'])
  })
})

describe('devices', () => {
  it('[RC17] a device that lacks is told at once; if nothing flows for want of it the tries end', () => {
    expect(run(start('rtmp'), lacking)).toMatchObject({ status: 'connecting', effects: ['CAMERA_DENIED'] })
    expect(run(start('rtmp'), lacking, failed('lost'))).toMatchObject({ status: 'failed', effects: ['close'] })
    expect(run(start('rtmp'), lacking, 5000, timeUp)).toMatchObject({ status: 'failed', effects: ['close'] })
    expect(run(start('rtmp'), lacking, failed('lost'), start('rtmp')).effects).toEqual(['open rtmp'])
  })

  it('[RC18] lost while live, what still flows goes on, and the app\'s return takes the device up anew', () => {
    expect(run(...LIVE, lacking)).toMatchObject({ status: 'live', effects: ['CAMERA_DENIED'] })
    expect(run(...LIVE, lacking, happens('hidden'), happens('shown'))).toMatchObject({ effects: ['close', 'open rtmp'], state: { lacks: null } })
    expect(run(lacking).effects).toEqual(['CAMERA_DENIED'])
  })

  it('[RC17] what cannot begin fails without a second word', () => {
    expect(run(happens('blocked'))).toMatchObject({ status: 'failed', effects: [] })
    expect(run(...LIVE, happens('blocked'))).toMatchObject({ status: 'failed', effects: ['close'] })
  })
})

describe('what is told', () => {
  it('[RC19] nothing during the first try; then reconnecting, waiting with the time of the next try, offline', () => {
    expect(run(start('rtmp')).trouble).toBeNull()
    expect(run(start('rtmp'), failed('lost')).trouble).toEqual({ kind: 'waiting', attempt: 1, until: 1000 })
    expect(run(start('rtmp'), failed('lost'), 1000, timeUp).trouble).toEqual({ kind: 'reconnecting', attempt: 1 })
    expect(run(start('rtmp'), failed('lost'), 1000, timeUp, failed('lost'), 2000, timeUp).trouble).toEqual({ kind: 'reconnecting', attempt: 2 })
    expect(run(...LIVE, call, happens('hidden')).trouble).toEqual({ kind: 'paused', by: 'call' })
  })
})
