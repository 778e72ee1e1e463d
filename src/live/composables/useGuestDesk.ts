/** The anchor's dealings with guests on the page: the desk, the news of it, and the menu of one guest. */
import type { Ref } from 'vue'
import type { AnchorStageStore } from '../stores/linkMicStores'
import type { StageGuest } from '@/shared/protocol/linkMic'
import { computed, nextTick, ref, watch } from 'vue'
import { KICKED_WAIT_MS } from '@/shared/domain/linkMic'
import { useText } from '@/src/composables/useText'
import { useToast } from '@/src/stores/toast'
import { useDialog } from '../stores/dialog'
import { useNewApplications } from './useNewApplications'

export function useGuestDesk(desk: AnchorStageStore, serverTime: Readonly<Ref<number>>) {
  const { t, errorText } = useText()
  const toast = useToast()
  const dialog = useDialog()
  const isOpen = ref(false)
  const news = useNewApplications(desk.queue, isOpen)
  /** A guest's time on stage, not the person: who comes back is another guest. */
  const chosen = ref<string>()
  const guest = computed(() => desk.guests.value.find(({ requestId }) => requestId === chosen.value))

  watch(desk.problem, problem => problem && toast.show(errorText(problem), 'bad'))
  watch(desk.untaken, untaken => untaken && toast.show(t('linkMic.desk.untaken', { name: untaken.user.nickname })))

  function closeMenu() {
    chosen.value = undefined
  }

  return {
    isOpen,
    news: news.applications,
    guest,
    waitMs: computed(() => guest.value?.deadline ? Math.max(0, guest.value.deadline - serverTime.value) : 0),
    acceptFirst: () => news.applications.value[0] && desk.accept(news.applications.value[0]),
    choose: ({ requestId }: StageGuest) => {
      chosen.value = requestId
    },
    closeMenu,
    mute: (mutes: { isMicMuted: boolean, isCameraMuted: boolean }) => guest.value && desk.mute(guest.value, mutes),
    async remove() {
      const leaving = guest.value
      if (!leaving)
        return
      closeMenu()
      await nextTick() // the menu gives the focus back before the question takes it
      const yes = await dialog.confirm({
        title: t('linkMic.desk.remove.title', { name: leaving.user.nickname }),
        body: t('linkMic.desk.remove.body', { seconds: KICKED_WAIT_MS / 1000 }),
        yes: t('linkMic.desk.remove.yes'),
        no: t('linkMic.desk.remove.no'),
        isDanger: true,
      })
      if (yes)
        desk.kick(leaving)
    },
  }
}
