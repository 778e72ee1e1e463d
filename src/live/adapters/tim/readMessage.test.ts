import type { TimMessage } from './timSdk'
import { describe, expect, it } from 'vitest'
import { failureOf } from './errors'
import { readMessage } from './readMessage'
import { TimRoom } from './TimRoom'

const ROOM = 'rroom0000001'

function aText(part: Partial<TimMessage> = {}): TimMessage {
  return { ID: 'id-1', type: 'TIMTextElem', conversationType: 'GROUP', from: 'ubob00000001', to: ROOM, nick: 'Bob', avatar: '3', time: 1_700_000_000, sequence: 7, payload: { text: 'hello' }, ...part }
}
const nameOf = (nick: string | null) => sender({ nick })?.nickname
const faceOf = (avatar: string | null) => sender({ avatar })?.avatar

function sender(part: Partial<TimMessage>) {
  const heard = readMessage(aText(part), ROOM)
  return heard?.type === 'message' && heard.message.type === 'chat' ? heard.message.from : undefined
}

describe('a text from Tencent IM', () => {
  it('[TI8] is a chat message with the name and the face of the account', () => {
    expect(readMessage(aText(), ROOM)).toEqual({ type: 'message', message: {
      type: 'chat',
      seq: 7,
      id: 'id-1',
      at: 1_700_000_000_000,
      from: { id: 'ubob00000001', nickname: 'Bob', avatar: 3 },
      text: 'hello',
    } })
  })

  it.each([
    ['of another group', { to: 'rroom0000002' }],
    ['to one person', { conversationType: 'C2C', to: 'ume000000001' }],
    ['of an account that is nobody here', { from: 'administrator' }],
    ['without anything to see', { payload: { text: ' \u200B ' } }],
    ['that is too long', { payload: { text: '字'.repeat(201) } }],
    ['of a kind we do not know', { type: 'TIMImageElem' }],
  ])('[TI8] %s is passed over', (_, part) => {
    expect(readMessage(aText(part), ROOM)).toBeUndefined()
  })

  it('[TI8] is cleaned as our own server would', () => {
    expect(readMessage(aText({ payload: { text: ' a\u202Eb\nc ' } }), ROOM)).toMatchObject({ message: { text: 'ab c' } })
  })

  it('[TI8] has the id for a name where there is none that may be shown, and a face that stays the same', () => {
    expect([nameOf(' Bob '), nameOf(null), nameOf('\u200B'), nameOf('x'.repeat(21))]).toEqual(['Bob', 'ubob00000001', 'ubob00000001', 'ubob00000001'])
    expect([faceOf('11'), faceOf('0')]).toEqual([11, 0])
    const drawn = faceOf(null)
    expect(drawn).toBeLessThan(12)
    expect([faceOf('12'), faceOf('https://elsewhere.example/face.png'), faceOf('-1')]).toEqual([drawn, drawn, drawn])
  })
})

describe('news for one person', () => {
  const whisper = (data: unknown, from = 'administrator') => readMessage(aText({ type: 'TIMCustomElem', conversationType: 'C2C', from, to: 'ume000000001', payload: { data: JSON.stringify(data) } }), ROOM)

  it('[MO45] tells a standing and a removal, of this room and by the server alone', () => {
    const standing = { roomId: ROOM, isSilenced: true }
    expect(whisper({ type: 'standing', standing })).toEqual({ type: 'standing', standing })
    expect(whisper({ type: 'removed', roomId: ROOM })).toEqual({ type: 'removed' })
    expect(whisper({ type: 'standing', standing: { ...standing, roomId: 'rroom0000002' } })).toBeUndefined()
    expect(whisper({ type: 'removed', roomId: 'rroom0000002' })).toBeUndefined()
    expect(whisper({ type: 'removed', roomId: ROOM }, 'ubob00000001')).toBeUndefined()
  })
})

describe('a room heard through Tencent IM', () => {
  const idsOf = (room: TimRoom, ...ids: string[]) => room.take(ids.map(ID => aText({ ID }))).map(heard => heard.type === 'message' && heard.message.type === 'chat' && heard.message.id)

  it('[TI8] takes every message once, in the order it comes', () => {
    const room = new TimRoom(ROOM)
    expect(idsOf(room, 'b', 'a', 'b')).toEqual(['b', 'a'])
    expect(idsOf(room, 'a', 'c')).toEqual(['c'])
  })

  it('[TI8] remembers a bounded number of them', () => {
    const room = new TimRoom(ROOM)
    idsOf(room, ...Array.from({ length: 600 }, (_, index) => `m${index}`))
    expect(idsOf(room, 'm599')).toEqual([])
    expect(room.history.map(message => message.type === 'chat' && message.id)).toEqual(Array.from({ length: 50 }, (_, index) => `m${550 + index}`))
    expect(idsOf(room, 'm0')).toEqual(['m0'])
  })
})

describe('a failure of the SDK', () => {
  it.each([
    [2101, 'NOT_IN_ROOM'],
    [2800, 'NETWORK'],
    [2801, 'TIMEOUT'],
    [2996, 'SENDING_TOO_FAST'],
    [10_010, 'ROOM_NOT_FOUND'],
    [70_001, 'UNAUTHORIZED'],
    [70_009, 'UNAUTHORIZED'],
    [60_002, 'UNAVAILABLE'],
    [2024, 'UNAUTHORIZED'],
  ])('[TI11] %i is %s', (code, expected) => {
    expect(failureOf({ code, message: '' })).toMatchObject({ name: 'ApiFailure', code: expected })
  })

  it('[TI11] without a code is passing, too', () => {
    expect([failureOf(new Error('no chunk')).code, failureOf(undefined).code]).toEqual(['UNAVAILABLE', 'UNAVAILABLE'])
  })
})
