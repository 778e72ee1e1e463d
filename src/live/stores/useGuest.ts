/**
 * The window on a person's own way to the stage: `useGuest(audienceRoom)`, where that is what useAudienceRoom() returns. Start
 * it before the room is opened, stop it before it is closed.
 */
import type { Feed } from '../sessions/feedMachine'
import type { GuestState } from '../sessions/guestState'
import type { GuestStore, Preflight } from './linkMicStores'
import type { RoomHome } from './roomHome'
import type { Medium } from '@/shared/domain/linkMic'
import type { MediaProblem, MediaStatus, MediaTrouble, PusherHandle } from '@/src/live/components/media'
import { computed, shallowRef, watch } from 'vue'
import { isSeated, mayApplyAt } from '@/shared/domain/linkMic'
import { useLiveServices } from '@/src/app/liveServices'
import { useServices } from '@/src/app/services'
import { GuestSession } from '../sessions/GuestSession'
import { isSeatElsewhere, linkOf, openGuest, tracksOf } from '../sessions/guestState'
import { PreflightSession } from '../sessions/preflight'
import { createSeatMemory } from '../sessions/seatMemory'
import { createLateHandle } from './lateHandle'
import { perRoom } from './roomHome'

const PUSH_STATUS: Readonly<Record<Feed['status'], MediaStatus>> = { connecting: 'connecting', steady: 'live', reconnecting: 'interrupted', renewing: 'interrupted', down: 'failed' }

export function useGuest(home: RoomHome): GuestStore {
  const { clock, random, roomApi } = useServices()
  const { deviceAccess, privacyGuide, simulator, windowStore } = useLiveServices()
  const { channel, now, room, time } = home
  const pusher = createLateHandle<PusherHandle>()
  const preflights = new PreflightSession(deviceAccess, privacyGuide, simulator)
  const preflight = shallowRef<Preflight>(preflights.state.value)
  const state = shallowRef<GuestState>(openGuest(null))
  const trouble = shallowRef<MediaTrouble | null>(null)
  let session: GuestSession | undefined

  const link = computed(() => linkOf(state.value))
  const tracks = computed(() => tracksOf(state.value))
  const publication = computed(() => state.value.publication.status === 'on' ? state.value.publication : undefined)
  const feed = computed(() => publication.value?.feed)
  // `now` moves once a second; what has just begun is newer.
  const until = (at: number) => Math.max(0, at - Math.max(now.value, time.now()))

  function open(roomId: string): () => void {
    const opened = new GuestSession({ api: roomApi, channel, clock, random, time, memory: createSeatMemory(windowStore, roomId), pusher }, roomId)
    session = opened
    state.value = opened.state.value
    const stops = [
      preflights.state.watch((next) => {
        preflight.value = next
      }),
      () => preflights.cancel(),
      // What the devices were wanted for is there, or over.
      watch(() => link.value.status, () => preflights.cancel(), { flush: 'sync' }),
      opened.state.watch((next) => {
        state.value = next
      }),
      opened.start(),
    ]
    return () => stops.reverse().forEach(stop => stop())
  }

  function toggle(change: Partial<GuestState['switches']>): void {
    session?.dispatch({ type: 'switch', switches: { ...state.value.switches, ...change } })
  }

  return {
    link,
    admission: computed(() => room.value?.stage.admission ?? 'ask'),
    position: computed(() => link.value.status === 'applying' ? state.value.view?.position ?? null : null),
    seat: computed(() => isSeated(link.value) ? state.value.view?.seat ?? null : null),
    remainingMs: computed(() => 'deadline' in link.value && link.value.deadline !== null ? until(link.value.deadline) : null),
    waitMs: computed(() => link.value.status === 'idle' ? until(mayApplyAt(link.value)) : 0),
    preflight,
    isPending: computed(() => state.value.wishes.length > 0),
    problem: computed(() => state.value.problem),
    ending: computed(() => state.value.ending),
    publish: computed(() => publication.value?.publish),
    pushStatus: computed(() => feed.value ? PUSH_STATUS[feed.value.status] : 'idle'),
    trouble: computed(() => publication.value ? trouble.value : null),
    pushProblem: computed(() => feed.value?.status === 'down' ? feed.value.problem : null),
    sound: computed(() => tracks.value?.sound ?? null),
    picture: computed(() => tracks.value?.picture ?? null),
    isElsewhere: computed(() => isSeatElsewhere(state.value)),

    apply: (medium: Medium) => preflights.begin(medium, allowed => session?.apply(allowed)),
    acceptInvitation: (medium: Medium) => preflights.begin(medium, allowed => session?.acceptInvitation(allowed)),
    allow: () => void preflights.allow(),
    refuse: () => preflights.refuse(),
    openSettings: () => void preflights.openSettings(),
    cancelPreflight: () => preflights.cancel(),
    leave: () => session?.leave(),
    takeOver: () => session?.dispatch({ type: 'takeOver' }),
    toggleMic: () => toggle({ isMicOn: !state.value.switches.isMicOn }),
    toggleCamera: () => toggle({ isCameraOn: !state.value.switches.isCameraOn }),
    retryPush: () => session?.dispatch({ type: 'retry' }),
    resumePush: () => void pusher.ask(async handle => handle.resume()),
    forgetEnding: () => session?.dispatch({ type: 'forgetEnding' }),
    usePusher: pusher.use,
    pusherStatus: (status: MediaStatus) => session?.pusherStatus(status),
    pusherProblem: ({ code }: MediaProblem) => session?.pusherProblem(code),
    pusherTrouble(next: MediaTrouble | null) {
      trouble.value = next
      session?.pusherTrouble(next)
    },
    start: () => perRoom(home, open),
  }
}
