import { createRequire } from 'node:module'
import { parse } from 'vue/compiler-sfc'

const require = createRequire(import.meta.url)
const { preProcessFile } = require('typescript')

/**
 * What a TypeScript file or a component imports, types too, in the order of the text.
 *
 * @param file its name; the ending says what it is
 * @param text with or without conditional comments
 * @returns for each: the specifier, where it stands without its quotes, and whether it is an import() that answers a module
 */
export function importsIn(file, text) {
  return scriptsIn(file, text).flatMap(({ start, code }) => {
    const { importedFiles, referencedFiles } = preProcessFile(code, true, true)
    return [
      ...referencedFiles.map(({ fileName, pos }) => ({ specifier: fileName, start: start + pos, isDynamic: false })),
      ...importedFiles.map(({ fileName, pos }) => ({ specifier: fileName, start: start + pos + 1, isDynamic: isCall(code.slice(0, pos)) })),
    ]
  }).map(found => ({ ...found, end: found.start + found.specifier.length })).sort((a, b) => a.start - b.start)
}

/** The script blocks of a component with where they begin; of any other file, all of it. */
export function scriptsIn(file, text) {
  if (!file.endsWith('.vue'))
    return [{ start: 0, code: text }]
  const { script, scriptSetup } = blocksOf(file, text)
  return [script, scriptSetup].filter(Boolean).map(({ loc }) => ({ start: loc.start.offset, code: loc.source }))
}

/** The component's blocks, as Vue's own parser sees them. @throws the first thing that it does not understand */
export function blocksOf(file, text) {
  const { descriptor, errors } = parse(text, { filename: file, sourceMap: false })
  if (errors.length > 0)
    throw errors[0]
  return descriptor
}

/** `import(` and not `typeof import(`. */
const isCall = before => /(?<!typeof\s+)\bimport\(\s*$/.test(before)
