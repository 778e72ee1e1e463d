// Makes server/media/demo/{loop.flv,cover.jpg}, the demo room's picture and sound. Needs Chromium, ffmpeg and the font
// Noto Sans CJK. Run it when the scene or the chords change: `node scripts/make-demo-loop.mjs`.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { renderChords } from './demo-loop/chords.mjs'
import { entry } from './lib/problem.mjs'
import { inRoot } from './lib/root.mjs'
import { findBrowser, findFfmpeg } from './lib/tools.mjs'

const FRAME_RATE = 25
/** 10.24 s: a whole number of pictures, of GOPs and, at 48 kHz, of AAC frames (480). */
const FRAMES = 256
const GOP = 32
const SOUND_FRAMES = 480
const SECONDS = FRAMES / FRAME_RATE
const COVER_AT = 0.3

entry(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-loop-'))
  const inFolder = name => path.join(folder, name)
  try {
    await drawFrames(inFolder)
    fs.writeFileSync(inFolder('round.pcm'), renderChords(SECONDS))
    encode(inFolder)
    for (const file of ['loop.flv', 'cover.jpg'])
      console.log(`${file} ${Math.round(fs.statSync(inRoot('server/media/demo', file)).size / 1024)} KB`)
  }
  finally {
    fs.rmSync(folder, { recursive: true })
  }
})

async function drawFrames(inFolder) {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
  const page = await browser.newPage()
  await page.setContent('<body></body>')
  await page.addScriptTag({ path: inRoot('scripts/demo-loop/scene.js') })
  for (let frame = 0; frame < FRAMES; frame++) {
    const picture = await page.evaluate(`draw(${frame / FRAMES})`)
    fs.writeFileSync(inFolder(`${String(frame).padStart(3, '0')}.png`), Buffer.from(picture.split(',')[1], 'base64'))
  }
  await browser.close()
}

/** Three rounds are encoded and the middle one is kept: AAC frames overlap, so only there the sound is already periodic. */
function encode(inFolder) {
  const video = ['-stream_loop', 2, '-framerate', FRAME_RATE, '-i', inFolder('%03d.png'), '-an', '-c:v', 'libx264', '-profile:v', 'baseline', '-pix_fmt', 'yuv420p', '-preset', 'veryslow', '-g', GOP, '-keyint_min', GOP, '-sc_threshold', 0, '-b:v', '580k', '-maxrate', '900k', '-bufsize', '900k', '-aq-mode', 3]
  ffmpeg([...video, '-pass', 1, '-passlogfile', inFolder('pass'), '-f', 'null', '-'])
  ffmpeg([...video, '-pass', 2, '-passlogfile', inFolder('pass'), inFolder('video.mp4')])
  fs.writeFileSync(inFolder('three.pcm'), Buffer.concat(Array.from({ length: 3 }, () => fs.readFileSync(inFolder('round.pcm')))))
  ffmpeg(['-f', 's16le', '-ar', 48_000, '-ac', 2, '-i', inFolder('three.pcm'), '-c:a', 'aac', '-b:a', '80k', inFolder('sound.mp4')])
  ffmpeg(['-ss', SECONDS, '-i', inFolder('video.mp4'), '-c', 'copy', '-frames:v', FRAMES, inFolder('middle.h264.mp4')])
  ffmpeg(['-ss', SECONDS, '-i', inFolder('sound.mp4'), '-c', 'copy', '-frames:a', SOUND_FRAMES, inFolder('middle.aac.mp4')])
  ffmpeg(['-i', inFolder('middle.h264.mp4'), '-i', inFolder('middle.aac.mp4'), '-c', 'copy', '-map_metadata', -1, '-fflags', '+bitexact', '-flvflags', 'no_duration_filesize', inRoot('server/media/demo/loop.flv')])
  const cover = inFolder(`${String(Math.round(COVER_AT * FRAMES)).padStart(3, '0')}.png`)
  ffmpeg(['-i', cover, '-vf', 'crop=540:720:0:130', '-q:v', 4, inRoot('server/media/demo/cover.jpg')])
}

function ffmpeg(args) {
  const { status, stderr } = spawnSync(findFfmpeg(), ['-y', '-v', 'error', ...args.map(String)], { encoding: 'utf8' })
  if (status !== 0)
    throw new Error(stderr)
}
