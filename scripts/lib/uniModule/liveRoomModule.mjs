/** The module of `<lianmai-live-room>`: what goes into it, and how it gets into a project. */
import fs from 'node:fs'
import path from 'node:path'
import { inRoot, root } from '../root.mjs'
import { pack } from './pack.mjs'
import { papers } from './papers.mjs'

export const ID = 'lianmai-live-room'
/** By its place easycom finds the component; `@/uni_modules/lianmai-live-room` is what package.json names as main. */
export const ENTRIES = {
  'src/live/embed/lianmai-live-room.vue': `components/${ID}/${ID}.vue`,
  'src/live/embed/liveRoom.ts': 'index.ts',
}

/** Place in the module → text, in the order of the places. */
export async function liveRoomModule() {
  const files = [...await pack(root, ENTRIES), ...papers(root, ID)]
  return new Map(files.sort(([a], [b]) => a < b ? -1 : 1))
}

/**
 * Puts the module in the place of the one that is there.
 *
 * @param files place → text
 * @param project the folder that has pages.json
 * @returns the module's folder
 */
export function install(files, project = inRoot('unpackage')) {
  const folder = path.resolve(project, 'uni_modules', ID)
  fs.rmSync(folder, { recursive: true, force: true })
  for (const [place, text] of files) {
    fs.mkdirSync(path.join(folder, path.dirname(place)), { recursive: true })
    fs.writeFileSync(path.join(folder, place), text)
  }
  return folder
}
