/** Mixing with an ffmpeg that never works, on a clock of its own. */
import type { Mixer } from './createMixer'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VirtualClock } from '../../testing/VirtualClock'
import { FlvTagType } from '../embedded/flv'
import { avcSequenceHeader } from '../embedded/flvFrames'
import { BlankPictures } from '../embedded/mute/blankPictures'
import { isRefusal, StreamHub } from '../embedded/streamHub'
import { createMixer } from './createMixer'
import { MIX_QUALITIES } from './quality'

const MINUTE_MS = 60_000
/** Time is this coarse here. */
const STEP_MS = 100
const [FIRST, SECOND] = ['r11111-umix', 'r22222-umix']
const stageOf = (streamId: string) => ({ anchorStreamId: streamId.replace('umix', 'uanchor'), guests: [] })

let clock: VirtualClock
let hub: StreamHub
let mixer: Mixer
let log: string[]

beforeEach(() => {
  clock = new VirtualClock()
  hub = new StreamHub({ clock })
  log = []
  mixer = createMixer({ hub, clock, command: 'false', quality: MIX_QUALITIES['360p'], maxRooms: 1, log: message => log.push(message) })
})
afterEach(() => mixer.close())

const endings = () => log.filter(line => line.includes('no longer mixed')).map(line => line.split(' ')[0])
const tries = (streamId: string) => log.filter(line => line.includes(`${streamId} starts its encoder anew`)).length

/** Time passes until somebody's mix has been given up so often; processes need real time, too. */
async function untilGivenUp(times: number) {
  while (endings().length < times) {
    await clock.advance(STEP_MS)
    await new Promise(resolve => setTimeout(resolve, 1))
  }
}

describe('a mix that was given up', { timeout: 30_000 }, () => {
  it('[LM86] is tried again after a minute, then after two, whatever happens on the stage meanwhile', async () => {
    mixer.mix(FIRST, stageOf(FIRST))
    await untilGivenUp(1)
    for (const restMs of [MINUTE_MS, 2 * MINUTE_MS]) {
      const before = tries(FIRST)
      await clock.advance(restMs / 2)
      mixer.mix(FIRST, stageOf(FIRST))
      expect(clock.pending).toBe(1) // nothing but the rest
      await clock.advance(restMs / 2 - STEP_MS)
      expect(clock.pending).toBe(1)
      expect(tries(FIRST)).toBe(before)
      const given = endings().length
      await untilGivenUp(given + 1)
      expect(tries(FIRST)).toBe(before + 4)
    }
  })

  it('[LM87] leaves its place to the next one, and gets it back when that is free', async () => {
    mixer.mix(FIRST, stageOf(FIRST))
    mixer.mix(SECOND, stageOf(SECOND))
    await untilGivenUp(2)
    expect(endings()).toEqual([FIRST, SECOND])
    await untilGivenUp(3)
    expect(endings()).toEqual([FIRST, SECOND, FIRST])
  })

  it('[LM89] is forgotten with its stage, and nothing begins when all is closed', async () => {
    mixer.mix(FIRST, stageOf(FIRST))
    await untilGivenUp(1)
    mixer.stopMix(FIRST)
    expect(clock.pending).toBe(0)
    mixer.mix(SECOND, stageOf(SECOND))
    await untilGivenUp(2)
    mixer.close()
    mixer.mix(FIRST, stageOf(FIRST))
    expect(clock.pending).toBe(0)
  })
})

describe('a stream of which nothing can be decoded', () => {
  it('[LM89] is not looked at any more when the mix has ended', async () => {
    hub.publish(stageOf(FIRST).anchorStreamId, 'trusted', { id: 'phone', kind: 'rtmp', close() {} })
    await clock.advance(10_000) // it is known by now that no headers come
    mixer.mix(FIRST, stageOf(FIRST))
    await clock.advance(STEP_MS)
    mixer.stopMix(FIRST)
    expect(clock.pending).toBe(0)
  })
})

describe('an anchor whose picture cannot be decoded', () => {
  it('[LM81] is not mixed: everybody\'s own stream shows more', async () => {
    const { anchorStreamId } = stageOf(FIRST)
    const anchor = hub.publish(anchorStreamId, 'trusted', { id: 'phone', kind: 'rtmp', close() {} })
    if (isRefusal(anchor))
      throw new Error(anchor)
    anchor.push(FlvTagType.Video, 0, avcSequenceHeader(new BlankPictures(undefined).parameterSets))
    mixer.mix(FIRST, stageOf(FIRST))
    for (let round = 0; !log.some(line => line.includes('could not be decoded')) || round < 100; round++) {
      await clock.advance(STEP_MS)
      await new Promise(resolve => setTimeout(resolve, 1))
    }
    await clock.advance(5000)
    expect(log.filter(line => !line.startsWith(anchorStreamId))).toEqual([])
    hub.unpublish(anchor)
    await untilGivenUp(1) // without a picture of the anchor there is none to wait for
  })
})
