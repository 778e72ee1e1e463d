import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { inRoot } from './root.mjs'

const FILES = ['App.vue', 'main.ts', 'index.html', 'uni.scss', 'manifest.json', 'pages.json', 'vite.config.ts', 'tsconfig.json', 'package-lock.json', 'scripts/uni.mjs', '.env']
const FOLDERS = ['src', 'shared', 'static', 'scripts/vite']
const isOfTheApp = file => !/\.test\.ts$|[\\/]testing[\\/]|[\\/]\.DS_Store$/.test(file)

/** Names the present content of everything the app is built from, so that a build is repeated only when that changed. */
export function hashOfAppSources() {
  const hash = createHash('sha256')
  for (const file of [...FILES, ...FOLDERS.flatMap(filesBelow)].filter(file => fs.existsSync(inRoot(file))))
    hash.update(`${file.replaceAll('\\', '/')}\0`).update(fs.readFileSync(inRoot(file))).update('\0')
  // Vite compiles these into the app.
  for (const name of Object.keys(process.env).filter(name => name.startsWith('VITE_')).sort())
    hash.update(`${name}=${process.env[name]}\0`)
  return hash.digest('hex')
}

function filesBelow(folder) {
  if (!fs.existsSync(inRoot(folder)))
    return []
  return fs.readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(inRoot(), path.join(entry.parentPath ?? entry.path, entry.name)))
    .filter(isOfTheApp)
    .sort()
}
