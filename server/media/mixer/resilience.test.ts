/** What goes wrong with people's streams and with ffmpeg itself, and what the audience notices of it. */
import type { ScriptedPublisher } from './testing/scriptedPublisher'
import type { TestStage } from './testing/stage'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseFlvFile } from '../embedded/flvFile'
import { person, stopAll } from '../embedded/testing/ffmpeg'
import { until } from '../embedded/testing/until'
import { shapeOf } from './shape'
import { isRunning, mixerProcesses } from './testing/processes'
import { longestSilenceMs, loudness, recordStream } from './testing/recordStream'
import { encodePiece, startScripted } from './testing/scriptedPublisher'
import { ANCHOR, coloursOf, GUEST, HZ, MIXED, mixOf, pause, publish, scenesOf, seat, startStage, watchArrivals } from './testing/stage'

/** A second of red or lime without sound in turn, and of a tone when it is lime. */
const FLASHES = ['-f', 'lavfi', '-i', 'color=red:size=360x640:rate=25,drawbox=color=lime:t=fill:enable=\'lt(mod(t,1),0.4)\'', '-f', 'lavfi', '-i', 'aevalsrc=\'0.3*sin(2*PI*440*t)*lt(mod(t,1),0.4)\':s=44100', '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', '25', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-ac', '2']

const TIMEOUT_MS = 60_000

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
const encoder = () => mixerProcesses().find(({ isEncoder }) => isEncoder)

async function mixTwo() {
  const encoders = await publish(stage, ANCHOR, GUEST)
  await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1)))
  await until(isMixed)
  return encoders
}

/** However long the machine takes to begin. */
async function playUntilMixed(publisher: ScriptedPublisher, piece: Buffer) {
  do
    await publisher.play(piece)
  while (!isMixed())
}

/** Headers stay whole: what is in the pictures and sounds does not. */
function damage(piece: Buffer): Buffer {
  const damaged = Buffer.from(piece)
  for (const { body } of parseFlvFile(damaged).slice(10))
    body.fill(0xA5, 9)
  return damaged
}

describe('publishers', { timeout: TIMEOUT_MS }, () => {
  it('[LM83] picture and sound are in step, also after the publisher\'s clock has jumped', async () => {
    const flashes = await encodePiece(FLASHES, 3)
    const anchor = startScripted(stage.hub, ANCHOR)
    await publish(stage, GUEST)
    await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1)))
    await playUntilMixed(anchor, flashes)
    const recorded = record(9000)
    await anchor.play(flashes)
    await anchor.play(flashes, 3600_000)
    await anchor.play(flashes, -1800_000)
    const { pictures, sound, ...shape } = await recorded
    anchor.stop()
    const seen = onsets(pictures.map(picture => coloursOf({ pictures, sound, ...shape }, picture).startsWith('green')), 40)
    const heard = onsets(loudness(sound, 440).map(level => level > 0.08), 50)
    const whole = seen.filter(seenAt => seenAt > 200 && seenAt < pictures.length * 40 - 200) // at the edges of the recording one may lack the other
    expect(whole.length).toBeGreaterThanOrEqual(6)
    const apart = whole.map(seenAt => Math.min(...heard.map(heardAt => Math.abs(heardAt - seenAt))))
    expect(apart.filter(ms => ms > 100)).toEqual([])
  })

  it('[LM84] one who stands still, and one whose camera changes its size, disturb nobody', async () => {
    const [upright, lying] = await Promise.all([encodePiece(person('lime', HZ[GUEST], '320x180'), 2), encodePiece(person('blue', HZ[GUEST], '180x320'), 2)])
    const guest = startScripted(stage.hub, GUEST)
    await publish(stage, ANCHOR)
    await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1)))
    await playUntilMixed(guest, upright)
    const recorded = record(9000)
    const longestHole = watchArrivals(stage, ANCHOR)
    await guest.play(upright)
    await guest.play(lying)
    await pause(1500)
    await guest.play(upright)
    const recording = await recorded
    guest.stop()
    expect(scenesOf(recording).filter(scene => !scene.includes('other'))).toEqual(['red green red red', 'red blue red red', 'red green red red'])
    expect(longestSilenceMs(recording.sound, HZ[ANCHOR])).toBeLessThanOrEqual(300 + longestHole())
    expect(longestSilenceMs(recording.sound, HZ[GUEST])).toBeGreaterThan(1000)
  })

  it('[LM84] one whose stream is damaged disturbs nobody, and is back when it is whole', async () => {
    const piece = await encodePiece(person('lime', HZ[GUEST]), 2)
    const guest = startScripted(stage.hub, GUEST)
    await publish(stage, ANCHOR)
    await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1)))
    await playUntilMixed(guest, piece)
    const recorded = record(6500)
    const longestHole = watchArrivals(stage, ANCHOR)
    await guest.play(damage(piece))
    await guest.play(piece)
    await guest.play(piece)
    const recording = await recorded
    guest.stop()
    expect(coloursOf(recording, recording.pictures.at(-1)!)).toBe('red green red red')
    expect(Math.max(...loudness(recording.sound, HZ[GUEST]).slice(-20))).toBeGreaterThan(0.02)
    expect(longestSilenceMs(recording.sound, HZ[ANCHOR])).toBeLessThanOrEqual(300 + longestHole())
  })

  it('[LM85] an anchor who turns the phone turns the canvas', async () => {
    const [upright, lying] = await Promise.all([encodePiece(person('red', HZ[ANCHOR], '360x640'), 3), encodePiece(person('red', HZ[ANCHOR], '640x360'), 3)])
    const anchor = startScripted(stage.hub, ANCHOR)
    await publish(stage, GUEST)
    await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1)))
    await playUntilMixed(anchor, upright)
    const recorded = record(6500)
    const longestHole = watchArrivals(stage, GUEST)
    await anchor.play(upright)
    expect(shapeOf(stage.hub.find(MIXED)!.videoHeader)).toBe('portrait')
    await anchor.play(lying)
    await until(() => shapeOf(stage.hub.find(MIXED)!.videoHeader) === 'landscape')
    const { width, height, sound } = await recorded
    expect({ width, height }).toEqual({ width: 360, height: 640 })
    expect(longestSilenceMs(sound, HZ[GUEST])).toBeLessThanOrEqual(300 + longestHole())
    expect(longestSilenceMs(sound.subarray(0, sound.length - 8000), HZ[ANCHOR])).toBeLessThanOrEqual(300 + longestHole())
    expect(stage.events).toEqual(['publish'])
    anchor.stop()
  })
})

describe('ffmpeg', { timeout: TIMEOUT_MS }, () => {
  it.each(['SIGKILL', 'SIGSTOP'] as const)('[LM86] an encoder that got %s is replaced in the same publication', async (signal) => {
    await mixTwo()
    await pause(500)
    const { pid } = encoder()!
    const recorded = record(6000)
    await pause(500)
    process.kill(pid, signal)
    await until(() => (encoder()?.pid ?? pid) !== pid)
    await until(() => !isRunning(pid))
    const recording = await recorded
    expect(coloursOf(recording, recording.pictures.at(-1)!)).toBe('red green red red')
    for (const streamId of [ANCHOR, GUEST] as const)
      expect(Math.max(...loudness(recording.sound, HZ[streamId]).slice(-10)), streamId).toBeGreaterThan(0.02)
    expect(longestSilenceMs(recording.sound, HZ[ANCHOR])).toBeLessThan(signal === 'SIGKILL' ? 1000 : 4000)
    expect(stage.events).toEqual(['publish'])
  })

  it('[LM86] a decoder that hangs is replaced; nobody else stops', async () => {
    await mixTwo()
    const hanging = mixerProcesses().find(({ isEncoder, command }) => !isEncoder && command.includes('scale=120:180'))!
    const recorded = record(6000)
    const longestHole = watchArrivals(stage, ANCHOR)
    await pause(500)
    process.kill(hanging.pid, 'SIGSTOP')
    await until(() => !isRunning(hanging.pid))
    const recording = await recorded
    expect(longestSilenceMs(recording.sound, HZ[ANCHOR])).toBeLessThanOrEqual(300 + longestHole())
    expect(longestSilenceMs(recording.sound, HZ[GUEST])).toBeGreaterThan(1000)
    expect(Math.max(...loudness(recording.sound, HZ[GUEST]).slice(-10))).toBeGreaterThan(0.02)
    expect(stage.log).toEqual([expect.stringContaining('does not answer')])
  })

  it('[LM86] an encoder that ends again and again is given up, and so is the publication', async () => {
    await mixTwo()
    const killed = new Set<number>()
    await until(() => {
      const running = encoder()
      if (running && !killed.has(running.pid)) {
        killed.add(running.pid)
        process.kill(running.pid, 'SIGKILL')
      }
      return !isMixed()
    })
    expect(killed.size).toBe(5)
    expect(stage.events).toEqual(['publish', 'unpublish'])
    expect(stage.log.at(-1)).toContain('no longer mixed')
    await until(() => mixerProcesses().length === 0)
  })

  it('[LM89] a server that is killed leaves none behind', async () => {
    const server = fork(new URL('./testing/mixingServer.ts', import.meta.url), { execArgv: ['--import', 'tsx'] })
    const [pids] = await once(server, 'message') as [number[]]
    expect(pids).toHaveLength(3)
    server.kill('SIGKILL')
    await until(() => !pids.some(isRunning))
  })
})

/** When something begins, in ms; what was there at the start is not counted. */
function onsets(states: readonly boolean[], stepMs: number): number[] {
  return states.flatMap((state, index) => state && index > 0 && !states[index - 1] ? [index * stepMs] : [])
}
