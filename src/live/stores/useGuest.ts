/**
 * The window on a person's own way to the stage: `useGuest(audienceRoom)`, where that is what useAudienceRoom() returns. Start
 * it before the room is opened, stop it before it is closed.
 */
import type { GuestStore, Preflight } from './linkMicStores'
import type { RoomHome } from './roomHome'
import type { Ending } from '@/shared/domain/linkMic'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { MediaProblemCode, MediaStatus } from '@/src/live/components/media'
import { computed, ref, shallowRef } from 'vue'
import { NOT_LINKED } from '@/shared/domain/linkMic'

export function useGuest({ room }: RoomHome): GuestStore {
  return {
    link: computed(() => NOT_LINKED),
    admission: computed(() => room.value?.stage.admission ?? 'ask'),
    position: computed(() => null),
    seat: computed(() => null),
    remainingMs: computed(() => null),
    waitMs: computed(() => 0),
    preflight: shallowRef<Preflight>({ status: 'none' }),
    isPending: ref(false),
    problem: ref<ErrorCode | null>(null),
    ending: shallowRef<Ending | null>(null),
    publish: computed(() => undefined),
    pushStatus: ref<MediaStatus>('idle'),
    pushProblem: ref<MediaProblemCode | null>(null),
    sound: computed(() => null),
    picture: computed(() => null),
    isElsewhere: computed(() => false),
    apply: () => {},
    acceptInvitation: () => {},
    allow: () => {},
    openSettings: () => {},
    cancelPreflight: () => {},
    leave: () => {},
    takeOver: () => {},
    toggleMic: () => {},
    toggleCamera: () => {},
    retryPush: () => {},
    forgetEnding: () => {},
    usePusher: () => {},
    pusherStatus: () => {},
    pusherProblem: () => {},
    start: () => () => {},
  }
}
