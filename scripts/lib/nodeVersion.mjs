// Imported first by every entry script: too old a Node.js is one sentence, not a syntax error from somewhere deep.
import fs from 'node:fs'
import process from 'node:process'

const { engines } = JSON.parse(fs.readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const needed = engines.node.replace('>=', '')
const parts = version => version.split('.').map(Number)
const [[major, minor], [neededMajor, neededMinor]] = [parts(process.versions.node), parts(needed)]

if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  console.error(`Lianmai needs Node.js ${needed} or newer; this is ${process.versions.node}. Get a newer one from https://nodejs.org/.`)
  process.exit(1)
}
