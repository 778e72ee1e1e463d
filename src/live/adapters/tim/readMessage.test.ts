import type { TimMessage } from './timSdk'
import { describe, expect, it } from 'vitest'
import { failureOf } from './errors'
import { readMessage } from './readMessage'
import { TimRoom } from './TimRoom'

const ROOM = 'rroom0000001'
const HERE = { roomId: ROOM, group: ROOM }

function aText(part: Partial<TimMessage> = {}): TimMessage {
  return { ID: 'id-1', type: 'TIMTextElem', conversationType: 'GROUP', from: 'ubob00000001', to: ROOM, nick: 'Bob', avatar: '3', time: 1_700_000_000, sequence: 7, payload: { text: 'hello' }, ...part }
}
const nameOf = (nick: string | null) => sender({ nick })?.nickname
const faceOf = (avatar: string | null) => sender({ avatar })?.avatar

function sender(part: Partial<TimMessage>) {
  const heard = readMessage(aText(part), HERE)
  return heard?.type === 'message' && heard.message.type === 'chat' ? heard.message.from : undefined
}

describe('a text from Tencent IM', () => {
  it('[TI8] is a chat message with the name and the face of the account', () => {
    expect(readMessage(aText(), HERE)).toEqual({ type: 'message', message: {
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
    expect(readMessage(aText(part), HERE)).toBeUndefined()
  })

  it('[TI8] is cleaned as our own server would', () => {
    expect(readMessage(aText({ payload: { text: ' a\u202Eb\nc ' } }), HERE)).toMatchObject({ message: { text: 'ab c' } })
  })

  it('[TI8] has the id for a name where there is none that may be shown, and a face that stays the same', () => {
    expect([nameOf(' Bob '), nameOf(null), nameOf('\u200B'), nameOf('x'.repeat(21))]).toEqual(['Bob', 'ubob00000001', 'ubob00000001', 'ubob00000001'])
    expect([faceOf('11'), faceOf('0')]).toEqual([11, 0])
    const drawn = faceOf(null)
    expect(drawn).toBeLessThan(12)
    expect([faceOf('12'), faceOf('https://elsewhere.example/face.png'), faceOf('-1')]).toEqual([drawn, drawn, drawn])
  })
})

describe('a text of an old client', () => {
  const sender = { id: 'ulnnnnnnnnnnnn', nickname: 'Old', avatar: 4 }
  const old = (part: Partial<TimMessage>) => readMessage(aText({ from: 'user_1', nick: 'by IM', cloudCustomData: JSON.stringify({ sender }), ...part }), HERE)

  it('[OI18] is a chat message of whom our server says', () => {
    expect(old({})).toEqual({ type: 'message', message: { type: 'chat', seq: 7, id: 'id-1', at: 1_700_000_000_000, from: sender, text: 'hello' } })
    expect(old({ from: 'user123' })).toMatchObject({ message: { from: sender } })
  })

  it('[OI18] that has a custom element before it is in what our server says, too', () => {
    const custom = { type: 'TIMCustomElem', payload: { data: '{"cmd":"CustomTextMsg","data":{"nickName":"x","headPic":""}}' } }
    expect(old({ ...custom, cloudCustomData: JSON.stringify({ sender, text: ' hi\n' }) })).toMatchObject({ message: { from: sender, text: 'hi' } })
    expect(old(custom)).toBeUndefined()
  })

  it('[OI18] cannot be made by an account of ours, or without our server', () => {
    expect(old({ from: 'unnnnnnnnnnnn' })).toMatchObject({ message: { from: { id: 'unnnnnnnnnnnn', nickname: 'by IM' } } })
    const inOurName = JSON.stringify({ sender: { id: 'unnnnnnnnnnnn', nickname: 'Anchor', avatar: 1 } })
    for (const cloudCustomData of ['', '{', '{}', '{"sender":{"id":"administrator"}}', inOurName, undefined])
      expect(old({ cloudCustomData })).toBeUndefined()
  })

  it('[OI19] in a group of another name is of this room; what else old clients say to each other is nothing', () => {
    const place = { roomId: ROOM, group: 'their room' }
    expect(readMessage(aText({ to: 'their room' }), place)).toMatchObject({ type: 'message' })
    expect(readMessage(aText({ to: ROOM }), place)).toBeUndefined()
    for (const cmd of ['notifyPusherChange', 'CustomCmdMsg', 'linkmic']) {
      const payload = { data: JSON.stringify({ cmd, data: {} }) }
      expect([old({ type: 'TIMCustomElem', payload }), old({ type: 'TIMCustomElem', payload, conversationType: 'C2C', to: 'ume' })]).toEqual([undefined, undefined])
      expect(old({ type: 'TIMCustomElem', payload, from: 'administrator' })).toBeUndefined()
      expect(old({ type: 'TIMGroupSystemNoticeElem', payload: { operationType: 255, userDefinedField: payload.data, groupProfile: { groupID: ROOM } } })).toBeUndefined()
    }
  })
})

describe('news for one person', () => {
  const whisper = (data: unknown, from = 'administrator') => readMessage(aText({ type: 'TIMCustomElem', conversationType: 'C2C', from, to: 'ume000000001', payload: { data: JSON.stringify(data) } }), HERE)

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
