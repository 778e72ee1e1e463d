/** Bringing others into the room. WeChat asks for a card when a person shares; everything else is in SharePanel. */
import type { Room } from '@/shared/protocol/rest'
import type { Picture } from '@/src/ports/RoomApi'
import { ref } from 'vue'
import { useServices } from '@/src/app/services'
import { PATHS } from '@/src/composables/navigation'
import { useText } from '@/src/composables/useText'

/** `drawCard` draws the picture of the card where the room has no cover; WeChat waits for it for three seconds. */
export function useShare(room: () => Room | undefined, drawCard: () => Promise<Picture> | undefined) {
  const { platform } = useServices()
  const { t } = useText()
  const isOpen = ref(false)
  let drawn: string | undefined

  const titleOf = ({ anchor, title }: Room) => t('habits.share.card', { name: anchor.nickname, title })
  const coverOf = ({ cover }: Room) => cover === null ? drawn : platform.serverUrl + cover

  async function draw(): Promise<string | undefined> {
    const picture = await drawCard()
    drawn = picture && 'filePath' in picture ? picture.filePath : undefined
    return drawn
  }

  return {
    /** The panel with all the ways to share. */
    isOpen,
    /** For onShareAppMessage: the same room, whatever page it is shared from. */
    toChat(): Page.CustomShareContent {
      const shared = room()
      if (!shared)
        return { title: t('common.appName'), path: PATHS.home }
      const card = { title: titleOf(shared), path: `${PATHS.room}?id=${shared.id}&from=share`, imageUrl: coverOf(shared) }
      return card.imageUrl ? card : { ...card, promise: draw().then(imageUrl => ({ ...card, imageUrl }), () => card) }
    },
    /** For onShareTimeline: WeChat opens the same page with this query, and no other. */
    toTimeline() {
      const shared = room()
      return shared ? { title: titleOf(shared), query: `id=${shared.id}&from=timeline`, imageUrl: coverOf(shared) } : {}
    },
  }
}
