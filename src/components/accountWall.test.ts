import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiFailure } from '@/src/ports/RoomApi'
import { useMe } from '@/src/stores/me'
import { useSettings } from '@/src/stores/settings'
import { fakes } from '@/src/testing/fakeServices'
import { aSession } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import AppPage from './AppPage.vue'

const page = () => mount(AppPage, { slots: { default: '<view class="inside">the page</view>' } })

describe('where one needs an account', () => {
  beforeEach(() => vi.stubGlobal('getCurrentPages', () => [{ $page: { fullPath: '/src/live/pages/room/index?id=rroom0000001' } }]))

  it('[AC12] a page gives way to an explanation, in both languages', async () => {
    useMe()
    const wrapper = page()
    expect(wrapper.text()).toBe('the page')
    fakes().sessionKeeper.turnAway()
    await settle()
    expect(wrapper.find('.inside').exists()).toBe(false)
    expect(wrapper.text()).toContain('登录后才能进入')
    expect(wrapper.text()).toContain('请从你平时登录的网站或小程序进来')
    useSettings().languageChoice = 'en'
    await settle()
    expect(wrapper.text()).toContain('Please sign in first')
  })

  it('[AC12] trying again starts the page over once somebody is let in, and says what else is wrong', async () => {
    const { sessionKeeper, roomApi } = fakes()
    useMe()
    const wrapper = page()
    sessionKeeper.turnAway()
    await settle()
    const createSession = vi.spyOn(roomApi, 'createSession')

    createSession.mockRejectedValue(new ApiFailure('GUESTS_OFF', 'no'))
    await wrapper.get('.app-button').trigger('click')
    await settle()
    expect(wrapper.text()).toContain('请从你平时登录的网站或小程序进来')

    createSession.mockRejectedValue(new ApiFailure('NETWORK', 'gone'))
    await wrapper.get('.app-button').trigger('click')
    await settle()
    expect(wrapper.text()).toContain('连接不上服务器')
    expect(uni.reLaunch).not.toHaveBeenCalled()

    createSession.mockImplementation(async () => {
      sessionKeeper.keep(aSession())
      return aSession()
    })
    await wrapper.get('.app-button').trigger('click')
    await settle()
    expect(wrapper.text()).toBe('the page')
    expect(uni.reLaunch).toHaveBeenCalledWith({ url: '/src/live/pages/room/index?id=rroom0000001' })
  })
})
