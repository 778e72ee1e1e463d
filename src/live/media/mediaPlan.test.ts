import type { MediaFailure, PlanEvent, PlanPolicy, PlanState, Way } from './mediaPlan'
import { describe, expect, it } from 'vitest'
import { IDLE_PLAN, statusOf, transitionPlan } from './mediaPlan'

const POLICY: PlanPolicy = { openMs: 5000, steadyMs: 10_000 }

/** Runs events; `$` stands for the present number. Answers the state and, in words, the effects of the last event. */
function run(...events: (PlanEvent | ((state: PlanState) => PlanEvent))[]) {
  let state = IDLE_PLAN
  let effects: string[] = []
  for (const event of events) {
    const result = transitionPlan(state, typeof event === 'function' ? event(state) : event, POLICY)
    state = result.state
    effects = result.effects.map(effect => effect.type === 'open' ? `open ${effect.way}` : effect.type === 'wait' ? `wait ${effect.attempt}` : effect.type === 'problem' ? effect.problem.code : effect.type)
  }
  return { state, effects, status: statusOf(state) }
}

const start = (...ways: Way[]): PlanEvent => ({ type: 'start', ways })
const opened = (at = 0) => ({ seq }: PlanState): PlanEvent => ({ type: 'opened', seq, at })
const failed = (failure: MediaFailure, at = 0) => ({ seq }: PlanState): PlanEvent => ({ type: 'failed', seq, failure, at })
const timeUp = (at = 0) => ({ seq }: PlanState): PlanEvent => ({ type: 'timeUp', seq, at })
const wavered = ({ seq }: PlanState): PlanEvent => ({ type: 'wavered', seq })

describe('falling back', () => {
  it('[PB2] the first way is opened, and the next at once when it fails or shows nothing in time', () => {
    expect(run(start('wsFlv', 'flv', 'whep')).effects).toEqual(['open wsFlv', 'expect'])
    expect(run(start('wsFlv', 'flv', 'whep'), failed('lost')).effects).toEqual(['close', 'open flv', 'expect'])
    expect(run(start('wsFlv', 'flv', 'whep'), timeUp()).effects).toEqual(['close', 'open flv', 'expect'])
  })

  it('[PB2] when every way has failed it waits, longer each round', () => {
    const round = [failed('lost'), timeUp()]
    expect(run(start('wsFlv', 'flv'), ...round).effects).toEqual(['close', 'NETWORK', 'wait 0'])
    expect(run(start('wsFlv', 'flv'), ...round, timeUp()).effects).toEqual(['open wsFlv', 'expect'])
    expect(run(start('wsFlv', 'flv'), ...round, timeUp(), ...round).effects).toEqual(['close', 'wait 1'])
  })

  it('[PB2] the way that worked goes first after an interruption', () => {
    const { effects } = run(start('wsFlv', 'flv'), failed('lost'), opened(0), failed('lost', 20_000), timeUp(20_500))
    expect(effects).toEqual(['open flv', 'expect'])
  })

  it('[PB2] a way that could not hold for ten seconds lets another go first', () => {
    const { effects } = run(start('whep', 'wsFlv'), opened(0), failed('lost', 3000), timeUp(3500))
    expect(effects).toEqual(['open wsFlv', 'expect'])
  })

  it('[PB2] waits grow while media does not hold, and start anew once it has', () => {
    expect(run(start('whip'), opened(0), failed('lost', 100), timeUp(), opened(1000), failed('lost', 2000)).effects).toEqual(['close', 'wait 1'])
    expect(run(start('whip'), opened(0), failed('lost', 100), timeUp(), opened(1000), failed('lost', 12_000)).effects).toEqual(['close', 'wait 0'])
  })
})

describe('reasons', () => {
  it('[PB3] a refusal ends it: no other way, no other try', () => {
    expect(run(start('wsFlv', 'flv'), failed('refused'))).toMatchObject({ status: 'failed', effects: ['close', 'REFUSED'] })
    expect(run(start('whip'), opened(), failed('refused'))).toMatchObject({ status: 'failed', effects: ['close', 'REFUSED'] })
  })

  it('[PB26] a stream that the person publishes elsewhere ends it until the next start', () => {
    const replaced = run(start('whip'), opened(), failed('lost'), timeUp(), failed('replaced'))
    expect(replaced).toMatchObject({ status: 'failed', effects: ['close', 'REPLACED'] })
    expect(transitionPlan(replaced.state, { type: 'hurry' }, POLICY).effects).toEqual([])
    expect(transitionPlan(replaced.state, start('whip'), POLICY).state.status).toBe('opening')
  })

  it('[PB3] where nobody publishes no other way is tried before the wait', () => {
    expect(run(start('wsFlv', 'flv', 'whep'), failed('lost'), failed('gone'))).toMatchObject({ status: 'connecting', effects: ['close', 'STREAM_GONE', 'wait 0'] })
  })

  it('[PB3] a way that cannot work is not tried again, and when none is left it says so', () => {
    expect(run(start('whep', 'wsFlv'), failed('unsupported'), failed('lost'), timeUp()).effects).toEqual(['open wsFlv', 'expect'])
    expect(run(start('whep'), failed('unsupported'))).toMatchObject({ status: 'failed', effects: ['close', 'UNSUPPORTED'] })
    expect(run(start())).toMatchObject({ status: 'failed', effects: ['UNSUPPORTED'] })
    expect(run(start('whep', 'wsFlv'), opened(), failed('unsupported')).effects).toEqual(['close', 'open wsFlv', 'expect'])
  })

  it('[PB5] one outage tells one problem once, and the next outage again', () => {
    const gone = [failed('gone'), timeUp()]
    expect(run(start('flv'), ...gone, failed('gone')).effects).toEqual(['close', 'wait 1'])
    expect(run(start('flv'), ...gone, opened(), failed('lost'), timeUp(), failed('gone')).effects).toContain('STREAM_GONE')
  })
})

describe('until stop()', () => {
  it.each<[string, (PlanEvent | ((state: PlanState) => PlanEvent))[], string]>([
    ['before start', [], 'idle'],
    ['opening', [start('flv')], 'connecting'],
    ['waiting for the first time', [start('flv'), failed('lost')], 'connecting'],
    ['live', [start('flv'), opened()], 'live'],
    ['lost after live', [start('flv'), opened(), failed('lost')], 'interrupted'],
    ['opening again', [start('flv'), opened(), failed('lost'), timeUp()], 'interrupted'],
    ['wavering', [start('flv'), opened(), wavered], 'interrupted'],
    ['recovered by itself', [start('flv'), opened(), wavered, opened()], 'live'],
  ])('[PB4] the status of "%s"', (_name, events, status) => {
    expect(run(...events).status).toBe(status)
    expect(run(...events, { type: 'stop' }).status).toBe('idle')
    expect(run(...events, { type: 'stop' }, { type: 'stop' }).effects).toEqual([])
  })

  it('[PB4] stop closes what is open', () => {
    expect(run(start('flv'), { type: 'stop' }).effects).toEqual(['close'])
    expect(run(start('flv'), failed('lost'), { type: 'stop' }).effects).toEqual([])
  })

  it('[PB4] a late answer changes nothing', () => {
    const { state } = run(start('wsFlv', 'flv'), failed('lost'))
    for (const late of [{ type: 'opened', seq: 1, at: 0 }, { type: 'failed', seq: 1, failure: 'refused', at: 0 }, { type: 'timeUp', seq: 1, at: 0 }, { type: 'wavered', seq: 1 }] as const)
      expect(transitionPlan(state, late, POLICY)).toEqual({ state, effects: [] })
  })

  it('[PB4] start and hurry end a wait, and change nothing while it runs', () => {
    for (const hurry of [start('flv'), { type: 'hurry' } as const]) {
      expect(run(start('flv'), failed('lost'), hurry).effects).toEqual(['open flv', 'expect'])
      expect(run(start('flv'), opened(), hurry).effects).toEqual([])
    }
    expect(run(start('flv'), failed('refused'), { type: 'hurry' }).status).toBe('failed')
  })

  it('[PB4] suspended, it closes and comes back by itself', () => {
    expect(run(start('whip'), opened(), { type: 'suspend' })).toMatchObject({ status: 'interrupted', effects: ['close', 'wait 0'] })
    expect(run({ type: 'suspend' }).status).toBe('idle')
  })
})

describe('something else in its place', () => {
  const redirect = (...ways: Way[]): PlanEvent => ({ type: 'redirect', ways })

  it('[LM167] what plays, opens or waits gives way at once', () => {
    expect(run(start('wsFlv', 'flv'), opened(), redirect('whep', 'flv'))).toMatchObject({ status: 'connecting', effects: ['close', 'open whep', 'expect'] })
    expect(run(start('wsFlv'), redirect('whep')).effects).toEqual(['close', 'open whep', 'expect'])
    expect(run(start('wsFlv'), failed('gone'), redirect('whep')).effects).toEqual(['open whep', 'expect'])
  })

  it('[LM167] what was refused is tried with what is wanted now', () => {
    expect(run(start('wsFlv'), failed('refused'), redirect('whep'))).toMatchObject({ status: 'connecting', effects: ['open whep', 'expect'] })
  })

  it('[LM167] it starts nothing of which nothing was asked', () => {
    expect(run(redirect('whep'))).toMatchObject({ status: 'idle', effects: [] })
    expect(run(start('wsFlv'), { type: 'stop' }, redirect('whep'))).toMatchObject({ status: 'idle', effects: [] })
  })

  it('[LM167] a late answer of the way before changes nothing', () => {
    const { status } = run(start('wsFlv'), redirect('whep'), ({ seq }) => ({ type: 'failed', seq: seq - 1, failure: 'refused', at: 0 }))
    expect(status).toBe('connecting')
  })

  it('[LM167] with nothing to play it closes and says so', () => {
    expect(run(start('wsFlv'), opened(), redirect())).toMatchObject({ status: 'failed', effects: ['close', 'UNSUPPORTED'] })
  })
})
