/** What MediaPusher and MediaPlayer emit, in words for the diagnostics log. Pure. */
import type { MediaDiagnostic, MediaProblem, MediaTrouble, PlayerEmits, PusherEmits } from '@/src/live/components/media'

/** Figures and levels would drown the rest. */
const UNTOLD = ['statistics', 'volume', 'devices']

export type MediaEvent = keyof PusherEmits | keyof PlayerEmits

/** Undefined: not worth a line. */
export function eventText(event: MediaEvent, detail: unknown): string | undefined {
  switch (event) {
    case 'diagnostic': return diagnosticText(detail as MediaDiagnostic)
    case 'problem': return problemText(detail as MediaProblem)
    case 'trouble': return `trouble ${troubleText(detail as MediaTrouble | null)}`
  }
  if (UNTOLD.includes(event) || (detail as { type?: string } | undefined)?.type === 'progress')
    return undefined
  if (detail === undefined)
    return event
  return `${event} ${typeof detail === 'object' ? Object.values(detail as object).map(plain).join(' ') : String(detail)}`
}

const plain = (value: unknown) => typeof value === 'object' ? JSON.stringify(value) : String(value)

const diagnosticText = ({ text, isUnknown }: MediaDiagnostic) => isUnknown ? `${text} (unknown)` : text

const problemText = ({ code, nativeCode }: MediaProblem) => nativeCode === undefined ? `problem ${code}` : `problem ${code} ${nativeCode}`

function troubleText(trouble: MediaTrouble | null): string {
  if (!trouble)
    return 'over'
  if (trouble.kind === 'paused')
    return `paused by ${trouble.by}`
  return 'attempt' in trouble ? `${trouble.kind}, attempt ${trouble.attempt}` : trouble.kind
}
