/** How the person looks to others, kept on this device. */
import type { PusherTag } from '../media/tags/pusherTag'
import { defineStore } from 'pinia'
import * as v from 'valibot'
import { computed, ref, watch } from 'vue'
import { useServices } from '@/src/app/services'
import { PUSHER_ATTRIBUTES } from '../media/tags/pusherTag'

export type Look = Pick<PusherTag, 'beauty' | 'whiteness' | 'filter' | 'remoteMirror'>

const KEY = 'pusherEffects'
const { beauty, whiteness, filter, remoteMirror } = PUSHER_ATTRIBUTES
const NONE: Look = { beauty: beauty.usual, whiteness: whiteness.usual, filter: filter.usual, remoteMirror: remoteMirror.usual }
const kept = v.fallback(v.looseObject({}), {})

export const usePusherEffects = defineStore('pusherEffects', () => {
  const { keyValue } = useServices()
  const stored = v.parse(kept, keyValue.read(KEY))
  const look = ref<Look>({
    beauty: beauty.read(stored.beauty) ?? NONE.beauty,
    whiteness: whiteness.read(stored.whiteness) ?? NONE.whiteness,
    filter: filter.read(stored.filter) ?? NONE.filter,
    remoteMirror: remoteMirror.read(stored.remoteMirror) ?? NONE.remoteMirror,
  })

  watch(look, next => keyValue.write(KEY, next), { flush: 'sync' })

  return {
    look,
    /** Of a guest, whom others see beside the anchor: unmirrored, as the anchor. */
    face: computed(() => ({ beauty: look.value.beauty, whiteness: look.value.whiteness, filter: look.value.filter })),
    change(part: Partial<Look>) {
      look.value = { ...look.value, ...part }
    },
    reset() {
      look.value = NONE
    },
  }
})
