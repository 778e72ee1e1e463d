import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const ASSETS = path.resolve(import.meta.dirname, '../../unpackage/dist/build/h5/assets')

it('[TI3] on the web Tencent\'s SDK is a file of its own that only import() fetches', () => {
  const scripts = fs.readdirSync(ASSETS).filter(file => file.endsWith('.js')).map(file => ({ file, code: fs.readFileSync(path.join(ASSETS, file), 'utf8') }))
  const holders = scripts.filter(({ code }) => code.includes('TIMRelayElem'))
  expect(holders).toHaveLength(1)
  const [{ file }] = holders
  const asking = scripts.filter(({ code }) => code.includes(file))
  expect(asking.length).toBeGreaterThan(0)
  expect(asking.filter(({ code }) => code.includes(`from"./${file}"`) || code.includes(`import"./${file}"`))).toEqual([])
  expect(fs.readFileSync(path.join(ASSETS, '../index.html'), 'utf8')).not.toContain(file)
})
