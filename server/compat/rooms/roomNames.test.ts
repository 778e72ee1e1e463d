import { expect, it } from 'vitest'
import { profileIn, textIn } from '../saidInJson'
import { isRoomName, titleIn } from './roomNames'

it.each([
  ['Evening  tea', 'Evening tea'],
  ['{"title":"From JSON","location":"x"}', 'From JSON'],
  ['{"roomName":"By name"}', 'By name'],
  ['12', '12'],
  ['播'.repeat(50), '播'.repeat(40)],
  ['🎤'.repeat(30), '🎤'.repeat(20)],
  [`x${'🎤'.repeat(30)}`, `x${'🎤'.repeat(19)}`],
  ['', undefined],
  ['   ', undefined],
  ['\u0007', undefined],
  ['{"title":7}', undefined],
  ['{"other":"x"}', undefined],
  ['[]', undefined],
])('[RS43] %j is called %j', (roomInfo, title) => {
  expect(titleIn(roomInfo)).toBe(title)
})

it('[RS43] all that can be read in a roomInfo is judged', () => {
  expect(textIn('plain')).toBe('plain')
  expect(textIn('{"title":"\\u0061","n":1,"location":"b"}')).toBe('a b')
  expect(textIn('{"title":{"deep":[["a"],{"er":"b"}]},"n":null}')).toBe('a b')
  expect(['"\\u0061"', '12', 'true'].map(textIn)).toEqual(['a', '12', 'true'])
  expect(textIn('['.repeat(512) + ']'.repeat(512))).toBe('')
})

it('[RS41] what the hosted service and its open servers made may be chosen', () => {
  for (const name of ['room_1558000000000_1234', 'room_0a1b2c3d_4e5f', 'roomabcdefgh', '12345', 'x y', 'X'.repeat(48)])
    expect(isRoomName(name), name).toBe(true)
})

it('[RS60] a userInfo tells name and picture, as far as it is understood', () => {
  expect(profileIn('{"userName":"Bob","userAvatar":"http://x/y.png"}')).toEqual({ name: 'Bob', avatar: 'http://x/y.png' })
  expect(profileIn('{"userName":"Bob","userAvatar":7}')).toEqual({ name: 'Bob', avatar: '' })
  for (const userInfo of ['', 'Bob', '{}', '{"userName":""}', '{"userName":1}', '[]', 'null'])
    expect(profileIn(userInfo)).toBeUndefined()
})
