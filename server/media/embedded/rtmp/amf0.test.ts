import { describe, expect, it } from 'vitest'
import { decodeAmf0, encodeAmf0, MalformedAmf } from './amf0'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

describe('amf0', () => {
  it('[MD13] decodes what it encodes', () => {
    const values = ['connect', 1, true, null, [1, 'two'], { app: 'live', nested: { flag: false } }]
    const [name, ...rest] = decodeAmf0(encodeAmf0(...values))
    expect([name, ...rest]).toEqual(values.map(value => value))
  })

  it.each([
    ['number', '00 3ff0000000000000', 1],
    ['string', '02 0002 6869', 'hi'],
    ['long string', '0c 00000002 6869', 'hi'],
    ['undefined', '06', null],
    ['date', '0b 3ff0000000000000 0000', 1],
    ['array with a wrong count', '08 000000ff 0001 61 0101 0000 09', { a: true }],
    ['strict array', '0a 00000002 0100 0101', [false, true]],
  ])('[MD13] understands %s', (_name, hex, value) => {
    expect(decodeAmf0(bytes(hex))).toEqual([value])
  })

  it('[MD15] a key named __proto__ is only a key', () => {
    const [object] = decodeAmf0(bytes(`03 0009 ${Buffer.from('__proto__').toString('hex')} 03 0001 78 0101 000009 000009`))
    expect(Object.keys(object as object)).toEqual(['__proto__'])
    expect(({} as { x?: boolean }).x).toBeUndefined()
  })

  it.each([
    ['an unknown marker', '0d'],
    ['a number cut short', '00 3ff0'],
    ['a string cut short', '02 0005 6869'],
    ['a long string of 4 GB', '0c ffffffff 68'],
    ['an object without end', '03 0001 61 05'],
    ['an array of 4 thousand million', '0a ffffffff 05'],
    ['nesting without end', '0a00000001'.repeat(100)],
    ['very many keys', `03 ${'0001 61 05'.repeat(2000)} 000009`],
    ['arrays of arrays', `0a 00000400 ${`0a 00000400 ${'05'.repeat(1024)}`.repeat(1024)}`],
  ])('[MD15] throws on %s', (_name, hex) => {
    expect(() => decodeAmf0(bytes(hex))).toThrow(MalformedAmf)
  })

  it('[MD15] stops after 32 values', () => {
    expect(decodeAmf0(Buffer.alloc(1000, 5))).toHaveLength(32)
  })
})
