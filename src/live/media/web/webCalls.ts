/** The calls of a tag's context where JavaScript itself answers them. */
import type { Call } from '../tags/call'
import { MediaCallError } from '../tags/call'

type Doer<Method> = Method extends (...options: infer Options) => infer Result ? (...options: Options) => Result | Promise<Result> : never
export type CallTable<Calls> = { readonly [Name in keyof Calls]?: Doer<Calls[Name]> }

/** What is not in the table is unsupported; what a call throws, other than a MediaCallError, is the browser's refusal. */
export function answerCalls<Calls>(table: CallTable<Calls>): Call<Calls> {
  return (async (name: keyof Calls, ...options: unknown[]) => {
    const act = table[name] as ((...options: unknown[]) => unknown) | undefined
    if (!act)
      throw new MediaCallError('UNSUPPORTED', `${String(name)}: not on the web`)
    try {
      return await act(...options)
    }
    catch (error) {
      throw error instanceof MediaCallError ? error : new MediaCallError('FAILED', `${String(name)}: ${(error as Error).name}`)
    }
  }) as unknown as Call<Calls>
}

/** @throws MediaCallError INVALID */
export function expectNumber(value: unknown, min: number, max: number, name: string): number {
  if (typeof value !== 'number' || !(value >= min && value <= max))
    throw new MediaCallError('INVALID', `${name}: not a number from ${min} to ${max}`)
  return value
}
