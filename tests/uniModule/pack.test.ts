/** The packer on a project of a few lines. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { pack } from '../../scripts/lib/uniModule/pack.mjs'

let root: string
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'pack-'))
  write('uni.scss', '')
  write('tsconfig.json', '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./*"] } } }')
  write('node_modules/some-sdk/package.json', '{"name":"some-sdk","version":"1.2.3","license":"MIT","main":"dist/sdk.js","types":"dist/sdk.d.ts","author":"Somebody"}')
  write('node_modules/some-sdk/LICENSE', 'As is.')
  write('node_modules/some-sdk/dist/sdk.js', 'import { two } from "inner"\nexport const four = two + two\n')
  write('node_modules/some-sdk/dist/sdk.d.ts', 'import type { Number } from \'./number\'\nexport declare const four: Number\n')
  write('node_modules/some-sdk/dist/number.d.ts', 'export type Number = 4\n')
  write('node_modules/inner/package.json', '{"name":"inner","version":"0.1.0","license":"ISC","main":"index.js"}')
  write('node_modules/inner/index.js', 'exports.two = 2')
})
afterEach(() => fs.rmSync(root, { recursive: true, force: true }))

function write(file: string, text: string) {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  fs.writeFileSync(path.join(root, file), text)
}

const packed = async (entries: Record<string, string> = { 'src/deep/Tag.vue': 'components/tag/tag.vue' }) => Object.fromEntries(await pack(root, entries) as Map<string, string>)
const component = (script: string, rest = '') => `<script setup lang="ts">\n${script}\n</script>\n\n<template>\n  <view />\n</template>\n${rest}`

it('[UM1] what is reached by imports comes along, types and side effects too, and nothing else', async () => {
  write('src/deep/Tag.vue', component('import type { Kind } from \'@/shared/kind\'\nimport { help } from \'../help\'\nimport \'./effect\''))
  write('shared/kind.ts', 'export type Kind = 1\n')
  write('src/help.ts', 'export * from \'./deep\'\nexport const help = 1\n')
  write('src/deep/index.ts', 'export const deep: typeof import(\'./typed\') | undefined = undefined\n')
  write('src/deep/typed.ts', 'export {}\n')
  write('src/deep/effect.ts', 'void 0\n')
  write('src/deep/unused.ts', 'export {}\n')
  expect(Object.keys(await packed()).sort()).toEqual(['NOTICES.md', 'components/tag/tag.vue', 'shared/kind.ts', 'src/deep/effect.ts', 'src/deep/index.ts', 'src/deep/typed.ts', 'src/help.ts'])
})

it('[UM2] imports lead to places in the module; what every project has keeps its name, and so do texts that look like imports', async () => {
  write('src/deep/Tag.vue', component('import { ref } from \'vue\'\nimport { onShow } from \'@dcloudio/uni-app\'\nimport { help } from \'@/src/help\'\nimport Inner from \'./Inner.vue\'\nconst text = "from \'@/src/help\'"'))
  write('src/deep/Inner.vue', component('import Tag from \'./Tag.vue\''))
  write('src/help.ts', 'export const help = 1\n')
  const files = await packed()
  expect(files['components/tag/tag.vue']).toContain('import { ref } from \'vue\'\nimport { onShow } from \'@dcloudio/uni-app\'\nimport { help } from \'../../src/help\'\nimport Inner from \'../../src/deep/Inner.vue\'\nconst text = "from \'@/src/help\'"')
  expect(files['src/deep/Inner.vue']).toContain('import Tag from \'../../components/tag/tag.vue\'')
})

it('[UM2] conditional comments stay, and both platforms\' files come along', async () => {
  const script = '// #ifdef H5\nimport { web } from \'./web\'\n// #endif\n// #ifdef MP-WEIXIN\nimport { phone } from \'./phone\'\n// #endif'
  write('src/deep/Tag.vue', component(script))
  write('src/deep/web.ts', 'export const web = 1\n')
  write('src/deep/phone.ts', 'export const phone = 1\n')
  const files = await packed()
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['src/deep/web.ts', 'src/deep/phone.ts']))
  expect(files['components/tag/tag.vue']).toContain(script.replace('./web', '../../src/deep/web').replace('./phone', '../../src/deep/phone'))
})

it('[UM3] a package is one ES module with everything inside, its types beside it, and the licences of all of it', async () => {
  write('src/index.ts', 'export { four } from \'some-sdk\'\n')
  const files = await packed({ 'src/index.ts': 'index.ts' })
  expect(files['index.ts']).toBe('export { four } from \'./vendor/some-sdk.js\'\n')
  const { four } = await import(`data:text/javascript,${encodeURIComponent(files['vendor/some-sdk.js'])}`)
  expect(four).toBe(4)
  expect(files['vendor/some-sdk.d.ts']).toBe('export * from \'./types/some-sdk/sdk\'\n')
  expect([files['vendor/types/some-sdk/sdk.d.ts'], files['vendor/types/some-sdk/number.d.ts']]).toEqual([expect.stringContaining('four'), expect.stringContaining('4')])
  expect(files['NOTICES.md']).toMatch(/## inner 0\.1\.0\n\nISC\n[\s\S]*## some-sdk 1\.2\.3\n\nMIT, Somebody\n\n```\nAs is\.\n```/)
})

it('[UM4] types of other files are written out where Vue would have to look them up; a boolean stays one', async () => {
  write('src/deep/Tag.vue', component('import type { Props, Emits } from \'@/src/types\'\nconst props = defineProps<Props>()\nconst emit = defineEmits<Emits>()'))
  write('src/types.ts', 'interface Base { readonly isOn: boolean }\nexport interface Props extends Base { readonly urls?: string[] }\nexport interface Emits { change: [to: string], \'some-thing\': [] }\n')
  const { 'components/tag/tag.vue': text } = await packed()
  expect(text).toContain('defineProps<{ urls?: Props[\'urls\'], isOn: boolean }>()')
  expect(text).toContain('defineEmits<{ change: Emits[\'change\'], "some-thing": Emits[\'some-thing\'] }>()')
})

it('[UM4] SCSS becomes CSS with the design tokens filled in; what differs between the platforms stands under its condition', async () => {
  write('uni.scss', '$accent: #ff7d68;\n$is-wide: true;\n// #ifdef MP-WEIXIN\n$is-wide: false;\n// #endif\n@mixin wide { @if $is-wide { @media (min-width: 900px) { @content; } } }\n')
  write('src/deep/shared.scss', '.shared { margin: 0; }\n')
  write('src/deep/Tag.vue', component('', '\n<style lang="scss" scoped>\n@import \'./shared.scss\';\n.a { color: $accent; @include wide { padding: 1px; } .b { color: $accent; } }\n</style>\n'))
  const { 'components/tag/tag.vue': text } = await packed()
  expect(text.slice(text.indexOf('<style'))).toBe(`<style scoped>
.shared {
  margin: 0;
}

.a {
  color: #ff7d68;
}
/* #ifdef H5 */
@media (min-width: 900px) {
  .a {
    padding: 1px;
  }
}
/* #endif */
.a .b {
  color: #ff7d68;
}
</style>
`)
})

it.each<[string, string, RegExp]>([
  ['an import that leads nowhere', component('import { gone } from \'./gone\''), /src\/deep\/Tag\.vue imports \.\/gone, which is no file of the project/],
  ['a style of another kind', component('', '<style lang="less">\na { b { color: red } }\n</style>\n'), /src\/deep\/Tag\.vue has a style that is neither CSS nor SCSS/],
  ['a picture of the project', component('const logo = { src: \'/static/logo.png\' }\nvoid logo').replace('<view />', '<image src="/static/logo.png" />'), /src\/deep\/Tag\.vue names src="\/static\/logo\.png/],
  ['import() in a mini-program', component('const load = () => import(\'some-sdk\')'), /src\/deep\/Tag\.vue has import\('some-sdk'\) for mp-weixin/],
  ['a prop that is a boolean or something else', component('import type { Props } from \'./types\'\ndefineProps<Props>()'), /Props\.isOn is a boolean or something else/],
])('[UM5] %s is refused in one sentence with the file', async (_, text, sentence) => {
  write('src/deep/Tag.vue', text)
  write('src/deep/types.ts', 'export interface Props { isOn: boolean | string }\n')
  await expect(packed()).rejects.toThrow(sentence)
})

it('[UM5] import() on the web alone is left as it is', async () => {
  write('src/deep/Tag.vue', component('// #ifdef H5\nconst load = () => import(\'some-sdk\')\n// #endif'))
  expect((await packed())['components/tag/tag.vue']).toContain('const load = () => import(\'../../vendor/some-sdk.js\')')
})
