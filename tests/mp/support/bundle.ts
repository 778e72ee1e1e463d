/** What `npm run build:mp-weixin` left behind. */
import fs from 'node:fs'
import path from 'node:path'

/** Path inside the build → text. */
export type Files = Readonly<Record<string, string>>

export const OUTPUT = path.resolve(import.meta.dirname, '../../../unpackage/dist/build/mp-weixin')

/** The files that are code; pictures and styles do not run. */
export function readCode(output = OUTPUT): Files {
  return Object.fromEntries(listFiles(output)
    .filter(file => /\.(?:js|json|wxml|wxs)$/.test(file))
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

export interface AppJson {
  readonly pages: readonly string[]
  readonly subPackages?: readonly { readonly root: string, readonly pages: readonly string[] }[]
  readonly usingComponents?: Readonly<Record<string, string>>
}

export const subPackageRoots = ({ subPackages = [] }: AppJson): string[] => subPackages.map(({ root }) => root.replace(/\/$/, ''))

function listFiles(output: string): string[] {
  return (fs.readdirSync(output, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => path.relative(output, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}
