/** The window on watching a room: what the screen shows and what the person can do. */
import type { AudienceState } from '../sessions/audienceMachine'
import type { RoomDetail } from '@/shared/protocol/rest'
import type { MediaProblem, MediaStatus, MediaTrouble, PlayerHandle } from '@/src/live/components/media'
import { computed, shallowRef } from 'vue'
import { useServices } from '@/src/app/services'
import { AudienceSession } from '../sessions/AudienceSession'
import { createLateHandle } from './lateHandle'
import { createRoomFigures } from './roomFigures'
import { createRoomLink } from './roomLink'

export type { AudienceState, Patience } from '../sessions/audienceMachine'

/** A short interruption passes unseen. */
export const POSTER_AFTER_MS = 3000

export function useAudienceRoom() {
  const { clock, roomApi } = useServices()
  const link = createRoomLink()
  const state = shallowRef<AudienceState>({ status: 'loading', roomId: '', patience: 'fresh' })
  const detail = shallowRef<RoomDetail>()
  const trouble = shallowRef<MediaTrouble | null>(null)
  let session: AudienceSession | undefined
  const player = createLateHandle<PlayerHandle>()
  let stops: (() => void)[] = []

  const room = computed(() => 'room' in state.value ? state.value.room : undefined)
  const picture = computed(() => state.value.status === 'watching' ? state.value.picture : undefined)
  const play = computed(() => state.value.status === 'watching' ? state.value.play : undefined)
  const patience = computed(() => {
    if (state.value.status === 'loading')
      return state.value.patience
    return picture.value && 'patience' in picture.value ? picture.value.patience : undefined
  })

  function open(roomId: string): void {
    close()
    session = new AudienceSession({ api: roomApi, channel: link.channel, clock, player }, roomId)
    state.value = session.state.value
    stops = [
      session.detail.watch((fetched) => {
        detail.value = fetched
      }),
      session.state.watch((next) => {
        state.value = next
      }),
      link.start(),
      session.start(),
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
    picture,
    /** The anchor's own stream. */
    play,
    detail,
    patience,
    /** Of the picture. */
    trouble,
    ...createRoomFigures(room, link),
    isAway: computed(() => room.value?.status === 'interrupted' && link.now.value - (room.value.interruptedAt ?? 0) >= POSTER_AFTER_MS),
    open,
    close,
    usePlayer: player.use,
    playerStatus: (status: MediaStatus) => session?.playerStatus(status),
    playerProblem: ({ code }: MediaProblem) => session?.playerProblem(code),
    playerTrouble(next: MediaTrouble | null) {
      trouble.value = next
    },
    retry: () => session?.dispatch({ type: 'retry' }),
    /** The page came back to the foreground. */
    check() {
      link.channel.wake()
      session?.dispatch({ type: 'check' })
    },
  }
}
