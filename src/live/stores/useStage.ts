/**
 * The window on the stage: `useStage(audienceRoom, guest)` on the room's page, `useStage(anchorRoom)` on the anchor's, where
 * the two are what useAudienceRoom() and useAnchorRoom() return. Start it before the room is opened, stop it before it is closed.
 */
import type { Ref } from 'vue'
import type { Picture } from '../sessions/audienceMachine'
import type { StageState, StageView } from '../sessions/stageState'
import type { GuestStore, StageStore } from './linkMicStores'
import type { RoomHome } from './roomHome'
import type { PlayUrls, RoomDetail } from '@/shared/protocol/rest'
import { computed, shallowRef, watch } from 'vue'
import { useServices } from '@/src/app/services'
import { useMe } from '@/src/stores/me'
import { StageSession } from '../sessions/StageSession'
import { compositionOf, guestsOf, NO_ADDRESSES } from '../sessions/stageState'
import { perRoom } from './roomHome'

export interface StageHome extends RoomHome {
  /** The anchor's own stream, for who watches. */
  readonly play?: Readonly<Ref<PlayUrls | undefined>>
  readonly picture?: Readonly<Ref<Picture | undefined>>
  /** What was fetched of the room in order to watch it. */
  readonly detail?: Readonly<Ref<RoomDetail | undefined>>
}

/** `guest` is the same person's way onto the stage; without it they are the anchor. */
export function useStage(home: StageHome, guest?: Pick<GuestStore, 'link' | 'seat'>): StageStore {
  const { clock, random, roomApi } = useServices()
  const me = useMe()
  const state = shallowRef<StageState>(NO_ADDRESSES)
  let session: StageSession | undefined

  /** Until the server has said how one stands the room tells it: nobody is to hear themself, not even for a moment. */
  const isNamed = computed(() => guest?.link.value.status === 'idle' && !guest.link.value.ending
    && home.room.value?.stage.guests.some(({ user }) => user.id === me.user?.id) === true)
  const isOnStage = computed(() => !guest || guest.seat.value !== null || isNamed.value)
  const view = computed((): StageView | undefined => home.room.value && { room: home.room.value, isOnStage: isOnStage.value, userId: me.user?.id })
  const composition = computed(() => view.value ? compositionOf(state.value, view.value) : 'single')
  const isShowing = computed(() => home.picture?.value?.status === 'showing')

  function open(roomId: string): () => void {
    const opened = new StageSession({ api: roomApi, clock, random }, roomId)
    session = opened
    state.value = opened.state.value
    const stops = [
      opened.state.watch((next) => {
        state.value = next
      }),
      watch(() => home.detail?.value, detail => detail?.room.id === roomId && opened.know(detail), { immediate: true, flush: 'sync' }),
      watch([view, isShowing], ([seen, shows]) => seen?.room.id === roomId && opened.see(seen, shows), { immediate: true, flush: 'sync' }),
      () => opened.stop(),
    ]
    return () => stops.forEach(stop => stop())
  }

  return {
    composition,
    tiles: computed(() => view.value
      ? guestsOf(view.value.room).map((one) => {
          const isMe = one.user.id === me.user?.id
          const plays = !isMe && one.status !== 'connecting' && composition.value !== 'mixed'
          return { seat: one.seat, guest: one, play: plays ? state.value.plays[one.requestId] : undefined, isMe }
        })
      : []),
    main: computed(() => ({
      urls: composition.value === 'mixed' && state.value.mixed ? state.value.mixed : home.play?.value,
      mode: isOnStage.value ? 'lowLatency' : 'live',
    })),
    renew: ({ guest }) => session?.renew(guest.requestId),
    start: () => perRoom(home, open),
  }
}
