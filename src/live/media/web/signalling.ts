/** How an offer finds its answer: by WHIP and WHEP, or by a vendor's own way. */
import type { MediaFailure } from '../recovery/recoveryState'

/** What came of an offer. `end` ends the session on the server's side, and may outlive the page. */
export type RtcAnswer
  = | { readonly sdp: string, readonly sessionId?: string, readonly end: () => void }
    | { readonly failure: MediaFailure, readonly end?: () => void }

export interface Signalling {
  /** The server does not find our address by itself: the offer has to name it. */
  readonly needsCandidates: boolean
  /** Rejects when there is no network. */
  readonly ask: (offer: string) => Promise<RtcAnswer>
}
