// `npm run lint`: every static check, one after the other; all run even if one fails, so that one look shows everything.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'

const root = path.resolve(import.meta.dirname, '..')
const checks = [
  ['eslint', '.', '--cache', '--cache-location', 'node_modules/.cache/eslint', ...process.argv.slice(2)],
  ['depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'shared', 'server', 'main.ts'],
  ['vue-tsc', '--noEmit'],
  ['tsc', '-p', 'server/tsconfig.json'],
  ['tsc', '-p', 'shared/tsconfig.json'],
  ['vue-tsc', '-p', 'tests/tsconfig.json', '--noEmit'],
]

const failed = checks.filter(([command, ...args]) => {
  console.log(`\n▸ ${command} ${args.join(' ')}`)
  return spawnSync(path.join(root, 'node_modules/.bin', command), args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status !== 0
})
console.log(failed.length ? `\n✗ ${failed.map(([command, ...args]) => [command, ...args].join(' ')).join(', ')}` : '\n✓ lint is clean')
process.exitCode = failed.length ? 1 : 0
