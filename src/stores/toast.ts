/** One short notice at a time, at the top of whatever screen is shown. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { useServices } from '@/src/app/services'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'good' | 'bad'
}

/** Long enough to read two lines. */
export const TOAST_MS = 3000

export const useToast = defineStore('toast', () => {
  const { clock } = useServices()
  const current = shallowRef<Toast>()
  let id = 0
  let stopTimer = () => {}

  function show(text: string, tone: Toast['tone'] = 'plain') {
    stopTimer()
    current.value = { id: ++id, text, tone }
    stopTimer = clock.after(TOAST_MS, hide)
  }

  function hide() {
    stopTimer()
    current.value = undefined
  }

  return { current, show, hide }
})
