import { expect, it } from 'vitest'
import { shorten } from './shortPrivateNames'

/** Runs it and answers what it exports. */
async function run(code: string) {
  const exports: Record<string, any> = {}
  // eslint-disable-next-line no-new-func
  new Function('exports', await shorten(code))(exports)
  return exports.made
}

it('names that an SDK keeps to itself are shortened, and it does what it did', async () => {
  const code = 'class Room { constructor() { this._memberCount = 3; this.name = "r" } _countUp() { return ++this._memberCount } up() { return this._countUp() } } const room = new Room(); exports.made = [room.up(), room.name, Object.keys(room).length]'
  expect(await shorten(code)).not.toMatch(/_memberCount|_countUp/)
  expect(await run(code)).toEqual([4, 'r', 2])
})

it('a name that is looked up by a text stays as it is', async () => {
  const code = 'const made = {}; ["_lastTime"].forEach(key => made[key] = 7); made._lastTime += 1; exports.made = made'
  expect((await run(code))._lastTime).toBe(8)
})

// eslint-disable-next-line no-template-curly-in-string
it.each(['a["_" + b]', 'a[`_${b}`]', 'a["_".concat(b)]'])('names that are put together while it runs are refused: %s', async (code) => {
  await expect(shorten(code)).rejects.toThrow('cannot be shortened')
})
