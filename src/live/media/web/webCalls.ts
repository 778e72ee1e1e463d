/** The calls of a tag's context where JavaScript itself answers them. */
import type { Call } from '../tags/call'
import type { CallOptions } from '../tags/callOptions'
import { MediaCallError } from '../tags/call'
import { checkCall } from '../tags/callOptions'

type Doer<Method> = Method extends (...options: infer Options) => infer Result ? (...options: Options) => Result | Promise<Result> : never
export type CallTable<Calls> = { readonly [Name in keyof Calls]?: Doer<Calls[Name]> }

export interface AnsweredCalls<Calls> {
  readonly table: CallTable<Calls>
  readonly takes: CallOptions<keyof Calls & string>
  /** Asked anew for every call: another camera has other powers. */
  readonly supports: (name: keyof Calls & string) => boolean
}

/** What makes no sense to either platform is invalid, what cannot be done here unsupported; what a call throws, other than a MediaCallError, is the browser's refusal. */
export function answerCalls<Calls>({ table, takes, supports }: AnsweredCalls<Calls>): Call<Calls> {
  return (async (name: keyof Calls & string, ...options: unknown[]) => {
    checkCall(takes, name, options[0])
    const act = table[name] as ((...options: unknown[]) => unknown) | undefined
    if (!act || !supports(name))
      throw new MediaCallError('UNSUPPORTED', `${name}: not here`)
    try {
      return await act(...options)
    }
    catch (error) {
      throw error instanceof MediaCallError ? error : new MediaCallError('FAILED', `${name}: ${(error as Error).name}`)
    }
  }) as unknown as Call<Calls>
}
