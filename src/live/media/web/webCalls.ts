/** The calls of a tag's context where JavaScript itself answers them. */
import type { Call } from '../tags/call'
import type { CallOptions } from '../tags/callOptions'
import { MediaCallError } from '../tags/call'
import { checkCall } from '../tags/callOptions'

type Doer<Method> = Method extends (...options: infer Options) => infer Result ? (...options: Options) => Result | Promise<Result> : never
export type CallTable<Calls> = { readonly [Name in keyof Calls]?: Doer<Calls[Name]> }

/** What makes no sense to either platform is invalid, what is not in the table unsupported; what a call throws, other than a MediaCallError, is the browser's refusal. */
export function answerCalls<Calls>(table: CallTable<Calls>, takes: CallOptions<keyof Calls & string>): Call<Calls> {
  return (async (name: keyof Calls & string, ...options: unknown[]) => {
    checkCall(takes, name, options[0])
    const act = table[name] as ((...options: unknown[]) => unknown) | undefined
    if (!act)
      throw new MediaCallError('UNSUPPORTED', `${name}: not on the web`)
    try {
      return await act(...options)
    }
    catch (error) {
      throw error instanceof MediaCallError ? error : new MediaCallError('FAILED', `${name}: ${(error as Error).name}`)
    }
  }) as unknown as Call<Calls>
}

/** @throws MediaCallError INVALID */
export function expectNumber(value: unknown, min: number, max: number, name: string): number {
  if (typeof value !== 'number' || !(value >= min && value <= max))
    throw new MediaCallError('INVALID', `${name}: not a number from ${min} to ${max}`)
  return value
}
