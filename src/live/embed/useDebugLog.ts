/** The last that happened, for `debug`. */
import type { MediaStatistics } from '../components/media'
import { ref, shallowRef } from 'vue'

const KEPT = 12

export function useDebugLog() {
  const lines = shallowRef<readonly { readonly id: number, readonly text: string }[]>([])
  const figures = ref('')
  let count = 0

  return {
    lines,
    figures,
    note(text: string) {
      lines.value = [...lines.value, { id: ++count, text }].slice(-KEPT)
    },
    measure({ bitrateKbps, fps, height, transport, width }: MediaStatistics) {
      figures.value = `${transport} ${Math.round(bitrateKbps)} kbps · ${Math.round(fps)} fps · ${width}×${height}`
    },
  }
}
