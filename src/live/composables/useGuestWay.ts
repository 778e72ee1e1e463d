/** What the room's page needs of link-mic: the stage, the person's own way onto it, and the questions before leaving it. */
import type { RoomHome } from '../stores/roomHome'
import type { StageHome } from '../stores/useStage'
import { computed, ref, watch } from 'vue'
import { SEATS } from '@/shared/domain/layout'
import { isSeated } from '@/shared/domain/linkMic'
import { useText } from '@/src/composables/useText'
import { useMe } from '@/src/stores/me'
import { useDialog } from '../stores/dialog'
import { useGuest } from '../stores/useGuest'
import { useStage } from '../stores/useStage'
import { useGuestNews } from './useGuestNews'
import { useLeaveGuard } from './useLeaveGuard'

export function useGuestWay(home: RoomHome & StageHome) {
  const { t } = useText()
  const dialog = useDialog()
  const me = useMe()
  const guest = useGuest(home)
  const stage = useStage(home, guest)
  const isSheetOpen = ref(false)

  const guests = computed(() => home.room.value?.stage.guests ?? [])
  /** On the mic here, not in another window. */
  const isOnMic = computed(() => isSeated(guest.link.value) && !guest.isElsewhere.value)
  useGuestNews(guest)
  useLeaveGuard(isOnMic)
  // What one waited for is there, or an invitation stands in front.
  watch(() => guest.link.value.status, status => status !== 'idle' && status !== 'applying' && (isSheetOpen.value = false))

  return {
    guest,
    stage,
    isSheetOpen,
    isOnMic,
    /** Nobody answers in the demo's room, an anchor is on the mic already, and an invitation has its own answers. */
    canApply: computed(() => ['idle', 'applying'].includes(guest.link.value.status) && home.room.value?.isDemo === false && home.room.value.anchor.id !== me.user?.id),
    isFull: computed(() => guests.value.length >= SEATS.length),
    /** Who is on the mic beside the anchor, by name. */
    names: computed(() => guests.value.map(({ user }) => user.nickname)),
    /** A word for the top bar; empty off the mic. */
    notice: computed(() => {
      if (!isOnMic.value)
        return ''
      if (guest.sound.value?.isMuted)
        return t('linkMic.onAir.muted')
      return t(guest.sound.value?.isOn === false ? 'linkMic.onAir.silent' : 'linkMic.onAir')
    }),
    async leaveSeat() {
      if (await dialog.confirm({ title: t('linkMic.leave.title'), body: t('linkMic.leave.body'), yes: t('linkMic.leave'), no: t('linkMic.leave.no'), isDanger: true }))
        guest.leave()
    },
    /** Leaving the room leaves the seat: resolves with whether the person wants that. */
    async mayLeaveRoom(): Promise<boolean> {
      return !isOnMic.value || dialog.confirm({ title: t('linkMic.leave.room.title'), body: t('linkMic.leave.room.body'), yes: t('linkMic.leave.room.yes'), no: t('linkMic.leave.no'), isDanger: true })
    },
  }
}
