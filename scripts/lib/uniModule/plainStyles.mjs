/** A component's SCSS becomes CSS: whoever installs the module needs neither sass nor our design tokens. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { compileString } from 'sass'
import { Problem } from '../problem.mjs'
import { blocksOf } from './importsIn.mjs'
import { mergeLines } from './mergeLines.mjs'
import { PLATFORMS, textOn } from './platforms.mjs'

/**
 * @param root the folder that `@/` means, with uni.scss
 * @param file the component
 * @param text its text
 * @returns edits of the text
 * @throws Problem for a style of another kind
 */
export function styleEdits(root, file, text) {
  return blocksOf(file, text).styles.filter(({ lang, src }) => lang || src).map(({ content, lang, loc, scoped, src }) => {
    if (lang !== 'scss' || src)
      throw new Problem(`${file} has a style that is neither CSS nor SCSS.`)
    const css = mergeLines(PLATFORMS.map(platform => compile(root, platform, file, content)))
    return { start: text.lastIndexOf('<style', loc.start.offset), end: loc.end.offset, text: `<style${scoped ? ' scoped' : ''}>\n${css}\n` }
  })
}

/** With uni.scss before it, as uni does it. */
function compile(root, platform, file, scss) {
  const read = name => textOn(platform, name, fs.readFileSync(path.join(root, name), 'utf8'))
  const url = pathToFileURL(path.join(root, file))
  const { css } = compileString(`${read('uni.scss')}\n${textOn(platform, `${file}.scss`, scss)}`, {
    importer: {
      canonicalize: specifier => specifier.endsWith('.scss') ? new URL(specifier, url) : null,
      load: found => ({ contents: read(path.relative(root, fileURLToPath(found))), syntax: 'scss' }),
    },
    url,
    charset: false,
    logger: { warn() {}, debug() {} }, // the app's own build has told it
  })
  return css
}
