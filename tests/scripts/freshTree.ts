import type { SpawnSyncOptions } from 'node:child_process'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'

const root = path.resolve(import.meta.dirname, '../..')

/** A folder with our scripts and nothing installed. */
export function createFreshTree(packageJson: object = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))) {
  const tree = fs.mkdtempSync(path.join(os.tmpdir(), 'fresh-'))
  fs.cpSync(path.join(root, 'scripts'), path.join(tree, 'scripts'), { recursive: true, filter: file => !file.endsWith('.test.ts') })
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(tree, file)), { recursive: true })
    fs.writeFileSync(path.join(tree, file), text)
  }
  write('package.json', JSON.stringify(packageJson))
  return {
    path: tree,
    write,
    /** Runs Node.js there, without the npm that may have started this test. */
    node(args: string[], env: NodeJS.ProcessEnv = {}, options: SpawnSyncOptions = {}) {
      const { npm_execpath, ...rest } = process.env
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: tree, env: { ...rest, ...env }, timeout: 25_000, ...options, encoding: 'utf8' })
      return { status, stdout, stderr }
    },
    remove: () => fs.rmSync(tree, { recursive: true, force: true }),
  }
}

/** What a stack trace looks like. */
export const STACK_TRACE = /^\s+at /m
