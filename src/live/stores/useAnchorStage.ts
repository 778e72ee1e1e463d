/**
 * The window on the anchor's desk: `useAnchorStage(anchorRoom)`, where that is what useAnchorRoom() returns. Start it before the
 * room is opened, stop it before it is closed.
 */
import type { AudienceList } from '../sessions/audienceList'
import type { DeskState } from '../sessions/deskState'
import type { AnchorStageStore } from './linkMicStores'
import type { RoomHome } from './roomHome'
import { computed, shallowRef, watch } from 'vue'
import { SEATS } from '@/shared/domain/layout'
import { useServices } from '@/src/app/services'
import { AudienceListSession } from '../sessions/audienceList'
import { DeskSession } from '../sessions/DeskSession'
import { admissionOf, applicationsOf, EMPTY_DESK, guestsOnStage, invitationsOf, isDeciding } from '../sessions/deskState'
import { perRoom } from './roomHome'

export function useAnchorStage({ channel, now, room, time }: RoomHome): AnchorStageStore {
  const { clock, random, roomApi } = useServices()
  const state = shallowRef<DeskState>(EMPTY_DESK)
  const audience = shallowRef<AudienceList>({ status: 'loading' })
  let desk: DeskSession | undefined
  let list: AudienceListSession | undefined

  const guests = computed(() => guestsOnStage(state.value))
  // `now` moves once a second; what has just begun is newer.
  const newest = () => Math.max(now.value, time.now())

  function open(roomId: string): () => void {
    const opened = { desk: new DeskSession({ api: roomApi, channel, clock, random, time }, roomId), list: new AudienceListSession(roomApi, roomId) };
    ({ desk, list } = opened)
    state.value = EMPTY_DESK
    audience.value = { status: 'loading' }
    const stops = [
      opened.desk.state.watch((next) => {
        state.value = next
      }),
      opened.list.state.watch((next) => {
        audience.value = next
      }),
      watch(room, current => current?.id === roomId && opened.desk.see(current), { immediate: true, flush: 'sync' }),
      opened.desk.start(),
      () => opened.list.stop(),
    ]
    return () => stops.forEach(stop => stop())
  }

  return {
    admission: computed(() => admissionOf(state.value)),
    queue: computed(() => applicationsOf(state.value).map(one => ({
      ...one,
      waitedMs: Math.max(0, newest() - one.at),
      remainingMs: one.deadline === null ? null : Math.max(0, one.deadline - newest()),
    }))),
    invitations: computed(() => invitationsOf(state.value).map(one => ({ ...one, remainingMs: Math.max(0, one.deadline - newest()) }))),
    guests,
    isFull: computed(() => guests.value.length >= SEATS.length),
    audience,
    problem: computed(() => state.value.problem),
    untaken: computed(() => state.value.untaken),
    isPending: userId => isDeciding(state.value, userId),

    loadAudience: () => list?.load(),
    setAdmission: admission => desk?.decide({ type: 'setAdmission', admission }),
    accept: ({ requestId, user }) => desk?.decide({ type: 'accept', requestId, userId: user.id }),
    reject: ({ requestId, user }) => desk?.decide({ type: 'reject', requestId, userId: user.id }),
    invite: user => desk?.invite(user.id),
    withdraw: ({ requestId, user }) => desk?.decide({ type: 'withdraw', requestId, userId: user.id }),
    kick: ({ requestId, user }) => desk?.decide({ type: 'kick', requestId, userId: user.id }),
    mute: ({ requestId, user }, mutes) => desk?.decide({ type: 'mute', requestId, userId: user.id, ...mutes }),
    start: () => perRoom({ room }, open),
  }
}
