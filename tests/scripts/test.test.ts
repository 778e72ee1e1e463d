import process from 'node:process'
import { afterEach, expect, it } from 'vitest'
import { createFreshTree } from './freshTree'

let tree: ReturnType<typeof createFreshTree>
afterEach(() => tree.remove())

/** `npm test` with a runner of ours in vitest's place. */
function runTest(runner: string, ...args: string[]) {
  tree = createFreshTree()
  tree.write('package-lock.json', '{"packages":{}}')
  tree.write('node_modules/.package-lock.json', '{"packages":{}}')
  tree.write('scripts/uni.mjs', `
    import fs from 'node:fs'
    const output = 'unpackage/dist/build/' + process.argv.at(-1)
    fs.mkdirSync(output, { recursive: true })
    for (const file of ['index.html', 'app.json']) fs.writeFileSync(output + '/' + file, '')
  `)
  tree.write('node_modules/vitest/vitest.mjs', runner)
  const { status, stdout } = tree.node(['scripts/test.mjs', ...args], { CHROMIUM_PATH: process.execPath, FFMPEG_PATH: process.execPath })
  return { status, stdout, lastLine: stdout.trimEnd().split('\n').at(-1) }
}

it('[OP35] the last line is the count', () => {
  expect(runTest('console.log("summary"); process.send({ passed: 7, failed: 0 })')).toMatchObject({ status: 0, lastLine: '7 passed, 0 failed' })
})

it('[OP35] a failed test is a failed run', () => {
  expect(runTest('process.send({ passed: 7, failed: 2 }); process.exitCode = 1')).toMatchObject({ status: 1, lastLine: '7 passed, 2 failed' })
})

it('[OP35] a failure the runner forgives is a failed run', () => {
  expect(runTest('process.send({ passed: 0, failed: 1 })')).toMatchObject({ status: 1, lastLine: '0 passed, 1 failed' })
})

it('[OP35] a runner that dies without a word is a failed run', () => {
  expect(runTest('process.exit(3)')).toMatchObject({ status: 3, lastLine: '0 passed, 1 failed' })
})

it('[OP35] arguments go to the runner', () => {
  expect(runTest('console.log(process.argv.slice(2).join(" ")); process.send({ passed: 1, failed: 0 })', 'server/chat', '-t', 'CH1').stdout).toMatch(/^run --reporter=default --reporter=\S+ server\/chat -t CH1$/m)
})
