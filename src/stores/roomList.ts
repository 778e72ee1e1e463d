/** The rooms that are on air, as the home page shows them. */
import type { RoomListState } from './roomListState'
import type { Room, RoomsPage } from '@/shared/protocol/rest'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { useServices } from '@/src/app/services'
import { ApiFailure } from '@/src/ports/RoomApi'
import { LOADING, whenFailed, whenLoaded, whenMoreLoaded } from './roomListState'
import { useSettings } from './settings'

/** While somebody looks at the list. */
export const REFRESH_EVERY_MS = 10_000

export const useRoomList = defineStore('roomList', () => {
  const { roomApi, clock, platform } = useServices()
  const settings = useSettings()
  const state = shallowRef<RoomListState>(LOADING)
  const isRefreshing = ref(false)
  /** Every answer names its question: one that was overtaken changes nothing. */
  let question = 0

  /** Fetches again everything that is shown. */
  async function refresh(): Promise<void> {
    const asked = ++question
    isRefreshing.value = true
    if (state.value.status === 'failed' || state.value.status === 'offline')
      state.value = LOADING
    try {
      const pages = await fetchPages(state.value.status === 'ready' ? state.value.pages : 1)
      if (asked === question)
        state.value = whenLoaded(pages)
    }
    catch (cause) {
      const code = codeOf(cause)
      if (asked === question)
        state.value = whenFailed(state.value, code, platform.isOnline())
    }
    finally {
      if (asked === question)
        isRefreshing.value = false
    }
  }

  async function loadMore(): Promise<void> {
    const before = state.value
    if (before.status !== 'ready' || before.nextCursor === null || before.more === 'loading' || isRefreshing.value)
      return
    const asked = ++question
    state.value = { ...before, more: 'loading' }
    try {
      const page = await roomApi.listRooms(before.nextCursor)
      if (asked === question)
        state.value = whenMoreLoaded(state.value, page)
    }
    catch (cause) {
      codeOf(cause)
      if (asked === question)
        state.value = { ...before, more: 'failed' }
    }
  }

  /** Keeps the list fresh from now on; returns what stops. */
  function watch(): () => void {
    void refresh()
    const stopTimer = clock.every(REFRESH_EVERY_MS, () => {
      if (!settings.reduceData && platform.isOnline() && !isRefreshing.value)
        void refresh()
    })
    const stopNetwork = platform.onNetwork((isOnline) => {
      if (isOnline)
        void refresh()
      else if (state.value.status !== 'loading')
        state.value = whenFailed(state.value, 'NETWORK', false)
    })
    return () => {
      stopTimer()
      stopNetwork()
    }
  }

  /** Address of a room's picture; empty when it has none or pictures are to be saved. */
  const coverOf = (room: Room) => room.cover && !settings.reduceData ? platform.serverUrl + room.cover : ''

  async function fetchPages(count: number): Promise<RoomsPage[]> {
    const pages = [await roomApi.listRooms(null)]
    for (let cursor = pages[0].nextCursor; cursor !== null && pages.length < count; cursor = pages[pages.length - 1].nextCursor)
      pages.push(await roomApi.listRooms(cursor))
    return pages
  }

  return { state, isRefreshing, refresh, loadMore, watch, coverOf }
})

/** @throws whatever is not a failure of the API */
function codeOf(cause: unknown) {
  if (cause instanceof ApiFailure)
    return cause.code
  throw cause
}
