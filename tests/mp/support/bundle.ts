/** What `npm run build:mp-weixin` left behind. */
import type { Files } from './appJson'
import fs from 'node:fs'
import path from 'node:path'
import { subPackageRoots } from './appJson'

export const OUTPUT = path.resolve(import.meta.dirname, '../../../unpackage/dist/build/mp-weixin')

/** The files that are code; pictures and styles do not run. */
export const readCode = (output = OUTPUT): Files => readText(output, /\.(?:js|json|wxml|wxs)$/)

/** The style sheets. */
export const readStyles = (output = OUTPUT): Files => readText(output, /\.wxss$/)

function readText(output: string, kind: RegExp): Files {
  return Object.fromEntries(listFiles(output)
    .filter(file => kind.test(file))
    .map(file => [file, fs.readFileSync(path.join(output, file), 'utf8')]))
}

/** Bytes of everything that WeChat packs, by package; the main one is ''. */
export function sizeByPackage(output = OUTPUT): Record<string, number> {
  const roots = subPackageRoots(JSON.parse(fs.readFileSync(path.join(output, 'app.json'), 'utf8')))
  const sizes: Record<string, number> = Object.fromEntries(['', ...roots].map(root => [root, 0]))
  for (const file of listFiles(output).filter(file => !/^project\..*json$/.test(file)))
    sizes[roots.find(root => file.startsWith(`${root}/`)) ?? ''] += fs.statSync(path.join(output, file)).size
  return sizes
}

function listFiles(output: string): string[] {
  return (fs.readdirSync(output, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => path.relative(output, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}
