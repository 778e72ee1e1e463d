import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { run } from './command.mjs'
import { Problem } from './problem.mjs'

const isWindows = process.platform === 'win32'

const BROWSERS = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(name => `/Applications/${name}.app/Contents/MacOS/${name}`),
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap(folder =>
    ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map(file => path.join(process.env[folder] ?? '', file))),
}

/** A Chrome or Chromium with H.264, or undefined. `CHROMIUM_PATH` decides if set. */
export const findBrowser = () => find(process.env.CHROMIUM_PATH, BROWSERS[process.platform] ?? BROWSERS.linux)

/** `FFMPEG_PATH` decides if set. */
export const findFfmpeg = () => find(process.env.FFMPEG_PATH, ['ffmpeg'])

/** Expected beside ffmpeg, or on the PATH. */
export function findFfprobe() {
  const ffmpeg = findFfmpeg()
  const beside = ffmpeg && path.join(path.dirname(ffmpeg), `ffprobe${isWindows ? '.exe' : ''}`)
  return find(beside && fs.existsSync(beside) ? beside : undefined, ['ffprobe'])
}

/**
 * What the tests need besides Node.js. On Debian, as far as we may, what is missing is installed.
 *
 * @returns the environment in which the tests find them
 * @throws Problem that says what to install
 */
export async function prepareTools() {
  if (missing().length && mayInstall())
    await installDebianPackages()
  const stillMissing = missing()
  if (stillMissing.length)
    throw new Problem(`The tests need ${stillMissing.map(({ name }) => name).join(' and ')}. ${stillMissing.map(({ advice }) => advice).join(' ')}`)
  const ffmpeg = findFfmpeg()
  return {
    CHROMIUM_PATH: findBrowser(),
    FFMPEG_PATH: ffmpeg,
    FFPROBE_PATH: findFfprobe(),
    PATH: [path.dirname(ffmpeg), process.env.PATH].join(path.delimiter),
  }
}

function missing() {
  const install = { linux: 'your package manager', darwin: 'Homebrew', win32: 'winget' }[process.platform] ?? 'your package manager'
  return [
    { isThere: findBrowser(), name: 'Chrome or Chromium', advice: 'Install Google Chrome or Chromium (Debian: apt-get install chromium), or set CHROMIUM_PATH to the program.' },
    { isThere: findFfmpeg() && findFfprobe(), name: 'ffmpeg with ffprobe', advice: `Install ffmpeg with ${install} (Debian: apt-get install ffmpeg), or set FFMPEG_PATH to the program.` },
  ].filter(tool => !tool.isThere)
}

function find(chosen, names) {
  if (chosen)
    return isProgram(chosen) ? chosen : undefined
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const candidates = names.flatMap(name => path.isAbsolute(name) ? [name] : folders.map(folder => path.join(folder, isWindows ? `${name}.exe` : name)))
  return candidates.find(isProgram)
}

function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return fs.statSync(file).isFile()
  }
  catch {
    return false
  }
}

// ── Debian ───────────────────────────────────────────────────────────────────────────────────────────────────────

const sudo = () => process.getuid?.() === 0 ? [] : ['sudo', '-n']

/** Only Debian itself: elsewhere `chromium` is another thing by that name (on Ubuntu a snap). */
function mayInstall() {
  const isDebian = fs.existsSync('/etc/os-release') && /^ID=debian$/m.test(fs.readFileSync('/etc/os-release', 'utf8'))
  return isDebian && spawnSync([...sudo(), 'apt-get'][0], [...sudo(), 'apt-get', '--version'].slice(1), { stdio: 'ignore' }).status === 0
}

async function installDebianPackages() {
  const explain = output => /Temporary failure|Could not resolve|Unable to fetch|Failed to fetch/.test(output)
    ? 'Debian\'s packages could not be downloaded. Check the connection, or install chromium and ffmpeg yourself.'
    : undefined
  const aptGet = [...sudo(), 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q']
  await run([...aptGet, 'update'], { title: 'Asking Debian for its package lists', explain })
  await run([...aptGet, 'install', '-y', '--no-install-recommends', 'chromium', 'ffmpeg', 'fonts-noto-cjk'], { title: 'Installing chromium, ffmpeg and Chinese fonts', explain })
}
