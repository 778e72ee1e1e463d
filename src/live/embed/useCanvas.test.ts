import { expect, it } from 'vitest'
import { ref } from 'vue'
import { useCanvas } from './useCanvas'

it('[CO7] guests lie at the screen\'s edge upon a picture that fills it, and within one that is shown whole', () => {
  const picture = ref<{ width: number, height: number }>()
  const { canvas, placeOf } = useCanvas(ref({ width: 375, height: 812 }), picture)
  expect(canvas.value).toEqual({ width: '375px', height: '667px' })
  expect(placeOf(1)).toEqual({ left: expect.stringMatching(/^66.6/), top: '62.5%', width: expect.stringMatching(/^33.3/), height: '28.125%' })
  picture.value = { width: 1280, height: 720 }
  expect(canvas.value).toEqual({ 'width': '375px', 'height': '211px', 'margin-top': '-105.5px', 'margin-left': '-187.5px' })
  expect(placeOf(3)).toMatchObject({ left: '80%', width: '20%' })
})
