/** The types that a package brings, for projects that check theirs: beside its file, with what they import of the same package. */
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { importsIn } from './importsIn.mjs'
import { vendorName } from './vendor.mjs'

const ts = createRequire(import.meta.url)('typescript')
const OPTIONS = { moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext, allowArbitraryExtensions: true }

/**
 * @param root where node_modules is
 * @param specifier what is imported
 * @returns place in the module → text; nothing where the package brings none
 */
export function typesOf(root, specifier) {
  const name = vendorName(specifier)
  const entry = resolveTypes(specifier, path.join(root, 'index.ts'))
  if (entry === undefined)
    return new Map()

  const folder = path.dirname(entry)
  const places = new Map()
  const visit = (file) => {
    const place = path.relative(folder, file).replaceAll('\\', '/')
    if (places.has(place))
      return
    const text = fs.readFileSync(file, 'utf8')
    places.set(place, text)
    importsIn(file, text).filter(({ specifier }) => specifier.startsWith('.')).map(({ specifier }) => resolveTypes(specifier, file)).filter(Boolean).forEach(visit)
  }
  visit(entry)

  const from = `./types/${name}/${path.basename(entry).replace(/\.d\.([cm]?)ts$/, (_, kind) => kind ? `.${kind}js` : '')}`
  const isDefault = /\bexport default\b|\bas default\b|\bexport = /.test(places.get(path.basename(entry)))
  return new Map([
    [`vendor/${name}.d.ts`, `export * from '${from}'\n${isDefault ? `export { default } from '${from}'\n` : ''}`],
    ...[...places].map(([place, text]) => [`vendor/types/${name}/${place}`, text]),
  ])
}

function resolveTypes(specifier, from) {
  const found = ts.resolveModuleName(specifier, from, OPTIONS, ts.sys).resolvedModule?.resolvedFileName
  return found && /\.d\.[cm]?ts$/.test(found) ? found : undefined
}
