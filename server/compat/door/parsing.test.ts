import { describe, expect, it } from 'vitest'
import { codeThrown } from '../testing/codeThrown'
import { WeappCode } from '../WeappError'
import { Beat, Merge, NewAnchor, NewRoom, Page, parseBody, parseFieldChange, parseFields, RoomOnly, Visitor } from './parsing'

const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

describe('a body', () => {
  it.each([['', {}], ['  \n', {}], ['{}', {}], ['{"a":[1,null]}', { a: [1, null] }]])('[RS3] may be %j', (text, body) => {
    expect(parseBody(text)).toEqual(body)
  })

  it.each(['{', '[]', '"text"', '1', 'null', 'a=1&b=2', '{"a":1}x', deep(200_000).slice(0, -1)])('[RS3] that is no JSON object is 200101: %.20s', (text) => {
    expect(codeThrown(() => parseBody(text))).toBe(200_101)
  })
})

describe('texts, numbers and objects', () => {
  it('[RS3] numbers are their digits, objects their JSON, where a text is meant', () => {
    expect(parseFields(NewAnchor, {}, { roomID: 17, userName: 5, userAvatar: '', pushURL: 'rtmp://x' })).toMatchObject({ roomID: '17', userName: '5' })
    expect(parseFields(Visitor, {}, { roomID: 'r', userInfo: { userName: 'Anna' } }).userInfo).toBe('{"userName":"Anna"}')
    expect(parseFields(Visitor, {}, { roomID: 'r', userInfo: '{"userName":"Anna"}' }).userInfo).toBe('{"userName":"Anna"}')
    expect(parseFields(Visitor, {}, { roomID: 'r' }).userInfo).toBe('')
    expect(parseFields(NewRoom, {}, { roomInfo: { name: 'Evening' } })).toEqual({ roomInfo: '{"name":"Evening"}', roomID: '' })
  })

  it('[RS3] digits are their number where a number is meant', () => {
    expect(parseFields(Page, {}, { cnt: '20', index: ' 5 ' })).toEqual({ cnt: 20, index: 5 })
    expect(parseFields(Page, {}, { cnt: 1e6 })).toEqual({ cnt: 200, index: 0 })
    expect(parseFields(Beat, {}, { roomID: 'r', roomStatusCode: '3' }).roomStatusCode).toBe(3)
    for (const roomStatusCode of [undefined, null, 'x', 1.5, {}])
      expect(parseFields(Beat, {}, { roomID: 'r', roomStatusCode }).roomStatusCode).toBe(0)
  })

  it('[RS3] what is nested too deep to be written is missing, and no failure', () => {
    const roomInfo = JSON.parse(deep(8000)) as object
    expect(codeThrown(() => parseFields(NewRoom, {}, { roomInfo }))).toBe(201_000)
  })
})

describe('what is missing or does not fit', () => {
  const ROOM = { roomID: WeappCode.noRoomId }
  it.each([{}, { roomID: null }, { roomID: '' }, { roomID: ['r'] }, { roomID: true }, { roomID: 'x'.repeat(65) }])('[RS4] no roomID is 201004: %j', (body) => {
    expect(codeThrown(() => parseFields(RoomOnly, ROOM, body))).toBe(201_004)
  })

  it.each([undefined, null, 0, '0', -1, 1.5, 'many', {}, 1e300])('[RS4] no count is 201005: %j', (cnt) => {
    expect(codeThrown(() => parseFields(Page, { cnt: WeappCode.noCount }, { cnt, index: 0 }))).toBe(201_005)
  })

  it('[RS4] anything else is 201000, a long roomInfo 203009', () => {
    expect(codeThrown(() => parseFields(Page, {}, { cnt: 20, index: -1 }))).toBe(201_000)
    expect(codeThrown(() => parseFields(NewRoom, {}, {}))).toBe(201_000)
    expect(codeThrown(() => parseFields(NewAnchor, {}, { roomID: 'r', userName: 'Anna', userAvatar: '' }))).toBe(201_000)
    expect(codeThrown(() => parseFields(NewRoom, {}, { roomInfo: '直'.repeat(341) }))).toBe(0)
    expect(codeThrown(() => parseFields(NewRoom, {}, { roomInfo: '直'.repeat(342) }))).toBe(203_009)
  })

  it('[RS4] the message says which field, and nothing of what was in it', () => {
    expect(() => parseFields(NewRoom, {}, { roomInfo: `secret${'x'.repeat(2000)}` })).toThrow(/^roomInfo is missing, or is not what it should be\.$/)
  })
})

describe('a custom field', () => {
  const change = (fields: object) => parseFieldChange({ roomID: 'r', fieldName: 'likes', ...fields }).change

  it.each([
    [{ operation: 'set', value: 'x' }, { operation: 'set', fieldName: 'likes', value: 'x' }],
    [{ operation: 'set', value: 5 }, { operation: 'set', fieldName: 'likes', value: 5 }],
    [{ operation: 'set', value: '' }, { operation: 'set', fieldName: 'likes', value: '' }],
    [{ operation: 'inc' }, { operation: 'inc', fieldName: 'likes', by: 1 }],
    [{ operation: 'inc', value: 3 }, { operation: 'inc', fieldName: 'likes', by: 3 }],
    [{ operation: 'dec', value: '2' }, { operation: 'dec', fieldName: 'likes', by: 2 }],
  ])('[RS4] is changed by %j', (fields, expected) => {
    expect(change(fields)).toEqual(expected)
  })

  it.each([
    [{ roomID: '' }, 201_004],
    [{ operation: 'set', fieldName: '' }, 201_007],
    [{ operation: 'set', fieldName: '__proto__', value: 1 }, 201_007],
    [{ operation: 'set', fieldName: 'x'.repeat(65), value: 1 }, 201_007],
    [{}, 201_007],
    [{ operation: '' }, 201_007],
    [{ operation: 'mul' }, 201_008],
    [{ operation: 'SET', value: 1 }, 201_008],
    [{ operation: 'set' }, 201_009],
    [{ operation: 'set', value: null }, 201_009],
    [{ operation: 'set', value: 'x'.repeat(1025) }, 201_009],
    [{ operation: 'set', value: JSON.parse('1e999') as number }, 201_009],
    [{ operation: 'inc', value: 'many' }, 201_009],
  ])('[RS4] is not changed by %j', (fields, code) => {
    expect(codeThrown(() => change(fields))).toBe(code)
  })
})

describe('what is to be mixed', () => {
  const ROOM = { roomID: WeappCode.noRoomId, mergeParams: WeappCode.mixParamsMissing }
  const streams = (mergeParams: unknown) => parseFields(Merge, ROOM, { roomID: 'r', mergeParams }).mergeParams
  const document = (list: unknown) => ({ timestamp: 1, eventId: 1, interface: { interfaceName: 'Mix_StreamV2', para: { app_id: '', mix_stream_session_id: 'main', output_stream_id: 'main', input_stream_list: list } } })
  const guest = { input_stream_id: 'guest', layout_params: { image_layer: 2, image_width: 120, image_height: 180, location_x: 240, location_y: 400 } }
  const main = { input_stream_id: 'main', layout_params: { image_layer: 1 } }

  it('[RS3] is read as a text and as an object', () => {
    expect(streams(document([main, guest]))).toEqual(['main', 'guest'])
    expect(streams(JSON.stringify(document([main, guest])))).toEqual(['main', 'guest'])
    expect(streams(document([main]))).toEqual(['main'])
  })

  it('[RS4] leaves out canvases and what is there twice', () => {
    const canvas = { input_stream_id: 'main', layout_params: { image_layer: 1, input_type: 3, image_width: 720, image_height: 640 } }
    expect(streams(document([canvas, main, guest, guest]))).toEqual(['main', 'guest'])
    expect(streams(document([main, { ...guest, layout_params: { input_type: { valueOf: 1, toString: 1 } } }, { input_stream_id: 'other', layout_params: { input_type: '3' } }]))).toEqual(['main', 'guest'])
  })

  it.each([undefined, null, '', 'x', '{}', {}, [], document([]), document({}), document([{}]), document([{ input_stream_id: '' }]), document(Array.from({ length: 17 }, () => main)), document([{ ...main, layout_params: { input_type: 3 } }])])('[RS4] is 201006 when it is not all there: %j', (mergeParams) => {
    expect(codeThrown(() => streams(mergeParams))).toBe(201_006)
  })
})
