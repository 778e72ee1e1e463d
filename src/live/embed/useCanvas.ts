/** Where guests lie upon the picture, on this screen. */
import type { Ref } from 'vue'
import type { Size } from '../components/stageBox'
import type { SeatNumber } from '@/shared/domain/layout'
import { computed } from 'vue'
import { canvasShapeOf, guestTile } from '@/shared/domain/layout'
import { canvasIn } from '../components/stageBox'

/** `picture` is its size, where it is shown whole; where it is cropped, the frame's shape counts. */
export function useCanvas(frame: Readonly<Ref<Size>>, picture: Readonly<Ref<Size | undefined>>) {
  const shape = computed(() => canvasShapeOf(picture.value ?? frame.value))

  return {
    canvas: computed(() => {
      const { width, height } = canvasIn(frame.value, picture.value, !picture.value, shape.value)
      const size = { width: `${width}px`, height: `${height}px` }
      // Margins, not a transform: WeChat draws pushers and players badly inside one.
      return picture.value ? { ...size, 'margin-top': `${-height / 2}px`, 'margin-left': `${-width / 2}px` } : size
    }),
    placeOf(seat: SeatNumber) {
      const { x, y, width, height } = guestTile(seat, shape.value)
      return { left: percent(x), top: percent(y), width: percent(width), height: percent(height) }
    },
  }
}

const percent = (part: number) => `${part * 100}%`
