/**
 * The window on the anchor's desk: `useAnchorStage(anchorRoom)`, where that is what useAnchorRoom() returns. Start it before the
 * room is opened, stop it before it is closed.
 */
import type { AnchorStageStore, AudienceList } from './linkMicStores'
import type { RoomHome } from './roomHome'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import { computed, ref, shallowRef } from 'vue'

export function useAnchorStage({ room }: RoomHome): AnchorStageStore {
  const guests = computed(() => room.value?.stage.guests ?? [])
  return {
    admission: computed(() => room.value?.stage.admission ?? 'ask'),
    queue: computed(() => []),
    invitations: computed(() => []),
    guests,
    isFull: computed(() => guests.value.length === 3),
    audience: shallowRef<AudienceList>({ status: 'loading' }),
    problem: ref<ErrorCode | null>(null),
    isPending: () => false,
    loadAudience: () => {},
    setAdmission: () => {},
    accept: () => {},
    reject: () => {},
    invite: () => {},
    withdraw: () => {},
    kick: () => {},
    mute: () => {},
    start: () => () => {},
  }
}
