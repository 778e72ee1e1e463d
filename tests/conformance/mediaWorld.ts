/** What the contracts of pushers and players ask in the same way. */
import type { MediaEvent } from '../../src/live/media/eventText'
import type { CallOptions } from '../../src/live/media/tags/callOptions'
import { expect } from 'vitest'
import { eventText } from '../../src/live/media/eventText'

type Told = readonly (readonly [event: MediaEvent, detail: unknown])[]

interface Handle {
  readonly call: unknown
  readonly supports: (name: never) => boolean
}

/** Answers what was told since the last question, in the words of the log. */
export function createNews(told: Told): () => string[] {
  let read = 0
  return () => {
    const fresh = told.slice(read)
    read = told.length
    return fresh.flatMap(([event, detail]) => event === 'diagnostic' ? [] : eventText(event, detail) ?? [])
  }
}

/** A call as somebody makes it who does not know its types. */
export function ask({ call }: Handle, name: string, options?: unknown): Promise<unknown> {
  return (call as (name: string, options?: unknown) => Promise<unknown>)(name, options)
}

/** What is not supported rejects, and so does what makes no sense. `examples`: options that make sense, of every call. */
export async function expectRefusals<Name extends string>(handle: Handle, table: CallOptions<Name>, examples: Readonly<Record<Name, object | undefined>>): Promise<void> {
  for (const name of Object.keys(examples) as Name[]) {
    if (!handle.supports(name as never))
      await expect(ask(handle, name, examples[name]), name).rejects.toMatchObject({ name: 'MediaCallError', code: 'UNSUPPORTED' })
    if (table[name])
      await expect(ask(handle, name, 'nonsense'), name).rejects.toMatchObject({ name: 'MediaCallError', code: 'INVALID' })
  }
  await expect(ask(handle, 'teleport')).rejects.toMatchObject({ code: 'UNSUPPORTED' })
}
