/** A question that stands before everything else. One at a time; a new one answers the old with "no". */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export interface Question {
  readonly title: string
  readonly body?: string
  /** What the button that says yes is called: name the deed ("结束直播"), not "OK". */
  readonly yes: string
  readonly no?: string
  /** The deed cannot be undone. */
  readonly isDanger?: boolean
}

export const useDialog = defineStore('dialog', () => {
  const question = shallowRef<Question>()
  let resolve: ((answer: boolean) => void) | undefined

  /** Resolves with the person's answer; closing the dialog is a no. */
  function confirm(asked: Question): Promise<boolean> {
    answer(false)
    question.value = asked
    return new Promise((done) => {
      resolve = done
    })
  }

  function answer(isYes: boolean) {
    question.value = undefined
    resolve?.(isYes)
    resolve = undefined
  }

  return { question, confirm, answer }
})
