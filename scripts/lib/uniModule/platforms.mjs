/** The two platforms the component runs on, and what uni's conditional comments leave of a text there. */
import { createRequire } from 'node:module'
import process from 'node:process'

export const PLATFORMS = ['h5', 'mp-weixin']
/** What `#ifdef` calls them. */
export const IFDEF = { 'h5': 'H5', 'mp-weixin': 'MP-WEIXIN' }

/** The text of a script, component or style as that platform has it. */
export function textOn(platform, file, text) {
  if (!text.includes('#if'))
    return text
  const { preCss, preHtml, preJs } = uni(platform)
  if (/\.s?css$/.test(file))
    return preCss(text, file)
  return file.endsWith('.vue') ? preJs(preHtml(text, file), file) : preJs(text, file)
}

/** uni's own preprocessor. One process serves both platforms: it is told anew before each use. */
function uni(platform) {
  process.env.UNI_INPUT_DIR ??= process.cwd()
  const shared = createRequire(import.meta.url)('@dcloudio/uni-cli-shared')
  shared.initPreContext(platform)
  return shared
}
