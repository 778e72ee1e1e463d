import { beforeEach, describe, expect, it } from 'vitest'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aUser } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { ORDER_PATIENCE_MS, OrderSession } from './OrderSession'

const ROOM = 'rroom0000001'
const anna = aUser({ id: 'uanna0000001', nickname: '阿安' })
const ben = aUser({ id: 'uben00000001', nickname: '小北' })
let order: OrderSession

beforeEach(() => {
  const { clock, roomApi } = fakes()
  roomApi.rooms = [aRoom({ id: ROOM })]
  roomApi.audience = [anna, ben]
  order = new OrderSession({ api: roomApi, clock, random: () => 0.5 }, ROOM)
})
const view = () => order.state.value.lists.status === 'loaded' ? order.state.value.lists.view : undefined

describe('the anchor\'s order', () => {
  it('[MO40] a command is pending until it is answered, and the answer is how it is', async () => {
    order.give({ type: 'silence', userId: anna.id })
    expect(order.state.value.pending).toEqual([{ type: 'silence', userId: anna.id }])
    await settle()
    expect([order.state.value.pending, view()?.silenced, order.state.value.problem]).toEqual([[], [anna], null])
  })

  it('[MO40] one at a time for each person; others do not wait', async () => {
    const release = fakes().roomApi.hold('moderate')
    order.give({ type: 'silence', userId: anna.id })
    order.give({ type: 'remove', userId: anna.id })
    order.give({ type: 'silenceAll', isOn: true })
    order.give({ type: 'remove', userId: ben.id })
    release()
    await settle()
    expect(view()).toEqual({ isEveryoneSilenced: true, silenced: [anna], removed: [ben] })
  })

  it('[MO40] what failed in passing is sent again; what is refused says why and stays as it was', async () => {
    fakes().roomApi.fail('moderate', 'NETWORK', 2)
    order.give({ type: 'silence', userId: anna.id })
    await fakes().clock.advance(ORDER_PATIENCE_MS)
    expect(view()?.silenced).toEqual([anna])
    fakes().roomApi.fail('moderate', 'MODERATED_FULL')
    order.give({ type: 'silence', userId: ben.id })
    await settle()
    expect([order.state.value.problem, order.state.value.pending, view()?.silenced]).toEqual(['MODERATED_FULL', [], [anna]])
    order.give({ type: 'unsilence', userId: anna.id })
    expect(order.state.value.problem).toBeNull()
  })

  it('[MO40] what does not arrive for 8 s has failed', async () => {
    fakes().roomApi.fail('moderate', 'NETWORK', 100)
    order.give({ type: 'silence', userId: anna.id })
    await fakes().clock.advance(ORDER_PATIENCE_MS + 5000)
    expect([order.state.value.problem, order.state.value.pending]).toEqual(['NETWORK', []])
    expect(fakes().clock.pending).toBe(0)
  })

  it('[MO41] the lists are asked for, say why there are none, and a late answer changes nothing', async () => {
    fakes().roomApi.fail('getModeration', 'TIMEOUT')
    order.load()
    await settle()
    expect(order.state.value.lists).toEqual({ status: 'failed', code: 'TIMEOUT' })
    const release = fakes().roomApi.hold('getModeration')
    order.load()
    expect(order.state.value.lists).toEqual({ status: 'loading' })
    const before = fakes().roomApi.order
    order.give({ type: 'remove', userId: ben.id })
    await settle()
    fakes().roomApi.order = before
    release()
    await settle()
    expect(view()?.removed).toEqual([ben])
  })

  it('[MO41] after the end nothing changes any more', async () => {
    order.load()
    order.give({ type: 'silence', userId: anna.id })
    order.stop()
    const { value } = order.state
    await settle()
    expect([order.state.value, fakes().clock.pending]).toEqual([value, 0])
  })
})
