/** WebRTC over HTTP: WHIP (RFC 9725) to publish, WHEP (draft-ietf-wish-whep) to watch. */
import type { Request } from 'express'
import type { Query, StreamHub } from '../streamHub'
import type { LoadAudioCodecs } from './audioCodecs'
import type { CreatePeer } from './Peer'
import type { RtcContext, RtcSession } from './rtcSession'
import { randomBytes } from 'node:crypto'
import express from 'express'
import { requestId } from '../../../http/requestId'
import { isRefusal } from '../streamHub'
import { createAudioCodecsLoader } from './audioCodecs'
import { candidateAddresses, hostAddresses } from './candidates'
import { MAX_OFFER_BYTES, parseOffer } from './offer'
import { isShowable } from './pictureOrder'
import { AtCapacity, badOffer, HasBFrames, NotSdp, refused, Replaced, SessionNotFound, whyNoAnswer } from './rtcErrors'
import { RtpSources } from './rtpSources'
import { SessionTable } from './sessionTable'
import { Takeovers } from './takeovers'
import { UdpPorts } from './udpPorts'
import { createWeriftPeers } from './weriftPeer'
import { WhepSession } from './whepSession'
import { WhipSession } from './whipSession'

export interface RtcOptions {
  readonly hub: StreamHub
  /** First and last port for media, to be opened in the firewall. */
  readonly udpPorts?: readonly [first: number, last: number]
  /** This machine's address outside its router or cloud network. */
  readonly publicIp?: string
  /** Answers which IPv4 addresses this machine has. */
  readonly hosts?: () => readonly string[]
  readonly log?: (message: string) => void
  readonly loadCodecs?: LoadAudioCodecs
  readonly createPeer?: CreatePeer
}

export interface Rtc {
  /** POST /whip/:streamId, POST /whep/:streamId, DELETE /rtc/:sessionId. Mount before body parsers; the application's error handler answers the refusals. */
  readonly router: express.Router
  /** Ends every session. */
  readonly close: () => void
}

const DEFAULT_UDP_PORTS = [40_000, 40_999] as const

export function createRtc(options: RtcOptions): Rtc {
  const { hub, udpPorts = DEFAULT_UDP_PORTS, publicIp, hosts = hostAddresses, log = () => {}, loadCodecs = createAudioCodecsLoader(log) } = options
  const { limits, clock } = hub
  const createPeer = options.createPeer ?? createWeriftPeers({
    ports: new UdpPorts(...udpPorts),
    clock,
    connectMs: limits.rtcConnectMs,
    silenceMs: limits.rtcSilenceMs,
    maxKbps: limits.publisherKbps,
  })
  const sessions = new SessionTable(limits)
  const sources = new RtpSources(clock, log)
  const takeovers = new Takeovers(hub)

  const mayPublish: Judge = (hub, streamId, query) => {
    const refusal = hub.mayPublish(streamId, query)
    if (refusal)
      throw refused(refusal, query)
    if (takeovers.speakAgainst(streamId, query.after))
      throw Replaced()
  }

  const open = (judge: Judge, create: Create): express.RequestHandler => async (request, response) => {
    const query = readQuery(request)
    const { streamId } = request.params as { streamId: string }
    judge(hub, streamId, query)
    if (typeof request.body !== 'string')
      throw NotSdp()
    const offer = parseOffer(request.body)
    if (typeof offer === 'string')
      throw badOffer(offer)
    const codecs = await loadCodecs()
    const address = request.ip ?? ''
    if (!sessions.hasRoomFor(address))
      throw AtCapacity()
    const id = randomBytes(16).toString('hex')
    const addresses = candidateAddresses({ publicIp, isLoopback: isLoopback(address), hosts: hosts() })
    const session = create({ id, hub, clock, createPeer, addresses, codecs, log, onClosed: () => sessions.remove(id) }, streamId, query)
    sessions.add(id, session, address)
    try {
      const answer = await session.answer(offer)
      response.status(201).set({ 'Content-Type': 'application/sdp', 'Location': `/rtc/${id}` }).end(answer)
    }
    catch (error) {
      session.close()
      throw whyNoAnswer(error)
    }
  }

  const router = express.Router()
  router.use(['/whip', '/whep', '/rtc'], requestId, cors)
  const sdp = express.text({ type: 'application/sdp', limit: MAX_OFFER_BYTES })
  router.route('/whip/:streamId')
    .post(sdp, open(mayPublish, (context, streamId, query) => new WhipSession(context, takeovers, streamId, query)))
    .all(onlyPost)
  router.route('/whep/:streamId')
    .post(sdp, open(mayWatch, (context, streamId) => new WhepSession(context, sources, streamId)))
    .all(onlyPost)
  router.route('/rtc/:sessionId')
    .delete((request, response) => {
      const session = sessions.find(request.params.sessionId)
      if (!session)
        throw SessionNotFound()
      session.close()
      response.status(200).end()
    })
    // No trickle, no ICE restart: RFC 9725, 4.3 asks for 405 then.
    .all((_, response) => void response.status(405).set('Allow', 'DELETE, OPTIONS').end())

  return { router, close: () => sessions.closeAll() }
}

/** Throws what speaks against it. */
type Judge = (hub: StreamHub, streamId: string, query: Query) => void
type Create = (context: RtcContext, streamId: string, query: Query) => RtcSession

const mayWatch: Judge = (hub, streamId, query) => {
  const stream = hub.playable(streamId, query)
  if (isRefusal(stream))
    throw refused(stream, query)
  if (!stream.publisher.rtp && !isShowable(stream))
    throw HasBFrames()
}

/** Of a repeated parameter the last one counts, as everywhere in media URLs. */
function readQuery(request: Request): Query {
  return Object.fromEntries(new URL(request.originalUrl, 'http://localhost').searchParams)
}

const isLoopback = (address: string): boolean => address === '::1' || /^(?:::ffff:)?127\./.test(address)

/** Without expose-headers a page of another origin could not read Location, and so not end its session. */
const cors: express.RequestHandler = (request, response, next) => {
  response.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'POST, DELETE, OPTIONS',
    'Access-Control-Allow-Headers': 'Content-Type, Authorization',
    'Access-Control-Expose-Headers': 'Location, Retry-After',
    'Access-Control-Max-Age': '86400',
    'Cache-Control': 'no-store',
  })
  if (request.method === 'OPTIONS')
    response.status(204).set('Accept-Post', 'application/sdp').end()
  else
    next()
}

const onlyPost: express.RequestHandler = (_, response) => void response.status(405).set('Allow', 'POST, OPTIONS').end()
