// `npm run lint`: every static check, one after the other; all run even if one fails, so that one look shows everything.
import './lib/nodeVersion.mjs'
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { installDependencies } from './lib/dependencies.mjs'
import { entry } from './lib/problem.mjs'
import { inRoot, root } from './lib/root.mjs'

const checks = [
  ['eslint', '.', '--cache', '--cache-location', 'node_modules/.cache/eslint', ...process.argv.slice(2)],
  ['depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'shared', 'server', 'sandbox', 'main.ts'],
  ['vue-tsc', '--noEmit'],
  ['tsc', '-p', 'server/tsconfig.json'],
  ['tsc', '-p', 'shared/tsconfig.json'],
  ['vue-tsc', '-p', 'tests/tsconfig.json', '--noEmit'],
]

entry(async () => {
  await installDependencies()
  const failed = checks.filter(([command, ...args]) => {
    console.log(`\n▸ ${command} ${args.join(' ')}`)
    return spawnSync(inRoot('node_modules/.bin', command), args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status !== 0
  })
  console.log(failed.length ? `\n✗ ${failed.map(([command, ...args]) => [command, ...args].join(' ')).join(', ')}` : '\n✓ lint is clean')
  return failed.length ? 1 : 0
})
