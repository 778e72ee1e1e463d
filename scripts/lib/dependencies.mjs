import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { run } from './command.mjs'
import { inRoot } from './root.mjs'

/**
 * Runs `npm ci` unless node_modules already holds what the lock asks for.
 *
 * @param options where and how; ours by default
 * @param options.folder inside the repository, with a package-lock.json
 * @param options.title for the progress line
 * @param options.args for npm
 */
export async function installDependencies({ folder = '.', title = 'Installing packages, about a minute the first time', args = [] } = {}) {
  if (areInstalled(folder))
    return
  const { command, shell } = npm()
  // Included even when NODE_ENV is production: what builds the web app is among them.
  await run([...command, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error', ...args], { title, cwd: inRoot(folder), shell, explain: explainIn(folder) })
}

/** npm leaves its own record of what it installed, as its last step: an interrupted install has none. */
function areInstalled(folder) {
  const wanted = packagesOf(`${folder}/package-lock.json`)
  const installed = packagesOf(`${folder}/node_modules/.package-lock.json`)
  if (!wanted || !installed)
    return false
  return Object.entries(wanted).every(([place, { version, optional }]) =>
    place === '' || (installed[place] ? installed[place].version === version : optional))
}

function packagesOf(lock) {
  const file = inRoot(lock)
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).packages : undefined
}

/** The npm that started us, run by our own Node.js: no shell, the same on every system. */
function npm() {
  const { npm_execpath: started } = process.env
  if (started && path.basename(started) === 'npm-cli.js')
    return { command: [process.execPath, started], shell: false }
  return { command: ['npm'], shell: process.platform === 'win32' }
}

function explainIn(folder) {
  return (output) => {
    if (/spawn npm ENOENT|'npm' is not recognized/.test(output))
      return 'npm was not found. It comes with Node.js: install Node.js from https://nodejs.org/ and try again.'
    const network = /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/.exec(output)
    if (network)
      return `The packages could not be downloaded (${network[0]}). Check the connection or the proxy ("npm config get registry" says from where) and try again.`
    if (output.includes('ENOSPC'))
      return 'The disk is full; the packages need about 700 MB.'
    if (/EACCES|EPERM/.test(output))
      return `npm may not write into ${inRoot(folder, 'node_modules')}. Check who owns the folder and try again.`
  }
}
