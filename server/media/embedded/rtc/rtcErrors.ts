import type { Query, Refusal } from '../streamHub'
import type { OfferProblem } from './offer'
import { AppError, BadRequest, UnsupportedMediaType } from '../../../errors'
import { PeerError } from './Peer'

const RETRY_AFTER_MS = 5000

export const AtCapacity = () => new AppError('MEDIA_CAPACITY', 503, 'The server carries as many WebRTC sessions as it may: try again later, or watch by HTTP-FLV.', RETRY_AFTER_MS)
export const NotSdp = () => UnsupportedMediaType('Send the offer as application/sdp.')
export const SessionNotFound = () => new AppError('NOT_FOUND', 404, 'This session has ended.')

export const Replaced = () => new AppError('REPLACED', 409, 'Another client took this stream over. To take it back, publish without `after`.')

export const HasBFrames = () => new AppError('CODEC_UNSUPPORTED', 422, 'WebRTC cannot show this stream: its encoder uses B-frames. Watch it by HTTP-FLV, or switch them off in the encoder.')

/** 401 asks for a signature, 403 refuses the one given. */
export function refused(refusal: Refusal, query: Query): AppError {
  switch (refusal) {
    case 'badName':
    case 'notFound': return new AppError('STREAM_NOT_FOUND', 404, 'Nobody publishes this stream.')
    case 'full': return AtCapacity()
    case 'expired': return new AppError('STREAM_REFUSED', 403, 'The signature of this URL has expired.')
    case 'notAllowed': return new AppError('STREAM_REFUSED', 403, 'This stream may not be published now.')
    case 'unsigned': return query.txSecret === undefined || query.txTime === undefined
      ? new AppError('STREAM_REFUSED', 401, 'This URL is not signed: txSecret and txTime are missing.')
      : new AppError('STREAM_REFUSED', 403, 'The signature of this URL is wrong.')
  }
}

export function badOffer(problem: OfferProblem): AppError {
  return problem === 'malformed'
    ? BadRequest('The body is no SDP offer of at most one picture and one sound.')
    : new AppError('CODEC_UNSUPPORTED', 422, 'The offer must have H.264 (packetization-mode=1) for the picture and Opus for the sound.')
}

/** For `catch` around a peer: why it could not answer, in words for who sent the offer. Any other error stays what it is. */
export function whyNoAnswer(error: unknown): unknown {
  if (!(error instanceof PeerError))
    return error
  return error.reason === 'noPort' ? AtCapacity() : badOffer('malformed')
}
