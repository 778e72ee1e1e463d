/** `ready` of components: glass-easel leaves it to whoever embeds it. Children first, after the whole batch is attached. */
export interface ReadyQueue {
  /** Answers the component's options with a note taken when it is attached. */
  watch: (options: any) => any
  flush: () => void
}

export function createReadyQueue(): ReadyQueue {
  let attached: any[] = []

  function flush() {
    const batch = attached
    attached = []
    for (const component of batch.reverse())
      component._$.triggerLifetime('ready', [])
  }

  function watch(options: any) {
    const original = options.lifetimes?.attached ?? options.attached
    const note = (component: any) => {
      if (attached.length === 0)
        queueMicrotask(flush)
      attached.push(component)
    }
    return {
      ...options,
      lifetimes: {
        ...options.lifetimes,
        attached(this: any) {
          original?.apply(this)
          note(this)
        },
      },
    }
  }

  return { watch, flush }
}
