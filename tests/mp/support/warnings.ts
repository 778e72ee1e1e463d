/** What glass-easel, and WeChat likewise, would print about components while they run. */
import { addGlobalWarningListener, removeGlobalWarningListener } from 'glass-easel'

/** uni-app causes these in every program: it passes attributes of the host and keys on, and its data is empty on the first render. */
const HARMLESS = /^"(?:virtualHost\w+|hidden|key)" is not a valid property|^property "\w+" received type-incompatible value: expected <\w+> but (?:get (?:null|undefined)|got non-number) value|^The for-list data is neither Array nor Object, got type "undefined"/

export interface Warnings {
  readonly list: readonly string[]
  readonly stop: () => void
}

export function collectWarnings(): Warnings {
  const list: string[] = []
  const listen = (message: string) => {
    if (!HARMLESS.test(message))
      list.push(message)
    return false // not to the console as well
  }
  addGlobalWarningListener(listen)
  return { list, stop: () => removeGlobalWarningListener(listen) }
}
