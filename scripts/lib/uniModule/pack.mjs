/** The code of the module as a record of files. Nothing is written here, and the same sources give the same bytes. */
import fs from 'node:fs'
import path from 'node:path'
import { Problem } from '../problem.mjs'
import { closureOf, isBrought, resolve } from './closure.mjs'
import { edit } from './edit.mjs'
import { importsIn } from './importsIn.mjs'
import { notices } from './notices.mjs'
import { styleEdits } from './plainStyles.mjs'
import { typeEdits } from './spellOutTypes.mjs'
import { vendor, vendorName } from './vendor.mjs'
import { typesOf } from './vendorTypes.mjs'

/**
 * @param root the project: what `@/` means, with node_modules
 * @param entries source → place in the module; what they import keeps its path
 * @returns place → text
 */
export async function pack(root, entries) {
  const { files, packages } = closureOf(root, Object.keys(entries))
  const placeOf = file => entries[file] ?? file
  const packed = new Map([...files].map(file => [placeOf(file), rewrite(root, file, placeOf)]))
  const folders = new Set()
  for (const specifier of packages) {
    const { text, folders: inside } = await vendor(root, specifier)
    packed.set(placeOfPackage(specifier), text)
    inside.forEach(folder => folders.add(folder))
    typesOf(root, specifier).forEach((types, place) => packed.set(place, types))
  }
  return packed.set('NOTICES.md', notices(root, folders))
}

const placeOfPackage = specifier => `vendor/${vendorName(specifier)}.js`

/** The file with its imports leading to places in the module. */
function rewrite(root, file, placeOf) {
  const text = fs.readFileSync(path.join(root, file), 'utf8')
  if (!/\.(?:ts|vue)$/.test(file))
    return text
  refuseAssets(file, text)
  const imports = importsIn(file, text).map(({ specifier, start, end }) => {
    const target = resolve(root, file, specifier)
    const place = target === undefined ? placeOfPackage(specifier) : placeOf(target)
    return { start, end, text: target === undefined && isBrought(specifier) ? specifier : relative(placeOf(file), place) }
  })
  return edit(text, file.endsWith('.vue') ? [...imports, ...typeEdits(root, file, text), ...styleEdits(root, file, text)] : imports)
}

function refuseAssets(file, text) {
  const asset = /(?:src=|url\()["']?(?:@\/|\/static\/)[^"')\s]+/.exec(text)
  if (asset)
    throw new Problem(`${file} names ${asset[0]}, which is not in the module.`)
}

/** From one place to another, as an import says it. */
function relative(from, to) {
  const way = path.posix.relative(path.posix.dirname(from), to).replace(/(?<!\.d)\.ts$/, '')
  return way.startsWith('.') ? way : `./${way}`
}
