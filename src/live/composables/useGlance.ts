/**
 * WeChat opens a page that was shared to the timeline in a mode of its own (scene 1154): it may neither sign in nor lead
 * anywhere, and its bar below opens the mini-program. The room is shown then, but not entered.
 */
import type { Room } from '@/shared/protocol/rest'
import { onLoad } from '@dcloudio/uni-app'
import { shallowRef } from 'vue'
import { useServices } from '@/src/app/services'

export type Glance = { readonly status: 'loading' | 'failed', readonly roomId: string } | { readonly status: 'seen', readonly roomId: string, readonly room: Room }

const FROM_TIMELINE = 1154

export function isGlance(): boolean {
  // #ifdef H5
  return false
  // #endif
  // #ifdef MP-WEIXIN

  return uni.getLaunchOptionsSync().scene === FROM_TIMELINE
  // #endif
}

/** Fetches what everybody may see, once. */
export function useGlance() {
  const { roomApi } = useServices()
  const glance = shallowRef<Glance>({ status: 'loading', roomId: '' })

  onLoad(async (query) => {
    const roomId = query?.id ?? ''
    glance.value = { status: 'loading', roomId }
    glance.value = await roomApi.getRoom(roomId).then(
      ({ room }): Glance => ({ status: 'seen', roomId, room }),
      (): Glance => ({ status: 'failed', roomId }),
    )
  })
  return glance
}
