import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmbeddedMedia } from '../embedded/embeddedMedia'
import { plainKey } from '../urlAuth'
import { decoderArguments, encoderArguments } from './arguments'
import { prepareMixing } from './prepareMixing'
import { MIX_QUALITIES } from './quality'

const quality = MIX_QUALITIES['360p']
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'mixing-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function program(name: string, script: string) {
  const file = path.join(folder, name)
  await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return file
}

async function prepare(ffmpegPath: string | null) {
  const told: string[] = []
  const mixing = await prepareMixing({ ffmpegPath, quality, maxRooms: 3 }, message => told.push(message))
  return { mixing, told }
}

describe('whether stages are mixed', () => {
  it('[LM88] a real ffmpeg will do, and the operator is told once', async () => {
    const { mixing, told } = await prepare(process.env.FFMPEG_PATH ?? null)
    expect(mixing).toEqual({ command: process.env.FFMPEG_PATH ?? 'ffmpeg', quality, maxRooms: 3 })
    expect(told).toEqual([expect.stringMatching(/^stages are mixed/)])
  })

  it.each<[string, () => Promise<string>, RegExp]>([
    ['is not there', async () => path.join(folder, 'nothing'), /there is no .*nothing/],
    ['does not work', () => program('broken', 'exit 1'), /does not work/],
    ['is too old for what it is told', () => program('old', 'case "$*" in *fps_mode*) exit 1;; *) echo " V....D libx264 x";; esac'), /older than 5\.1/],
    ['has not what is needed', () => program('poor', 'echo " A....D aac    AAC"'), /lacks the encoder libx264/],
  ])('[LM88] one that %s is as none', async (_what, pathOf, why) => {
    const { mixing, told } = await prepare(await pathOf())
    expect(mixing).toBeNull()
    expect(told).toEqual([expect.stringMatching(why)])
  })

  it('[LM88] MIX=off needs no ffmpeg', async () => {
    const told: string[] = []
    expect(await prepareMixing(null, message => told.push(message))).toBeNull()
    expect(told).toEqual([expect.stringContaining('MIX=off')])
  })

  it('[LM88] without mixing the engine says that it does not mix, and a mix changes nothing', async () => {
    const { provider, hub } = createEmbeddedMedia({ pushKey: plainKey('push'), playKey: plainKey('play'), rtmpPort: 0 })
    expect(provider.capabilities.mix).toBe(false)
    await provider.mix('r23456-umix', { anchorStreamId: 'r23456-uanch', guests: [] })
    await provider.stopMix('r23456-umix')
    expect(hub.streams).toEqual([])
  })
})

describe('what ffmpeg is told', () => {
  it.each<[string, string[]]>([
    ['a person', decoderArguments({ picture: { width: 360, height: 640 }, hasSound: true })],
    ['a voice', decoderArguments({ hasSound: true })],
    ['a picture', decoderArguments({ picture: { width: 120, height: 180 }, hasSound: false })],
    ['the encoder', encoderArguments({ width: 360, height: 640 }, quality)],
  ])('[LM89] %s: pipes only, no address and no file', (_who, args) => {
    const places = args.filter((_, index) => args[index - 1] === '-i').concat(args.at(-1)!)
    expect(places.filter(place => !/^pipe:[013]$/.test(place))).toEqual([])
    expect(args.join(' ')).not.toMatch(/:\/\/|txSecret/)
  })
})
