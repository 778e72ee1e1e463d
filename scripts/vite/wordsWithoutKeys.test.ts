import { expect, it } from 'vitest'
import { common as english } from '@/src/locales/en/common'
import { common as chinese } from '@/src/locales/zhCN/common'
import { wordsWithoutKeys } from './wordsWithoutKeys'

type Transform = (this: { addWatchFile: () => void }, code: string, id: string) => Promise<{ code: string } | undefined>
const transform = wordsWithoutKeys().transform as unknown as Transform
const ROOT = new URL('../..', import.meta.url).pathname.replace(/\/$/, '')

it('english words lose their keys in the build and have them when the app runs', async () => {
  const source = `export const common = ${JSON.stringify(Object.fromEntries(Object.entries(english).reverse()))}`
  const { code } = (await transform.call({ addWatchFile: () => {} }, source, `${ROOT}/src/locales/en/common.ts`))!
  expect(code).not.toContain('"retry"')
  const script = code.replace(/import .*/, '').replace('export const common', 'const common')
  // eslint-disable-next-line no-new-func
  expect(new Function('chinese', `${script}\nreturn common`)(chinese)).toEqual(english)
})

it('other files stay as they are', async () => {
  expect(await transform.call({ addWatchFile: () => {} }, '', `${ROOT}/src/locales/zhCN/common.ts`)).toBeUndefined()
})
