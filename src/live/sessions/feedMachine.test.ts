import type { Feed, FeedEvent } from './feedMachine'
import { describe, expect, it } from 'vitest'
import { CONNECTING, STEADY, transitionFeed } from './feedMachine'

function run(feed: Feed, ...events: FeedEvent[]) {
  let state = feed
  let effects: string[] = []
  for (const event of events) {
    const result = transitionFeed(state, event)
    state = result.state
    effects = result.effects.map(({ type }) => type)
  }
  return { state, effects }
}

const lost: FeedEvent = { type: 'pusher', status: 'interrupted' }
const live: FeedEvent = { type: 'pusher', status: 'live' }
const stuck: FeedEvent = { type: 'stuck' }
const renewed: FeedEvent = { type: 'renewed' }
const refused: FeedEvent = { type: 'pusherFailed', problem: 'REFUSED' }

describe('a pusher that is stuck', () => {
  it('[RC36] gets fresh addresses, and tries with them at once', () => {
    for (const feed of [STEADY, CONNECTING]) {
      expect(run(feed, lost, stuck)).toEqual({ state: { status: 'renewing', isTrying: true }, effects: ['renewUrls'] })
      expect(run(feed, lost, stuck, renewed)).toEqual({ state: { status: 'connecting', isRenewed: true }, effects: ['startPush'] })
    }
  })

  it('[RC36] only once in an outage', () => {
    expect(run(STEADY, lost, stuck, renewed, lost, stuck).effects).toEqual([])
    expect(run(STEADY, lost, stuck, renewed, live, lost, stuck).effects).toEqual(['renewUrls'])
    expect(run(STEADY, stuck).effects).toEqual([])
  })

  it('[RC36] goes on with the old ones where there are no others', () => {
    expect(run(STEADY, lost, stuck, { type: 'renewFailed' })).toEqual({ state: { status: 'reconnecting', isRenewed: true }, effects: [] })
    expect(run(STEADY, lost, stuck, live)).toEqual({ state: STEADY, effects: [] })
    expect(run(STEADY, lost, stuck, live, renewed)).toEqual({ state: STEADY, effects: [] })
  })

  it('[RC36] refused meanwhile, it waits for the fresh ones', () => {
    expect(run(STEADY, lost, stuck, refused)).toEqual({ state: { status: 'renewing', isTrying: false }, effects: ['renewUrls'] })
    expect(run(STEADY, lost, stuck, refused, renewed).effects).toEqual(['startPush'])
    expect(run(STEADY, lost, stuck, refused, { type: 'renewFailed' }).state).toEqual({ status: 'down', problem: 'NETWORK' })
    expect(run(STEADY, lost, stuck, { type: 'pusherFailed', problem: 'CAMERA_DENIED' }).state).toEqual({ status: 'down', problem: 'CAMERA_DENIED' })
  })
})

describe('a person', () => {
  it('[RC37] who taps while the pusher tries makes it try at once', () => {
    expect(run(CONNECTING, { type: 'retry' })).toEqual({ state: CONNECTING, effects: ['startPush'] })
    expect(run(STEADY, lost, { type: 'retry' }).effects).toEqual(['startPush'])
    expect(run(STEADY, { type: 'retry' }).effects).toEqual([])
  })
})
