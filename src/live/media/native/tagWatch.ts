/**
 * Finds out that WeChat gives this mini-program no live tags: the calls of their contexts are refused for want of permission,
 * or nothing ever answers. Rules: docs/SPEC.md, SM6–SM7.
 */
import type { Clock } from '@/src/ports/Clock'

/** From the first call until the tag has to have given a sign of life. */
export const SILENCE_MS = 5000

/**
 * WeChat's words for an interface that this mini-program has not been granted. The same words with a `runningState` of
 * the background, or with "permission ok", are about the moment; "system permission denied" is about camera and microphone.
 */
export function isUngranted(errMsg: string): boolean {
  return /access denied|jsapi has no permission/i.test(errMsg) && !/runningState=(?:background|suspend)|permission ok|system permission/i.test(errMsg)
}

export interface TagWatch {
  /** The same context, listened to. */
  over: <Context extends object>(context: Context) => Context
  /** The tag gave a sign of life: an event. */
  heard: () => void
  stop: () => void
}

export interface TagWatchOptions {
  readonly clock: Clock
  /** Known beforehand to have none. */
  readonly isDevTools?: boolean
  /** Something was to begin, and there is nothing that could. */
  readonly onMissing: () => void
}

/** The calls that begin something, and so must be answered. */
const BEGINNINGS = ['start', 'startPreview', 'play']

interface CallOptions {
  success?: (result: unknown) => void
  fail?: (failure: { errMsg?: string } | undefined) => void
}

export function createTagWatch({ clock, isDevTools = false, onMissing }: TagWatchOptions): TagWatch {
  let isThere = false
  let stopWaiting: (() => void) | undefined

  function stop() {
    stopWaiting?.()
    stopWaiting = undefined
  }

  function heard() {
    if (isDevTools)
      return
    isThere = true
    stop()
  }

  function miss() {
    stop()
    onMissing()
  }

  /** The options of a call, listened to as long as nothing is known. */
  function begin(options: CallOptions = {}): CallOptions {
    if (isThere)
      return options
    stopWaiting ??= clock.after(isDevTools ? 0 : SILENCE_MS, miss)
    return {
      ...options,
      success(result) {
        heard()
        options.success?.(result)
      },
      fail(failure) {
        const isRefused = !isDevTools && isUngranted(failure?.errMsg ?? '')
        if (!isRefused)
          heard()
        options.fail?.(failure)
        if (isRefused) // the last word
          miss()
      },
    }
  }

  return {
    over: context => new Proxy(context, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function')
          return value
        return (...call: unknown[]) => Reflect.apply(value, target, BEGINNINGS.includes(String(name)) ? [begin(call[0] as CallOptions)] : call)
      },
    }),
    heard,
    stop,
  }
}
