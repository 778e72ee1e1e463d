/** Writes down what a medium tells, on its way to the page. */
import type { MediaDiagnostic, MediaProblem, MediaStatistics, MediaStatus, PlayerProps } from '../components/media'
import type { MediaEvent } from '../media/eventText'
import type { MediumKind } from '../stores/useDiagnostics'
import { onBeforeUnmount } from 'vue'
import { BRIEF_TROUBLES } from '@/shared/troubles/briefTroubles'
import { streamName } from '../media/diagnosticsLog'
import { eventText } from '../media/eventText'
import { useDiagnostics } from '../stores/useDiagnostics'

/**
 * @param kind what the medium is called in the log
 * @param address where it sends to, or what it plays
 * @param emit the component's own
 * @returns what to call in the place of `emit`
 */
export function useMediaLog<Emit extends (...event: never[]) => void>(kind: MediumKind, address: () => string | undefined, emit: Emit): Emit {
  const diagnostics = useDiagnostics()
  const medium = diagnostics.join(() => `${kind} ${streamName(address())}`.trim())
  onBeforeUnmount(medium.close)

  const logged = (event: MediaEvent, detail: unknown) => {
    const text = eventText(event, detail)
    if (text !== undefined)
      medium.note(text)
    if (event === 'statistics')
      medium.measure(detail as MediaStatistics)
    const code = codeIn(event, detail)
    if (code !== undefined)
      diagnostics.codes[kind] = code
    if (event === 'status' && (detail as MediaStatus) === 'live')
      delete diagnostics.codes[kind]
    ;(emit as unknown as (event: string, detail: unknown) => void)(event, detail)
  }
  return logged as unknown as Emit
}

/** All of a stream's addresses end in its name. */
export const addressOf = (urls: PlayerProps['urls']): string | undefined => urls?.flv ?? urls?.rtmp ?? urls?.whep ?? urls?.hls

/** Of a number that the app has words for; all others come and go while all is well. */
function codeIn(event: MediaEvent, detail: unknown): number | undefined {
  const code = event === 'diagnostic' ? (detail as MediaDiagnostic).code : event === 'problem' ? (detail as MediaProblem).nativeCode : undefined
  return code !== undefined && code in BRIEF_TROUBLES ? code : undefined
}
