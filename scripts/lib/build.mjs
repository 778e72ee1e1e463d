import fs from 'node:fs'
import process from 'node:process'
import { run } from './command.mjs'
import { inRoot } from './root.mjs'
import { hashOfAppSources } from './sources.mjs'

const ENTRY_FILES = { 'h5': 'index.html', 'mp-weixin': 'app.json' }
const NAMES = { 'h5': 'the web app', 'mp-weixin': 'the mini-program' }

export const outputOf = platform => inRoot('unpackage/dist/build', platform)
/** Beside the output, not in it: WeChat DevTools would pack it. */
const stampOf = platform => inRoot('unpackage/dist/build', `${platform}.sources`)

/**
 * Builds unless the sources are those of the last build.
 *
 * @param platform 'h5' or 'mp-weixin'
 * @returns whether there was anything to do
 */
export async function buildApp(platform, { isBackground = false } = {}) {
  const sources = hashOfAppSources()
  if (isBuilt(platform, sources))
    return false
  fs.rmSync(stampOf(platform), { force: true })
  await run([process.execPath, inRoot('scripts/uni.mjs'), 'build', '-p', platform], { title: isBackground ? undefined : `Building ${NAMES[platform]}` })
  fs.writeFileSync(stampOf(platform), sources)
  return true
}

function isBuilt(platform, sources) {
  return fs.existsSync(stampOf(platform))
    && fs.readFileSync(stampOf(platform), 'utf8') === sources
    && fs.existsSync(`${outputOf(platform)}/${ENTRY_FILES[platform]}`)
}
