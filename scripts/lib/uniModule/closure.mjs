import fs from 'node:fs'
import path from 'node:path'
import { Problem } from '../problem.mjs'
import { importsIn } from './importsIn.mjs'
import { PLATFORMS, textOn } from './platforms.mjs'

const ENDINGS = ['', '.ts', '.d.ts', '.vue', '/index.ts']
const BROUGHT = ['vue', '@dcloudio/uni-app']

/** Whether every uni-app project has the package. */
export const isBrought = specifier => BROUGHT.includes(specifier)

/**
 * Everything that is reached from `entries` by imports, on one platform or both.
 *
 * @param root the folder that `@/` means
 * @param entries files below root
 * @returns paths of files below root, and specifiers of packages; both sorted
 */
export function closureOf(root, entries) {
  const files = new Set()
  const packages = new Set()
  for (const platform of PLATFORMS) {
    const reached = reachOn(platform, root, entries)
    reached.files.forEach(file => files.add(file))
    reached.packages.forEach(specifier => packages.add(specifier))
  }
  return { files: [...files].sort(), packages: [...packages].sort() }
}

/** The same on one platform alone. @throws Problem for what a project could not build there */
export function reachOn(platform, root, entries) {
  const files = new Set()
  const packages = new Set()

  function visit(file) {
    if (files.has(file))
      return
    files.add(file)
    if (!/\.(?:ts|vue)$/.test(file))
      return
    for (const { specifier, isDynamic } of importsIn(file, textOn(platform, file, fs.readFileSync(path.join(root, file), 'utf8')))) {
      if (isDynamic && platform !== 'h5')
        throw new Problem(`${file} has import('${specifier}') for ${platform}: uni leaves that undone in mini-programs.`)
      const target = resolve(root, file, specifier)
      if (target !== undefined)
        visit(target)
      else if (!isBrought(specifier))
        packages.add(specifier)
    }
  }

  entries.forEach(visit)
  return { files, packages }
}

/**
 * The file that an import means; undefined for a package.
 *
 * @param root the folder that `@/` means
 * @param from the importing file, below root
 * @param specifier as it is written
 */
export function resolve(root, from, specifier) {
  if (!/^(?:@\/|\.)/.test(specifier))
    return undefined
  const base = specifier.startsWith('@/') ? specifier.slice(2) : path.posix.join(path.posix.dirname(from), specifier)
  const found = ENDINGS.map(ending => base + ending).find(file => fs.statSync(path.join(root, file), { throwIfNoEntry: false })?.isFile())
  if (found === undefined || found.startsWith('..'))
    throw new Problem(`${from} imports ${specifier}, which is no file of the project.`)
  return found
}
