/** npm packages that travel inside the module, a file for each: whoever installs the module installs nothing else. */
import { build } from 'esbuild'

/** `some-sdk/dist/part.mjs` → `some-sdk-dist-part` */
export const vendorName = specifier => specifier.replace(/\.[cm]?js$/, '').replace(/^@/, '').replaceAll('/', '-')

/**
 * The package as one ES module.
 *
 * @param root where node_modules is
 * @param specifier what is imported
 * @returns its text, and the folders of all packages that are inside
 */
export async function vendor(root, specifier) {
  const { metafile, outputFiles } = await build({
    entryPoints: [specifier],
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2019',
    external: ['vue'],
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none', // NOTICES.md has them
    metafile: true,
    write: false,
  })
  const folders = Object.keys(metafile.inputs).map(file => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
  return { text: withoutPaths(outputFiles[0].text), folders: [...new Set(folders.filter(Boolean))] }
}

/** The comments by which esbuild says what comes from which file. */
const withoutPaths = text => text.replace(/^\/\/ .*node_modules\/.*\n/gm, '')
