/** What it costs to mix two people into one stream, and how much later the audience sees them. Reads the processes' figures from /proc. */
import type { MixerProcess } from '../server/media/mixer/testing/processes'
import type { BenchRow } from './bench'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { startEncoder, stopAll } from '../server/media/embedded/testing/ffmpeg'
import { until } from '../server/media/embedded/testing/until'
import { mixerProcesses } from '../server/media/mixer/testing/processes'
import { encodePiece } from '../server/media/mixer/testing/scriptedPublisher'
import { ANCHOR, GUEST, MIXED, mixOf, pause, seat, startStage } from '../server/media/mixer/testing/stage'
import { percentOfCore, usage } from './fanout/usage'
import { startPlainMix } from './mix/plainMix'
import { cpuMsOf, rssBytesOf } from './mix/processes'
import { watchFlashes } from './mix/watchFlashes'

export const name = 'Mixing, 360p'

const MEASURE_MS = 10_000
const FLASHES = 8
const MAX_CPU = 20

/** Camera-like: noise in a moving picture at about 1 Mbit/s, a flash a second. */
const CAMERA = ['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=25,noise=alls=10:allf=t,drawbox=color=white:t=fill:enable=\'lt(mod(t,1),0.4)\'', '-f', 'lavfi', '-i', 'sine=440:sample_rate=44100', '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-g', '50', '-pix_fmt', 'yuv420p', '-b:v', '1M', '-maxrate', '1M', '-bufsize', '1M', '-c:a', 'aac', '-ac', '2']

export async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mix-bench-'))
  const stage = await startStage()
  try {
    const file = path.join(folder, 'camera.flv')
    await writeFile(file, await encodePiece(CAMERA, 30))
    for (const streamId of [ANCHOR, GUEST])
      startEncoder(stage.pushUrl(streamId), ['-stream_loop', '-1', '-i', file, '-c', 'copy'])
    await until(() => [ANCHOR, GUEST].every(streamId => stage.hub.find(streamId)?.videoHeader))
    const unmixed = await measure([])
    await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1)))
    await until(() => stage.hub.find(MIXED) !== undefined)
    await pause(2000)
    const mixed = await measure(mixerProcesses())
    if (stage.log.length > 0)
      throw new Error(`The machine is too busy to mix: ${stage.log.join('; ')}`)
    const addedMs = await measureDelay(stage.play(ANCHOR).flv, stage.play(MIXED).flv)
    await stage.provider.stopMix(MIXED)
    const floor = await measureFloor(file)
    const serverPercent = mixed.serverPercent - unmixed.serverPercent
    return [
      { measure: 'two people: CPU in all', value: mixed.ffmpegPercent + serverPercent, unit: '% of a core', target: { atMost: MAX_CPU }, floor: { what: 'one ffmpeg that overlays two files', value: floor } },
      { measure: 'two people: CPU of the ffmpegs', value: mixed.ffmpegPercent, unit: '% of a core' },
      { measure: 'two people: CPU added to the server', value: serverPercent, unit: '% of a core' },
      { measure: 'two people: memory of the ffmpegs', value: mixed.rssBytes / 1024 / 1024, unit: 'MB' },
      { measure: `delay added to the anchor's own stream, median of ${FLASHES} flashes`, value: addedMs, unit: 'ms', target: { atMost: 600 } },
    ]
  }
  finally {
    stopAll()
    await stage.stop()
    await rm(folder, { recursive: true })
  }
}

async function measure(processes: readonly Pick<MixerProcess, 'pid'>[]) {
  const [from, cpuFrom] = [usage(), cpuMsOf(processes)]
  await pause(MEASURE_MS)
  const [to, cpuTo] = [usage(), cpuMsOf(processes)]
  return { serverPercent: percentOfCore(from, to), ffmpegPercent: (cpuTo - cpuFrom) / (to.atMs - from.atMs) * 100, rssBytes: rssBytesOf(processes) }
}

async function measureFloor(file: string): Promise<number> {
  const plain = startPlainMix(file)
  await pause(2000)
  const { ffmpegPercent } = await measure([plain])
  plain.stop()
  return ffmpegPercent
}

/** Both streams are watched in the same way, so what watching costs falls out. */
async function measureDelay(directUrl: string, mixedUrl: string): Promise<number> {
  const [direct, mixed] = [watchFlashes(directUrl), watchFlashes(mixedUrl)]
  await pause((FLASHES + 3) * 1000)
  direct.stop()
  mixed.stop()
  const delays = direct.seenAt.map(at => Math.min(...mixed.seenAt.filter(other => other > at)) - at).slice(2, 2 + FLASHES).sort((a, b) => a - b)
  return delays[delays.length >> 1]
}
