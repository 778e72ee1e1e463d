import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { isMet, present, tableOf, writeSection } from '../../scripts/lib/benchTable.mjs'

const slow = { measure: 'p95', value: 123.456, unit: 'ms', target: { atMost: 100 }, floor: { what: 'a bare echo', value: 20 } }

it('[OP38] a target is met on its own side, the bound included', () => {
  const row = { measure: 'x', value: 10, unit: 'ms' }
  expect([isMet(row), isMet({ ...row, target: { atMost: 10 } }), isMet({ ...row, target: { atMost: 9 } }), isMet({ ...row, target: { atLeast: 10 } }), isMet({ ...row, target: { atLeast: 11 } })])
    .toEqual([true, true, false, true, false])
})

it('[OP38] a row shows its target and its ratio to the floor', () => {
  expect(present(slow)).toBe('p95: 123 ms (target ≤ 100 ms) = 6.17 × a bare echo (20 ms)')
  expect(tableOf([slow]).split('\n').at(-1)).toBe('| p95 | 123 ms | ≤ 100 ms | 6.17 × a bare echo (20 ms) |')
})

it('[OP38] one bench rewrites its own section and leaves the others', () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'bench-')), 'BENCHMARKS.md')
  writeSection(file, 'one', 'first')
  writeSection(file, 'two', 'second')
  writeSection(file, 'one', 'first, again')
  const text = fs.readFileSync(file, 'utf8')
  expect(text).toContain('<!-- bench:one -->\nfirst, again\n<!-- /bench:one -->\n\n<!-- bench:two -->\nsecond\n<!-- /bench:two -->\n')
  fs.rmSync(path.dirname(file), { recursive: true })
})
