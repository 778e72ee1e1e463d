/** The window on the anchor's broadcast: what the screen shows and what the anchor can do. */
import type { AnchorState, Publisher } from '../sessions/anchorState'
import type { MediaProblem, MediaStatus, MediaTrouble, PictureSource, PusherHandle } from '@/src/live/components/media'
import { computed, shallowRef } from 'vue'
import { useLiveServices } from '@/src/app/liveServices'
import { useServices } from '@/src/app/services'
import { AnchorSession } from '../sessions/AnchorSession'
import { createRunningRoomMemory } from '../sessions/runningRoom'
import { createLateHandle } from './lateHandle'
import { createRoomFigures } from './roomFigures'
import { createRoomLink } from './roomLink'
import { usePusherChoice } from './usePusherChoice'

export type { AnchorState, Publisher } from '../sessions/anchorState'
export { isOfDevice } from '../sessions/deviceProblem'
export { isElsewhere } from '../sessions/feedMachine'
export type { Preview } from '../sessions/previewMachine'

export type OnAir = Extract<AnchorState, { status: 'starting' | 'live' }>

export function useAnchorRoom() {
  const { clock, roomApi, keyValue } = useServices()
  const { deviceAccess, privacyGuide } = useLiveServices()
  const choice = usePusherChoice()
  const link = createRoomLink()
  const pusher = createLateHandle<PusherHandle>()
  const memory = createRunningRoomMemory(keyValue, roomApi)
  let stops: (() => void)[] = []

  const session = new AnchorSession({
    api: roomApi,
    channel: link.channel,
    clock,
    devices: deviceAccess,
    privacyGuide,
    memory,
    pusher: {
      start: pusher.start,
      stop: pusher.stop,
      startPreview: () => pusher.ask(handle => handle.startPreview()),
      snapshot: () => pusher.ask(handle => handle.snapshot()),
    },
  }, () => choice.source)
  const state = shallowRef<AnchorState>(session.state.value)
  const trouble = shallowRef<MediaTrouble | null>(null)

  const room = computed(() => 'room' in state.value ? state.value.room : undefined)
  const onAir = computed(() => state.value.status === 'starting' || state.value.status === 'live' ? state.value : undefined)

  /** Begins with the preparations, or with a running room after a reload. */
  function open(running?: { roomId: string, by: Publisher }): void {
    // A shared screen cannot be asked for again without a tap.
    if (!running && choice.source === 'screen')
      choice.source = 'camera'
    stops = [
      session.state.watch((next) => {
        state.value = next
      }),
      link.start(),
      session.start(running),
    ]
  }

  function close(): void {
    stops.reverse().forEach(stop => stop())
    stops = []
  }

  return {
    ...link,
    state,
    room,
    onAir,
    /** Of one's own stream. */
    trouble,
    ...createRoomFigures(room, link),
    open,
    close,
    /** The room that this device left running, if it still waits. */
    findRunning: memory.find,
    usePusher: pusher.use,
    choose(source: PictureSource) {
      choice.source = source
      session.dispatch({ type: 'choose', source })
    },
    allow: () => session.dispatch({ type: 'allow' }),
    /** The privacy guide. */
    refuse: () => session.dispatch({ type: 'refuse' }),
    /** Where a permission was denied: opens the settings, looks again, and on air tries again. */
    async openSettings() {
      await deviceAccess.openSettings()
      session.dispatch({ type: 'recheck' })
      session.dispatch({ type: 'retry' })
    },
    recheck: () => session.dispatch({ type: 'recheck' }),
    goLive: (title: string) => session.goLive(title),
    useEncoder: (title: string) => session.useEncoder(title),
    cancel: () => session.cancel(),
    end: () => session.dispatch({ type: 'end' }),
    retry: () => session.dispatch({ type: 'retry' }),
    /** After a pause, a call or what the system took. */
    resume: () => void pusher.ask(async handle => handle.resume()),
    again: () => session.again(),
    /** The page came back to the foreground. */
    check() {
      link.channel.wake()
      session.dispatch({ type: 'check' })
    },
    pusherStatus: (status: MediaStatus) => session.pusherStatus(status),
    pusherProblem: ({ code }: MediaProblem) => session.pusherProblem(code),
    pusherTrouble(next: MediaTrouble | null) {
      trouble.value = next
      session.pusherTrouble(next)
    },
  }
}
