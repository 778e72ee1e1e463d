/** The life of the anchor's page: it begins anew, or returns to the room that still runs, and leaves that room running. */
import type { Startable } from '../stores/linkMicStores'
import type { useAnchorRoom } from '../stores/useAnchorRoom'
import type { Chat } from '../stores/useChat'
import { onHide, onLoad, onShow, onUnload } from '@dcloudio/uni-app'
import { watch } from 'vue'
import { useText } from '@/src/composables/useText'
import { useMe } from '@/src/stores/me'
import { useDialog } from '../stores/dialog'
import { nameRunningRoom } from './roomAddress'

type AnchorRoom = Pick<ReturnType<typeof useAnchorRoom>, 'open' | 'close' | 'check' | 'findRunning' | 'onAir'>

/** The windows on the room open and close before it. */
export function useAnchorVisit(anchor: AnchorRoom, chat: Chat, ...windows: Startable[]): void {
  const { t } = useText()
  const dialog = useDialog()
  const me = useMe()
  let stops: (() => void)[] = []
  let isGone = false

  onLoad((query) => {
    stops = [chat, ...windows].map(({ start }) => start())
    if (query?.id)
      anchor.open({ roomId: query.id, by: query.by === 'encoder' ? 'encoder' : 'device' })
    else
      void openOrReturn()
    void me.ready().catch(() => {}) // only for the title; going live says what is wrong
  })
  onUnload(() => {
    isGone = true
    stops.forEach(stop => stop())
    anchor.close()
  })
  onHide(() => chat.setHidden(true))
  onShow(() => {
    chat.setHidden(false)
    anchor.check()
  })

  watch(anchor.onAir, (now, before) => {
    if (now?.room.id !== before?.room.id)
      nameRunningRoom(now?.room.id, now?.by ?? 'device')
  })

  async function openOrReturn() {
    const running = await anchor.findRunning()
    const returns = running !== undefined && await dialog.confirm({
      title: t('live.return.title'),
      body: t('live.return.body', { title: running.title }),
      yes: t('live.return.yes'),
      no: t('live.return.no'),
    })
    if (!isGone)
      anchor.open(returns ? running : undefined)
  }
}
