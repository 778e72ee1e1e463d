/** A tool that sends to, or plays, the address a person gives it. Pure. Rules: docs/SPEC.md, section TL. */
import type { Address, AddressFault, AddressRules } from './address'
import type { Step } from '@/shared/domain/transition'
import type { MediaProblemCode, MediaStatus, MediaTrouble } from '@/src/live/components/media'
import { step } from '@/shared/domain/transition'
import { ADDRESS_MAX, readAddress } from './address'

export interface ToolState {
  /** What stands in the field. */
  readonly text: string
  /** Why it cannot be used; null until somebody wants to. */
  readonly fault: AddressFault | null
  /** Null: nothing runs. */
  readonly run: Run | null
}

export interface Run {
  readonly address: Address
  readonly status: Exclude<MediaStatus, 'idle'>
  readonly trouble: MediaTrouble | null
  /** What the medium complained of last; over with the next picture. */
  readonly problem: MediaProblemCode | null
}

export type ToolEvent
  = | { readonly type: 'write', readonly text: string }
    | { readonly type: 'start', readonly rules: AddressRules }
    | { readonly type: 'stop' }
    | { readonly type: 'status', readonly status: MediaStatus }
    | { readonly type: 'trouble', readonly trouble: MediaTrouble | null }
    | { readonly type: 'problem', readonly problem: MediaProblemCode }
  /** The browser kept the page from reaching the address. */
    | { readonly type: 'blocked' }

export type ToolEffect = { readonly type: 'start', readonly address: Address } | { readonly type: 'stop' }

export const IDLE_TOOL: ToolState = { text: '', fault: null, run: null }

export function transitionTool(state: ToolState, event: ToolEvent): Step<ToolState, ToolEffect> {
  const { run } = state
  switch (event.type) {
    case 'write':
      return step({ ...state, text: event.text.slice(0, ADDRESS_MAX + 1), fault: null })
    case 'start':
      return start(state, event.rules)
    case 'stop':
      return run ? step<ToolState, ToolEffect>({ ...state, run: null }, { type: 'stop' }) : step(state)
    case 'blocked':
      return run ? step<ToolState, ToolEffect>({ ...state, run: null, fault: { code: 'BLOCKED' } }, { type: 'stop' }) : step(state)
    case 'status':
      return run && event.status !== 'idle' ? step({ ...state, run: { ...run, status: event.status, problem: event.status === 'live' ? null : run.problem } }) : step(state)
    case 'trouble':
      return run ? step({ ...state, run: { ...run, trouble: event.trouble } }) : step(state)
    case 'problem':
      return run ? step({ ...state, run: { ...run, problem: event.problem } }) : step(state)
  }
}

/** What runs, or tries to, is tried again at once, whatever stands in the field by now. */
function start(state: ToolState, rules: AddressRules): Step<ToolState, ToolEffect> {
  if (state.run && state.run.status !== 'failed')
    return step<ToolState, ToolEffect>(state, { type: 'start', address: state.run.address })
  const read = readAddress(state.text, rules)
  if ('fault' in read)
    return step({ ...state, fault: read.fault })
  const { address } = read
  return step<ToolState, ToolEffect>({ ...state, fault: null, run: { address, status: 'connecting', trouble: null, problem: null } }, { type: 'start', address })
}
