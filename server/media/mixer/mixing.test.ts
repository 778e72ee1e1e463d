/** Real people before a real engine: what is mixed is decoded and looked at. */
import type { TestStage } from './testing/stage'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stopAll } from '../embedded/testing/ffmpeg'
import { until } from '../embedded/testing/until'
import { mixerProcesses } from './testing/processes'
import { longestSilenceMs, loudness, recordStream } from './testing/recordStream'
import { ANCHOR, coloursOf, GUEST, HZ, MIXED, mixOf, OTHER, pause, publish, scenesOf, seat, startStage, watchArrivals } from './testing/stage'

let stage: TestStage

beforeEach(async () => {
  stage = await startStage()
})
afterEach(async () => {
  stopAll()
  await stage.stop()
})

const isMixed = () => stage.hub.find(MIXED) !== undefined
const record = (milliseconds: number) => recordStream(stage.play(MIXED).flv, milliseconds)
const heard = (sound: Int16Array, streamId: keyof typeof HZ) => loudness(sound, HZ[streamId]).filter(level => level > 0.02).length * 50

describe('a mixed stream', { timeout: 60_000 }, () => {
  it('[LM80] shows everybody in their place and sounds like all of them', async () => {
    await publish(stage, ANCHOR, GUEST, OTHER)
    await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1), seat(OTHER, 3)))
    await until(isMixed)
    const recording = await record(2500)
    expect(recording).toMatchObject({ width: 360, height: 640 })
    expect(scenesOf(recording)).toEqual(['red green red blue'])
    for (const streamId of [ANCHOR, GUEST, OTHER] as const)
      expect(longestSilenceMs(recording.sound, HZ[streamId]), streamId).toBeLessThanOrEqual(300)
    expect(Math.max(...loudness(recording.sound, 700))).toBeLessThan(0.01)
  })

  it('[LM80] has of a muted guest neither picture nor sound', async () => {
    await publish(stage, ANCHOR, GUEST)
    await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1)))
    await until(isMixed)
    await stage.provider.mute(GUEST, { sound: true, picture: true })
    await pause(1000)
    const recording = await record(1500)
    expect(coloursOf(recording, recording.pictures.at(-1)!)).toBe('red black red red')
    expect(Math.max(...loudness(recording.sound, HZ[GUEST]).slice(-20))).toBeLessThan(0.01)
    expect(Math.min(...loudness(recording.sound, HZ[ANCHOR]).slice(-20))).toBeGreaterThan(0.02)
  })

  it('[LM81] begins with everybody in it, and mixing is no viewer', async () => {
    await publish(stage, ANCHOR, GUEST)
    await stage.provider.mix(MIXED, mixOf(seat(GUEST, 2)))
    await until(isMixed)
    const recording = await record(1500)
    expect(coloursOf(recording, recording.pictures[0])).toBe('red red green red')
    const readers = Object.fromEntries(stage.provider.figures().map(({ streamId, readers, publisher }) => [streamId, `${publisher} ${readers}`]))
    expect(readers).toEqual({ [ANCHOR]: 'rtmp 0', [GUEST]: 'rtmp 0', [MIXED]: expect.stringMatching(/^mix \d$/) })
  })

  it('[LM82] joining, leaving and switching off the camera change what is seen and heard, in one publication and without a gap', async () => {
    await publish(stage, ANCHOR, GUEST, OTHER)
    await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1)))
    await until(isMixed)
    const recorded = record(6500)
    const longestHole = watchArrivals(stage, ANCHOR)
    for (const guests of [[seat(GUEST, 1), seat(OTHER, 2)], [seat(GUEST, 1, false), seat(OTHER, 2)], [seat(OTHER, 2)]]) {
      await pause(1500)
      await stage.provider.mix(MIXED, mixOf(...guests))
    }
    const recording = await recorded
    expect(scenesOf(recording)).toEqual(['red green red red', 'red green blue red', 'red red blue red', 'red red blue red'].filter((scene, index, all) => scene !== all[index - 1]))
    expect(longestSilenceMs(recording.sound, HZ[ANCHOR])).toBeLessThanOrEqual(300 + longestHole())
    expect(heard(recording.sound, GUEST)).toBeGreaterThan(3500)
    expect(heard(recording.sound, GUEST)).toBeLessThan(5500)
    expect(heard(recording.sound, OTHER)).toBeGreaterThan(3500)
    expect(stage.events).toEqual(['publish'])
  })

  it('[LM84] a guest who is gone and comes back disturbs nobody, and is back', async () => {
    const [, guest] = await publish(stage, ANCHOR, GUEST)
    await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1)))
    await until(isMixed)
    const recorded = record(6500)
    const longestHole = watchArrivals(stage, ANCHOR)
    await pause(1000)
    await guest.stop()
    await pause(2000)
    await publish(stage, GUEST)
    const recording = await recorded
    expect(scenesOf(recording)).toEqual(['red green red red'])
    expect(longestSilenceMs(recording.sound, HZ[ANCHOR])).toBeLessThanOrEqual(300 + longestHole())
    expect(longestSilenceMs(recording.sound, HZ[GUEST])).toBeGreaterThan(1500)
    const levels = loudness(recording.sound, HZ[GUEST])
    expect(levels[5]).toBeGreaterThan(0.02)
    expect(Math.max(...levels.slice(-10))).toBeGreaterThan(0.02)
  })

  it('[LM87] the first room is mixed, and when it ends the next one', async () => {
    await publish(stage, ANCHOR, GUEST)
    const second = 'r99999-umix'
    await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1)))
    await stage.provider.mix(second, mixOf(seat(GUEST, 1)))
    await until(isMixed)
    await pause(500)
    expect(stage.hub.find(second)).toBeUndefined()
    await stage.provider.stopMix(MIXED)
    expect(isMixed()).toBe(false)
    await until(() => stage.hub.find(second) !== undefined)
  })

  it('[LM89] leaves nothing behind, and shows nobody an address', async () => {
    await publish(stage, ANCHOR, GUEST, OTHER)
    await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1), seat(OTHER, 2)))
    await until(isMixed)
    const processes = mixerProcesses()
    expect(processes.filter(({ isEncoder }) => isEncoder)).toHaveLength(1)
    expect(processes).toHaveLength(4)
    expect(processes.map(({ command }) => command).join()).not.toMatch(/txSecret|r23456|:\/\//)
    await stage.provider.stopMix(MIXED)
    await until(() => mixerProcesses().length === 0)
    await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1)))
    await until(isMixed)
    await stage.close()
    await until(() => mixerProcesses().length === 0)
    expect(stage.events).toEqual(['publish', 'unpublish', 'publish', 'unpublish'])
  })
})
