import { expect, it } from 'vitest'
import { aRoom, aStageGuest, playUrls, publishUrls } from '@/src/testing/fixtures'
import { nameOnAir, ownerOf, ownerOfAny } from './simulatedStream'

const OWNER = { roomId: 'rroom0000001', userId: 'uanchor00001' }

it('[SM11] whose stream it is stands in its addresses', () => {
  expect(ownerOf(publishUrls().rtmp)).toEqual(OWNER)
  expect(ownerOfAny(playUrls())).toEqual(OWNER)
  expect(ownerOfAny({ rtmp: playUrls().rtmp, expiresAt: 0 })).toEqual(OWNER)
})

it.each(['', 'rtmp://elsewhere/app/stream?key=1', 'rtmp://elsewhere/live/some-thing', 'rtmp://here/live/rtest-uanchor00001?txTime=1', 'rtmp://here/live/rline-ulanchor000001?txTime=1', 'nonsense'])('[SM17] "%s" is no stream of a room', (url) => {
  expect(ownerOf(url)).toBeUndefined()
})

it('[SM13] a guest on the way to the seat is not on air', () => {
  const guest = aStageGuest({ status: 'connecting' })
  const room = aRoom({ status: 'live', stage: { ...aRoom().stage, guests: [guest] } })
  expect(nameOnAir(room, guest.user.id)).toBeUndefined()
  expect(nameOnAir(room, 'ustranger001')).toBeUndefined()
})
