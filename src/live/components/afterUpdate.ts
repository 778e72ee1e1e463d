import { nextTick } from 'vue'

export interface AfterUpdate {
  /** Acts when the props have arrived that the page set in the same breath; undefined when cancelled meanwhile. */
  run: <Answer>(action: () => Answer | Promise<Answer>) => Promise<Answer | undefined>
  /** Forgets what still waits. */
  cancel: () => void
}

export function createAfterUpdate(): AfterUpdate {
  let turn = 0
  return {
    async run(action) {
      const mine = turn
      await nextTick()
      return mine === turn ? await action() : undefined
    },
    cancel() {
      turn++
    },
  }
}
