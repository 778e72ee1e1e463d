/** The anchor's dealings with one person on the page: the sheet about them, the question before they are sent away, the news. */
import type { AnchorStageStore } from '../stores/linkMicStores'
import type { Chat } from '../stores/useChat'
import type { OrderStore } from '../stores/useOrder'
import type { User } from '@/shared/protocol/rest'
import { nextTick, shallowRef, watch } from 'vue'
import { useText } from '@/src/composables/useText'
import { useToast } from '@/src/stores/toast'
import { useDialog } from '../stores/dialog'

export function useOrderDesk(order: OrderStore, stage: Pick<AnchorStageStore, 'loadAudience'>, chat: Pick<Chat, 'speakerOf'>) {
  const { t, errorText } = useText()
  const toast = useToast()
  const dialog = useDialog()
  const person = shallowRef<User>()

  watch(order.problem, problem => problem && toast.show(errorText(problem), 'bad'))
  // Whoever was sent away is not in the audience any more.
  watch(() => order.lists.value.status === 'loaded' ? order.lists.value.view.removed.length : 0, () => stage.loadAudience())

  function close() {
    person.value = undefined
  }

  function choose(user: User) {
    person.value = user
    order.load()
    stage.loadAudience() // only who is here can be invited
  }

  return {
    person,
    close,
    choose,
    /** From a row of the chat. */
    chooseSpeaker(key: string) {
      const speaker = chat.speakerOf(key)
      if (speaker)
        choose(speaker)
    },
    async remove() {
      const leaving = person.value
      if (!leaving)
        return
      close()
      await nextTick() // the sheet gives the focus back before the question takes it
      const yes = await dialog.confirm({ title: t('order.remove.title', { name: leaving.nickname }), body: t('order.remove.body'), yes: t('order.remove.yes'), isDanger: true })
      if (yes)
        order.remove(leaving)
    },
  }
}
