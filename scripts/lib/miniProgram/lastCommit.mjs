import { spawnSync } from 'node:child_process'
import { root } from '../root.mjs'

/** `<hash> <subject>` of the last commit, or undefined where there is no git. */
export function lastCommit() {
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%h %s'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return status === 0 ? stdout.trim() || undefined : undefined
}
