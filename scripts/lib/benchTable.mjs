import fs from 'node:fs'

/** @typedef {import('../../bench/bench').BenchRow} BenchRow */

const PREAMBLE = `# Benchmarks

Written by \`npm run bench\`. Publisher, server and readers share one machine, so read the ratios to the floor rather than the
bare numbers: the floor is the least any program must spend on the same work, measured in the same run.
`

/**
 * A row without a target only informs.
 *
 * @param {BenchRow} row measured
 */
export function isMet({ value, target }) {
  if (!target)
    return true
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast
}

/**
 * One line for the terminal.
 *
 * @param {BenchRow} row measured
 */
export function present(row) {
  const [measure, value, target, ratio] = cells(row)
  return [`${measure}: ${value}`, target && `(target ${target})`, ratio && `= ${ratio}`].filter(Boolean).join(' ')
}

/**
 * The same as a Markdown table.
 *
 * @param {BenchRow[]} rows of one bench
 */
export function tableOf(rows) {
  return [['measured', 'value', 'target', 'against the floor'], ['---', '---', '---', '---'], ...rows.map(cells)]
    .map(row => `| ${row.join(' | ')} |`)
    .join('\n')
}

/** Puts a bench's section in its place in the file: where it was, or at the end. */
export function writeSection(file, id, text) {
  const begin = `<!-- bench:${id} -->`
  const end = `<!-- /bench:${id} -->`
  const section = `${begin}\n${text}\n${end}`
  const before = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : PREAMBLE
  const from = before.indexOf(begin)
  const after = from < 0
    ? `${before.trimEnd()}\n\n${section}\n`
    : before.slice(0, from) + section + before.slice(before.indexOf(end, from) + end.length)
  fs.writeFileSync(file, after)
}

/** @param {BenchRow} row measured */
function cells({ measure, value, unit, target, floor }) {
  const show = number => `${round(number)} ${unit}`
  const exactly = number => `${number.toLocaleString('en-US')} ${unit}`
  return [
    measure,
    show(value),
    target ? ('atMost' in target ? `≤ ${exactly(target.atMost)}` : `≥ ${exactly(target.atLeast)}`) : '',
    floor ? `${round(value / floor.value)} × ${floor.what} (${show(floor.value)})` : '',
  ]
}

/** Three digits are more than such a measurement knows. */
const round = number => Number(number.toPrecision(3)).toLocaleString('en-US')
