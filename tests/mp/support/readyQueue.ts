/** `ready` of components: glass-easel leaves it to whoever embeds it. Children first, after the whole batch is attached. */
import type { GeneralComponent } from 'glass-easel'

type Hook = (this: Instance) => void
/** A component as its own code sees it, with glass-easel's below. */
interface Instance { readonly _$: GeneralComponent }

/** What a component's file hands to `Component`, as far as it matters here. */
export interface ComponentOptions {
  readonly attached?: Hook
  readonly lifetimes?: { readonly attached?: Hook }
}

export interface ReadyQueue {
  /** Answers the component's options with a note taken when it is attached. */
  readonly watch: (options: ComponentOptions) => ComponentOptions
  readonly flush: () => void
}

export function createReadyQueue(): ReadyQueue {
  let attached: Instance[] = []

  function flush() {
    const batch = attached
    attached = []
    for (const component of batch.reverse())
      component._$.triggerLifetime('ready', [])
  }

  function watch(options: ComponentOptions): ComponentOptions {
    const original = options.lifetimes?.attached ?? options.attached
    const note = (component: Instance) => {
      if (attached.length === 0)
        queueMicrotask(flush)
      attached.push(component)
    }
    return {
      ...options,
      lifetimes: {
        ...options.lifetimes,
        attached() {
          original?.call(this)
          note(this)
        },
      },
    }
  }

  return { watch, flush }
}
