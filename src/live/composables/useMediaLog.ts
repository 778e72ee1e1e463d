/** Writes down what a medium tells, on its way to the page. */
import type { MediaStatistics, PlayerProps } from '../components/media'
import type { MediaEvent } from '../media/eventText'
import { onBeforeUnmount } from 'vue'
import { streamName } from '../media/diagnosticsLog'
import { eventText } from '../media/eventText'
import { useDiagnostics } from '../stores/useDiagnostics'

/**
 * @param kind what the medium is called in the log
 * @param address where it sends to, or what it plays
 * @param emit the component's own
 * @returns what to call in the place of `emit`
 */
export function useMediaLog<Emit extends (...event: never[]) => void>(kind: 'pusher' | 'player', address: () => string | undefined, emit: Emit): Emit {
  const medium = useDiagnostics().join(() => `${kind} ${streamName(address())}`.trim())
  onBeforeUnmount(medium.close)

  const logged = (event: MediaEvent, detail: unknown) => {
    const text = eventText(event, detail)
    if (text !== undefined)
      medium.note(text)
    if (event === 'statistics')
      medium.measure(detail as MediaStatistics)
    ;(emit as unknown as (event: string, detail: unknown) => void)(event, detail)
  }
  return logged as unknown as Emit
}

/** All of a stream's addresses end in its name. */
export const addressOf = (urls: PlayerProps['urls']): string | undefined => urls?.flv ?? urls?.rtmp ?? urls?.whep ?? urls?.hls
