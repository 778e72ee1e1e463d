import type { PusherHandle } from '@/src/live/components/media'
import { describe, expect, it } from 'vitest'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { useAnchorRoom } from '../stores/useAnchorRoom'
import { createRunningRoomMemory } from './runningRoom'

const roomId = 'rmine0000001'
const memory = () => createRunningRoomMemory(fakes().keyValue, fakes().roomApi)
const mine = (part = {}) => aRoom({ id: roomId, anchor: fakes().roomApi.session.user, title: '弹唱', ...part })

describe('the room left running', () => {
  it('[UI81] is found again while the server waits for its anchor', async () => {
    fakes().roomApi.rooms = [mine({ status: 'interrupted' })]
    memory().keep(roomId, 'encoder')
    expect(await memory().find()).toEqual({ roomId, by: 'encoder', title: '弹唱' })
  })

  it('[UI81] is forgotten when it is over', async () => {
    fakes().roomApi.rooms = [mine({ status: 'ended' })]
    memory().keep(roomId, 'device')
    expect(await memory().find()).toBeUndefined()
    expect(fakes().keyValue.read('runningRoom')).toBeUndefined()
  })

  it('[UI81] somebody else\'s, a broken note and a silent server are no room', async () => {
    fakes().roomApi.rooms = [aRoom({ id: roomId })]
    memory().keep(roomId, 'device')
    expect(await memory().find()).toBeUndefined()
    fakes().keyValue.write('runningRoom', { roomId: '../x', by: 'device' })
    expect(await memory().find()).toBeUndefined()
    memory().keep(roomId, 'device')
    fakes().roomApi.fail('getRoom', 'NETWORK')
    expect(await memory().find()).toBeUndefined()
  })

  it('[UI81] is kept from the first moment on air until the end', async () => {
    const room = useAnchorRoom()
    room.usePusher({ startPreview: async () => {}, start() {}, stop() {}, snapshot: async () => undefined } as unknown as PusherHandle)
    room.open()
    await settle()
    room.goLive('T')
    await fakes().clock.advance(3000)
    expect(fakes().keyValue.read('runningRoom')).toEqual({ roomId: room.room.value?.id, by: 'device' })
    room.end()
    await settle()
    expect(room.state.value.status).toBe('ended')
    expect(fakes().keyValue.read('runningRoom')).toBeUndefined()
  })
})
