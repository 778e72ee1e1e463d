/** What the anchor chose to send, kept for the next broadcast and for a reload. */
import type { PictureSource } from '@/src/live/components/media'
import { defineStore } from 'pinia'
import * as v from 'valibot'
import { ref, watch } from 'vue'
import { useServices } from '@/src/app/services'

const KEY = 'pusherChoice'
const Choice = v.object({
  source: v.fallback(v.picklist(['camera', 'screen', 'pattern', 'none']), 'camera'),
  facing: v.fallback(v.picklist(['front', 'back']), 'front'),
  isMirrored: v.fallback(v.boolean(), true),
  cameraId: v.fallback(v.string(), ''),
  microphoneId: v.fallback(v.string(), ''),
})

export const usePusherChoice = defineStore('pusherChoice', () => {
  const { keyValue } = useServices()
  const stored = v.safeParse(Choice, keyValue.read(KEY))
  const kept = stored.success ? stored.output : v.parse(Choice, {})

  const source = ref<PictureSource>(kept.source)
  const facing = ref(kept.facing)
  const isMirrored = ref(kept.isMirrored)
  const cameraId = ref(kept.cameraId)
  const microphoneId = ref(kept.microphoneId)

  watch([source, facing, isMirrored, cameraId, microphoneId], () => {
    keyValue.write(KEY, { source: source.value, facing: facing.value, isMirrored: isMirrored.value, cameraId: cameraId.value, microphoneId: microphoneId.value })
  }, { flush: 'sync' })

  return { source, facing, isMirrored, cameraId, microphoneId }
})
