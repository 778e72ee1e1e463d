import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createFreshTree, STACK_TRACE } from './freshTree'

const root = path.resolve(import.meta.dirname, '../..')
/** What this machine says of itself must not reach a clone that nobody has set up yet. */
const BARE = { PORT: '0', RTMP_PORT: '0', LC_ALL: 'C', MIX: 'off' }

let tree: ReturnType<typeof createFreshTree>
afterEach(() => tree.remove())

/** Scripts, server and packages, and nothing else: no .env, no data, no build. */
function createClone() {
  const clone = createFreshTree()
  for (const part of ['server', 'shared', 'package-lock.json'])
    fs.cpSync(path.join(root, part), path.join(clone.path, part), { recursive: true, filter: file => !file.endsWith('.test.ts') && !file.includes('node_modules') })
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(clone.path, 'node_modules'))
  return clone
}

it('[DR6] on a fresh clone everything is ok or skipped, and nothing is left behind', () => {
  tree = createClone()
  const { status, stdout } = tree.node(['scripts/doctor.mjs', '--json'], BARE)
  const { counts, findings } = JSON.parse(stdout) as { counts: Record<string, number>, findings: { id: string, status: string }[] }
  expect(findings.filter(finding => !['ok', 'skipped'].includes(finding.status))).toEqual([])
  expect(counts).toMatchObject({ warning: 0, failed: 0, unknown: 0 })
  expect(status).toBe(0)
  expect(fs.existsSync(path.join(tree.path, 'data'))).toBe(false)
})

it('[DR7] what .env has wrong is told with the fix, and the exit code is 1', () => {
  tree = createClone()
  tree.write('.env', 'MEDIA=tencent\nTENCENT_PUSH_DOMAIN=127.0.0.1:1935\nTENCENT_PLAYDOMAIN=play.example.com\nPUSH_KEY=a-secret-of-ours-7a3f\n')
  const { status, stdout } = tree.node(['scripts/doctor.mjs', '--lang=en'], BARE)
  expect(status).toBe(1)
  expect(stdout).toContain('✗ Environment: ')
  expect(stdout).toContain('· TENCENT_PLAY_DOMAIN is required with MEDIA=tencent')
  expect(stdout).toContain('! Names in .env: Unknown: TENCENT_PLAYDOMAIN [environment.names]')
  expect(stdout).not.toContain('a-secret-of-ours')
  expect(stdout).not.toContain('\x1B')
})

it('[DR9] speaks the language that is asked for, else the one of the system', () => {
  tree = createClone()
  expect(tree.node(['scripts/doctor.mjs'], { ...BARE, LC_ALL: 'zh_CN.UTF-8' }).stdout).toContain('这台机器')
  expect(tree.node(['scripts/doctor.mjs', '--lang=en'], { ...BARE, LC_ALL: 'zh_CN.UTF-8' }).stdout).toContain('This machine')
})

it('[DR9] packages that cannot be had are one sentence, and the exit code is 2', () => {
  tree = createFreshTree()
  fs.copyFileSync(path.join(root, 'package-lock.json'), path.join(tree.path, 'package-lock.json'))
  const { status, stderr, stdout } = tree.node(['scripts/doctor.mjs', '--json'], { PATH: '', Path: '' })
  expect(status).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain('✗ npm was not found.')
  expect(stderr).not.toMatch(STACK_TRACE)
})
