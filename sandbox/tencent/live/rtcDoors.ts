/**
 * WebRTC as browsers reach it: WHIP at one address for everybody (https://cloud.tencent.com/document/product/267/57042), and
 * the signalling of 快直播 as players of Tencent speak it (pullstream, stopstream). The engine behind them does the media.
 */
import type { RequestHandler, Router } from 'express'
import { randomUUID } from 'node:crypto'
import express from 'express'
import * as v from 'valibot'
import { parseStreamUrl } from './streamUrl'

const SDP_BYTES = 64 * 1024

export interface RtcDoorsOptions {
  readonly pushDomain: string
  readonly playDomain: string
  readonly appName: string
  /** Where the engine's own doors are: `http://127.0.0.1:<port>`. */
  readonly engineUrl: string
}

const PullStream = v.strictObject({
  streamurl: v.string(),
  sessionid: v.pipe(v.string(), v.minLength(1)),
  clientinfo: v.string(),
  localsdp: v.strictObject({ type: v.literal('offer'), sdp: v.pipe(v.string(), v.startsWith('v=0')) }),
})
const StopStream = v.strictObject({ streamurl: v.string(), svrsig: v.string() })

/** A page may send JSON or SDP here, and nothing in `Authorization`. */
const cors: RequestHandler = (request, response, next) => {
  response.set({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': 'POST, OPTIONS', 'Access-Control-Allow-Headers': 'Content-Type' })
  if (request.method === 'OPTIONS')
    return void response.status(204).end()
  next()
}

export function rtcDoors({ pushDomain, playDomain, appName, engineUrl }: RtcDoorsOptions): Router {
  const router = express.Router()
  /** By `svrsig`: the engine's session. */
  const sessions = new Map<string, string>()
  const ask = (kind: 'whip' | 'whep', name: string, query: string, offer: string) =>
    fetch(`${engineUrl}/${kind}/${name}?${query}`, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: offer })

  router.use('/webrtc', cors)

  router.post('/webrtc/v2/whip', express.text({ type: 'application/sdp', limit: SDP_BYTES }), async (request, response) => {
    const { streamurl, ...others } = request.query
    const stream = parseStreamUrl(streamurl ?? request.get('authorization')?.replace(/^Bearer /, ''), pushDomain, appName)
    const offer: unknown = request.body
    if (!stream || Object.keys(others).length > 0 || typeof offer !== 'string')
      return void response.status(400).send('a stream of a push domain, and an offer, and nothing else')
    if (!/^a=candidate:/m.test(offer))
      return void response.status(400).send('no candidates in the offer')
    const answer = await ask('whip', stream.name, stream.query, offer)
    // Nothing is known of a Location, by which a page could end its session: there is none.
    response.status(answer.status).type(answer.ok ? 'application/sdp' : 'text/plain').send(await answer.text())
  })

  router.post('/webrtc/v1/pullstream', express.json({ limit: SDP_BYTES }), async (request, response) => {
    const body = v.safeParse(PullStream, request.body)
    const stream = body.success ? parseStreamUrl(body.output.streamurl, playDomain, appName) : undefined
    if (!body.success || !stream)
      return void response.json({ errcode: 400, errmsg: 'bad request' })
    const answer = await ask('whep', stream.name, stream.query, body.output.localsdp.sdp)
    const text = await answer.text()
    if (!answer.ok)
      return void response.json({ errcode: answer.status, errmsg: 'pull failed' })
    const svrsig = randomUUID()
    sessions.set(svrsig, answer.headers.get('location')!)
    response.json({ errcode: 0, errmsg: 'success', remotesdp: { type: 'answer', sdp: text }, svrsig })
  })

  router.post('/webrtc/v1/stopstream', express.json({ limit: SDP_BYTES }), async (request, response) => {
    const body = v.safeParse(StopStream, request.body)
    const session = body.success ? sessions.get(body.output.svrsig) : undefined
    if (!body.success || session === undefined)
      return void response.json({ errcode: 400, errmsg: 'no such session' })
    sessions.delete(body.output.svrsig)
    await fetch(engineUrl + session, { method: 'DELETE' })
    response.json({ errcode: 0, errmsg: 'success' })
  })

  return router
}
