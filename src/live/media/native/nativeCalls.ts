/** The calls of a native tag's context as promises that always settle. */
import type { Call } from '../tags/call'
import type { CallOptions } from '../tags/callOptions'
import type { Clock } from '@/src/ports/Clock'
import { MediaCallError } from '../tags/call'
import { checkCall, isCall } from '../tags/callOptions'

/** WeChat answers within a second, or never. */
export const ANSWER_MS = 5000

export interface NativeCallOptions<Name extends string> {
  /** Called on use: it exists when the tag does. */
  readonly context: () => object
  readonly table: CallOptions<Name>
  readonly clock: Clock
  /** Hears what WeChat refused. */
  readonly onRefused: (text: string) => void
}

/** These have no `success` and answer, if at all, at once. How their arguments are laid out. */
const AT_ONCE: Readonly<Record<string, (options: never) => readonly unknown[]>> = {
  createOffscreenCanvas: (size: object) => [size],
  onCustomRendererEvent: ({ event, listener }: { event: string, listener: unknown }) => [event, listener],
  requestBackgroundPlayback: () => [],
  exitBackgroundPlayback: () => [],
}

type Method = (...all: readonly unknown[]) => unknown

export function createNativeCalls<Calls>({ context, table, clock, onRefused }: NativeCallOptions<keyof Calls & string>) {
  const waiting = new Set<() => void>()

  const methodOf = (name: string) => {
    const owner = context() as Record<string, Method>
    return typeof owner?.[name] === 'function' ? owner[name].bind(owner) : undefined
  }

  async function call(name: keyof Calls & string, options?: object): Promise<unknown> {
    checkCall(table, name, options)
    const method = methodOf(name)
    if (!method)
      throw new MediaCallError('UNSUPPORTED', `${name}: not in this version of WeChat`)
    try {
      return await (name in AT_ONCE ? method(...AT_ONCE[name](options as never)) : answer(method, table[name] ? options : undefined))
    }
    catch (error) {
      const text = `${name}: ${error instanceof Error ? error.message : String(error)}`
      onRefused(text)
      throw new MediaCallError('FAILED', text)
    }
  }

  function answer(method: Method, options: object | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        stopTimer()
        waiting.delete(giveUp)
        act()
      }
      const giveUp = () => settle(() => reject(new Error('no answer')))
      const stopTimer = clock.after(ANSWER_MS, giveUp)
      waiting.add(giveUp)
      method({
        ...options,
        success: (result: unknown) => settle(() => resolve(result)),
        fail: (refusal?: { errMsg?: string }) => settle(() => reject(new Error(refusal?.errMsg ?? 'refused'))),
      })
    })
  }

  return {
    call: call as unknown as Call<Calls>,
    /** This version of WeChat has the call. */
    has: (name: string) => isCall(table, name) && methodOf(name) !== undefined,
    /** Ends every wait. */
    close: () => waiting.forEach(giveUp => giveUp()),
  }
}
