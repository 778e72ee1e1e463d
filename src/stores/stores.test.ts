import type { Room } from '@/shared/protocol/rest'
import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { AVATAR_COUNT, NICKNAME_MAX } from '@/shared/protocol/rest'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aSession } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { useMe } from './me'
import { newProfile } from './nicknames'
import { REFRESH_EVERY_MS, useRoomList } from './roomList'
import { useSettings } from './settings'

const manyRooms = (count: number): Room[] => Array.from({ length: count }, (_, i) => aRoom({ id: `rroom${String(i).padStart(6, '0')}` }))
const restart = () => setActivePinia(createPinia())

describe('me', () => {
  it('[UI40] whoever comes first is a guest with a friendly name, made once however many ask', async () => {
    const me = useMe()
    const [first, second] = await Promise.all([me.ready(), me.ready()])
    expect(first).toBe(second)
    expect(fakes().roomApi.countOf('createSession')).toBe(1)
    expect(me.user?.nickname).toMatch(/^\S{3,8}$/)
    await me.ready()
    expect(fakes().roomApi.countOf('createSession')).toBe(1)
  })

  it('[UI40] who was here before stays who they were, and a renewed session is seen', () => {
    fakes().sessionKeeper.keep(aSession({ token: 'kept' }))
    const me = useMe()
    expect(me.session?.token).toBe('kept')
    fakes().sessionKeeper.keep(aSession({ token: 'renewed' }))
    expect(me.session?.token).toBe('renewed')
  })

  it('[UI41] a change shows that it is under way, then holds', async () => {
    const me = useMe()
    await me.ready()
    const release = fakes().roomApi.hold('updateMe')
    const saving = me.update({ nickname: '青柠', avatar: 7 })
    expect(me.isSaving).toBe(true)
    release()
    expect(await saving).toBe(true)
    expect(me.isSaving).toBe(false)
    expect(me.user).toMatchObject({ nickname: '青柠', avatar: 7 })
  })

  it('[UI41] a change that fails says why and leaves everything as it was', async () => {
    const me = useMe()
    await me.ready()
    const { nickname } = me.user!
    fakes().roomApi.fail('updateMe', 'NETWORK')
    expect(await me.update({ nickname: '青柠' })).toBe(false)
    expect(me.failure).toBe('NETWORK')
    expect(me.user?.nickname).toBe(nickname)
    expect(await me.update({ nickname: '青柠' })).toBe(true)
    expect(me.failure).toBeUndefined()
  })

  it('[UI40] a guest who could not be made is made at the next try', async () => {
    const me = useMe()
    fakes().roomApi.fail('createSession', 'TIMEOUT')
    expect(await me.open()).toBe(false)
    expect(me.failure).toBe('TIMEOUT')
    expect(await me.open()).toBe(true)
    expect(me.user).toBeDefined()
  })

  it.each(['zh-CN', 'en'] as const)('[UI42] every name that can be drawn in %s is a name the server takes', (language) => {
    for (let first = 0; first < 12; first++) {
      const draws = [first / 12, (11 - first) / 12, 0.999]
      const { nickname, avatar } = newProfile(language, () => draws.shift()!)
      expect([...nickname].length).toBeLessThanOrEqual(NICKNAME_MAX)
      expect(nickname).not.toContain('undefined')
      expect(avatar).toBe(AVATAR_COUNT - 1)
    }
  })
})

describe('settings', () => {
  it('[UI43] the language is the system\'s until it is chosen, and the choice is kept', () => {
    fakes().platform.language = 'en-GB'
    expect(useSettings().language).toBe('en')
    useSettings().languageChoice = 'zh-CN'
    useSettings().quality = 'FHD'
    restart()
    expect(useSettings().language).toBe('zh-CN')
    expect(useSettings().quality).toBe('FHD')
  })

  it('[LM165] the quality is the device\'s usual one until another is chosen', () => {
    fakes().platform.usualQuality = 'SD'
    expect(useSettings().quality).toBe('SD')
    useSettings().quality = 'HD'
    restart()
    expect(useSettings().quality).toBe('HD')
  })

  it('[UI43] what was kept by another version is taken as far as it fits', () => {
    fakes().keyValue.write('settings', { language: 'tlh', quality: 'SD', reduceData: 'very' })
    expect(useSettings().$state).toEqual({ languageChoice: 'system', quality: 'SD', reduceData: false })
    restart()
    fakes().keyValue.write('settings', 'nonsense')
    expect(useSettings().languageChoice).toBe('system')
  })
})

describe('the list of rooms', () => {
  it('[UI44] loads, and is either rooms or empty', async () => {
    const list = useRoomList()
    expect(list.state.status).toBe('loading')
    await list.refresh()
    expect(list.state.status).toBe('empty')
    fakes().roomApi.rooms = manyRooms(3)
    await list.refresh()
    expect(list.state).toMatchObject({ status: 'ready', nextCursor: null })
  })

  it('[UI45] the next page is added once, however often the end is reached', async () => {
    fakes().roomApi.rooms = manyRooms(45)
    const list = useRoomList()
    await list.refresh()
    await Promise.all([list.loadMore(), list.loadMore()])
    expect(list.state).toMatchObject({ status: 'ready', pages: 2, more: 'idle' })
    await list.loadMore()
    await list.loadMore()
    expect(list.state.status === 'ready' && list.state.rooms.length).toBe(45)
    expect(fakes().roomApi.countOf('listRooms')).toBe(3)
  })

  it('[UI45] a page that fails keeps the list and can be tried again', async () => {
    fakes().roomApi.rooms = manyRooms(25)
    const list = useRoomList()
    await list.refresh()
    fakes().roomApi.fail('listRooms', 'NETWORK')
    await list.loadMore()
    expect(list.state).toMatchObject({ status: 'ready', more: 'failed', pages: 1 })
    await list.loadMore()
    expect(list.state).toMatchObject({ more: 'idle', pages: 2 })
  })

  it('[UI45] a page that a failed refresh has overtaken can be tried again', async () => {
    const { roomApi } = fakes()
    roomApi.rooms = manyRooms(25)
    const list = useRoomList()
    await list.refresh()
    const release = roomApi.hold('listRooms')
    const more = list.loadMore()
    roomApi.fail('listRooms', 'NETWORK', 2)
    const refreshed = list.refresh()
    release()
    await Promise.all([more, refreshed])
    expect(list.state).toMatchObject({ more: 'failed', pages: 1, stale: 'failed' })
    await list.loadMore()
    expect(list.state).toMatchObject({ more: 'idle', pages: 2 })
  })

  it('[UI45] a room that moved between two pages is shown once', async () => {
    fakes().roomApi.rooms = manyRooms(22)
    const list = useRoomList()
    await list.refresh()
    fakes().roomApi.rooms = [aRoom({ id: 'rfresh000001' }), ...fakes().roomApi.rooms]
    await list.loadMore()
    const ids = list.state.status === 'ready' ? list.state.rooms.map(room => room.id) : []
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(22)
  })

  it('[UI46] a refresh fetches every page that is shown', async () => {
    fakes().roomApi.rooms = manyRooms(45)
    const list = useRoomList()
    await list.refresh()
    await list.loadMore()
    fakes().roomApi.rooms = manyRooms(30)
    await list.refresh()
    expect(list.state.status === 'ready' && list.state.rooms.length).toBe(30)
    expect(list.state).toMatchObject({ pages: 2, nextCursor: null })
  })

  it('[UI47] a refresh that fails keeps the list and says that it is old; the next one clears that', async () => {
    fakes().roomApi.rooms = manyRooms(2)
    const list = useRoomList()
    await list.refresh()
    fakes().roomApi.fail('listRooms', 'TIMEOUT')
    await list.refresh()
    expect(list.state).toMatchObject({ status: 'ready', stale: 'failed' })
    await list.refresh()
    expect(list.state).toMatchObject({ status: 'ready', stale: null })
  })

  it('[UI47] a first load that fails says why; trying again shows the skeleton', async () => {
    const list = useRoomList()
    fakes().roomApi.fail('listRooms', 'INTERNAL')
    await list.refresh()
    expect(list.state).toEqual({ status: 'failed', code: 'INTERNAL' })
    const release = fakes().roomApi.hold('listRooms')
    const retry = list.refresh()
    expect(list.state.status).toBe('loading')
    release()
    await retry
    expect(list.state.status).toBe('empty')
  })

  it('[UI48] without a network it says so, and loads by itself when the network is back', async () => {
    const { platform, roomApi } = fakes()
    platform.setOnline(false)
    roomApi.fail('listRooms', 'NETWORK')
    const list = useRoomList()
    const stop = list.watch()
    await settle()
    expect(list.state.status).toBe('offline')
    roomApi.rooms = manyRooms(1)
    platform.setOnline(true)
    await settle()
    expect(list.state).toMatchObject({ status: 'ready', stale: null })
    platform.setOnline(false)
    expect(list.state).toMatchObject({ status: 'ready', stale: 'offline' })
    stop()
  })

  it('[UI49] while it is looked at it is fetched every ten seconds; afterwards not at all', async () => {
    const { clock, roomApi } = fakes()
    const stop = useRoomList().watch()
    await clock.advance(REFRESH_EVERY_MS * 3)
    expect(roomApi.countOf('listRooms')).toBe(4)
    stop()
    stop()
    await clock.advance(REFRESH_EVERY_MS * 3)
    expect(roomApi.countOf('listRooms')).toBe(4)
    expect(clock.pending).toBe(0)
  })

  it('[UI49] who saves data is not refreshed by itself, and gets no pictures', async () => {
    const { clock, roomApi } = fakes()
    useSettings().reduceData = true
    const list = useRoomList()
    const stop = list.watch()
    await clock.advance(REFRESH_EVERY_MS * 3)
    expect(roomApi.countOf('listRooms')).toBe(1)
    expect(list.coverOf(aRoom({ cover: '/covers/a.jpg' }))).toBe('')
    useSettings().reduceData = false
    expect(list.coverOf(aRoom({ cover: '/covers/a.jpg' }))).toBe('http://127.0.0.1:8080/covers/a.jpg')
    stop()
  })

  it('[UI15] an answer that was overtaken changes nothing', async () => {
    const { roomApi } = fakes()
    const list = useRoomList()
    const release = roomApi.hold('listRooms')
    roomApi.fail('listRooms', 'INTERNAL')
    const slow = list.refresh()
    const quick = list.refresh()
    roomApi.rooms = manyRooms(1)
    release()
    await Promise.all([slow, quick])
    expect(list.state.status).toBe('ready')
    expect(list.isRefreshing).toBe(false)
  })
})
