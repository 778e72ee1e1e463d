import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { findBrowser, findFfmpeg, findFfprobe } from '../../scripts/lib/tools.mjs'
import { createFreshTree, STACK_TRACE } from './freshTree'

let tree: ReturnType<typeof createFreshTree>

beforeEach(() => {
  tree = createFreshTree()
  vi.stubEnv('CHROMIUM_PATH', undefined)
  vi.stubEnv('FFMPEG_PATH', undefined)
  vi.stubEnv('PATH', path.join(tree.path, 'bin'))
})

afterEach(() => {
  vi.unstubAllEnvs()
  tree.remove()
})

function program(name: string) {
  tree.write(name, '')
  fs.chmodSync(path.join(tree.path, name), 0o755)
  return path.join(tree.path, name)
}

it('[OP36] the browser is the one of CHROMIUM_PATH, else a usual name on the PATH', () => {
  expect(findBrowser()).toBeUndefined()
  const onPath = program('bin/google-chrome')
  expect(findBrowser()).toBe(onPath)
  const chosen = program('elsewhere/my-browser')
  vi.stubEnv('CHROMIUM_PATH', chosen)
  expect(findBrowser()).toBe(chosen)
})

it('[OP36] a CHROMIUM_PATH that is no program is not quietly replaced by another browser', () => {
  program('bin/chromium')
  vi.stubEnv('CHROMIUM_PATH', path.join(tree.path, 'bin'))
  expect(findBrowser()).toBeUndefined()
})

it('[OP36] ffprobe is taken from beside ffmpeg', () => {
  program('bin/ffmpeg')
  program('bin/ffprobe')
  vi.stubEnv('FFMPEG_PATH', program('elsewhere/ffmpeg'))
  const beside = program('elsewhere/ffprobe')
  expect([findFfmpeg(), findFfprobe()]).toEqual([path.join(tree.path, 'elsewhere/ffmpeg'), beside])
})

it('[OP36] without them `npm test` says what to install', () => {
  tree.write('package-lock.json', '{"packages":{}}')
  tree.write('node_modules/.package-lock.json', '{"packages":{}}')
  const { status, stderr } = tree.node(['scripts/test.mjs'], { PATH: path.join(tree.path, 'bin') })
  expect(status).toBe(1)
  expect(stderr).toContain('✗ The tests need Chrome or Chromium and ffmpeg with ffprobe. Install Google Chrome or Chromium')
  expect(stderr).not.toMatch(STACK_TRACE)
})
