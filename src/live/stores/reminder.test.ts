import type { Room } from '@/shared/protocol/rest'
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { effectScope, shallowRef } from 'vue'
import { ApiFailure } from '@/src/ports/RoomApi'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aSession } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import ReminderButton from '../components/ReminderButton.vue'
import { useReminder } from './useReminder'

const ended = aRoom({ status: 'ended' })

async function open(first: Room | undefined = ended) {
  const room = shallowRef<Room | undefined>(first)
  const reminder = effectScope().run(() => useReminder(room))!
  const button = mount(ReminderButton, { props: { reminder } })
  await settle()
  return { button, reminder, room, press: async () => {
    await button.find('.app-tap').trigger('click')
    await settle()
  } }
}

beforeEach(() => void (fakes().liveReminder.offers = true))

describe('being told when an anchor is live again', () => {
  it.each(['preparing', 'interrupted', 'ended'] as const)('[WX49] is offered in a room that is %s', async (status) => {
    const { button } = await open(aRoom({ status }))
    expect(button.text()).toBe('开播提醒我')
  })

  it('[WX49] is not offered before anything is known, by a server that cannot send, or to the anchor', async () => {
    expect((await open(aRoom({ status: 'live' }))).button.text()).toBe('')
    fakes().sessionKeeper.keep(aSession({ user: ended.anchor }))
    expect((await open()).button.text()).toBe('')
    fakes().sessionKeeper.keep(aSession())
    fakes().liveReminder.offers = false
    expect((await open()).button.text()).toBe('')
  })

  it('[WX50] WeChat is asked before anything is waited for; a yes is told to the server, and said', async () => {
    const { button, reminder } = await open()
    const pressed = reminder.press()
    expect([fakes().liveReminder.asked, reminder.state.value]).toEqual([1, { status: 'asking' }])
    void reminder.press() // a second finger
    await pressed
    await settle()
    expect([fakes().liveReminder.asked, fakes().liveReminder.added]).toEqual([1, [ended.id]])
    expect(button.text()).toBe('下次开播会提醒你')
    expect(button.find('.app-tap').exists()).toBe(false)
  })

  it('[WX50] once the anchor is live it is used up, and can be asked for anew', async () => {
    const { button, press, room } = await open(aRoom({ status: 'interrupted' }))
    await press()
    room.value = aRoom({ status: 'live' })
    await settle()
    room.value = ended
    await settle()
    expect(button.text()).toBe('开播提醒我')
    await press()
    expect(fakes().liveReminder.asked).toBe(2)
  })

  it('[WX50] an answer that comes when the anchor is live already changes nothing', async () => {
    let answer = () => {}
    fakes().liveReminder.ask = () => new Promise(resolve => answer = () => resolve('accepted'))
    const { press, reminder, room } = await open(aRoom({ status: 'interrupted' }))
    await press()
    room.value = aRoom({ status: 'live' })
    await settle()
    answer()
    await settle()
    expect([reminder.state.value, fakes().liveReminder.added]).toEqual([{ status: 'idle' }, []])
  })

  it.each([
    ['rejected', '再点一次'],
    ['banned', '停用'],
    ['unavailable', '检查网络'],
  ] as const)('[WX51] %s is a sentence that helps, and a tap asks again', async (answer, words) => {
    fakes().liveReminder.answer = answer
    const { button, press } = await open()
    await press()
    expect(button.text()).toContain(words)
    expect(fakes().liveReminder.added).toEqual([])
    fakes().liveReminder.answer = 'accepted'
    await press()
    expect(button.text()).toBe('下次开播会提醒你')
  })

  it('[WX52] a server that did not take it is told again, without another question', async () => {
    fakes().liveReminder.refusal = new ApiFailure('NETWORK', '')
    const { button, press } = await open()
    await press()
    expect(button.text()).toContain('连接不上服务器')
    await press()
    expect([button.text(), fakes().liveReminder.asked]).toEqual(['下次开播会提醒你', 1])
  })
})
