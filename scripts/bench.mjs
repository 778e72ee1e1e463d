// `npm run bench [-- <name> …]`: runs bench/<name>.bench.ts one by one, each in a process of its own, prints what they
// measured and writes it into docs/BENCHMARKS.md. Fails when a target is missed.
import './lib/nodeVersion.mjs'
import { fork } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import process from 'node:process'
import { isMet, present, tableOf, writeSection } from './lib/benchTable.mjs'
import { buildApp } from './lib/build.mjs'
import { installDependencies } from './lib/dependencies.mjs'
import { entry, Problem } from './lib/problem.mjs'
import { inRoot, root } from './lib/root.mjs'
import { prepareTools } from './lib/tools.mjs'

entry(async () => {
  const chosen = chooseBenches(process.argv.slice(2))
  await installDependencies()
  const tools = await prepareTools()
  await buildApp('h5')
  await buildApp('mp-weixin')
  const missed = []
  for (const id of chosen) {
    const { name, rows } = await runBench(id, tools)
    console.log(`\n${name}\n${rows.map(row => `  ${isMet(row) ? '✓' : '✗'} ${present(row)}`).join('\n')}`)
    writeSection(inRoot('docs/BENCHMARKS.md'), id, `## ${name}\n\n${machine()}\n\n${tableOf(rows)}`)
    missed.push(...rows.filter(row => !isMet(row)))
  }
  console.log(missed.length ? `\n✗ ${missed.length} missed` : '\n✓ every target is met')
  return missed.length ? 1 : 0
})

function chooseBenches(wanted) {
  const all = fs.readdirSync(inRoot('bench')).filter(file => file.endsWith('.bench.ts')).map(file => file.replace('.bench.ts', ''))
  const unknown = wanted.filter(id => !all.includes(id))
  if (unknown.length)
    throw new Problem(`There is no bench ${unknown.join(', ')}. There are: ${all.join(', ')}.`)
  return wanted.length ? wanted : all
}

function runBench(id, tools) {
  console.log(`\n▸ ${id} …`)
  const child = fork(inRoot('scripts/lib/runBench.mjs'), [inRoot('bench', `${id}.bench.ts`)], { cwd: root, env: { ...process.env, ...tools } })
  return new Promise((resolve, reject) => {
    let result
    child.once('message', message => (result = message))
    child.once('close', code => result && code === 0 ? resolve(result) : reject(new Problem(`The bench ${id} did not finish (${code}).`)))
  })
}

function machine() {
  const cpus = os.cpus()
  return `${new Date().toISOString().slice(0, 10)}, ${cpus.length} × ${cpus[0].model.trim()}, Node.js ${process.versions.node}, ${os.type()} ${os.arch()}`
}
