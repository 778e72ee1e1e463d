/**
 * POST /callbacks/srs/{publish,unpublish,play,stop}: the HTTP hooks of SRS 5 and 6,
 * https://ossrs.net/lts/en-us/docs/v6/doc/http-callback. SRS signs nothing, so each hook's address carries a secret.
 */
import type { Router } from 'express'
import type { Logger } from 'pino'
import express from 'express'
import * as v from 'valibot'
import { Forbidden } from '../../errors'
import { requestId } from '../../http/requestId'
import { parse } from '../../http/validate'
import { isSameSecret } from '../../isSameSecret'

const HOOKS_PATH = '/callbacks/srs'
const BODY_BYTES = 256 * 1024
/** SRS hangs up on whoever a hook answers with a code other than 0. */
const REFUSED = 403

const short = v.pipe(v.string(), v.maxLength(1024))
/** More is said, such as server_id, tcUrl and stream_url; nothing follows from it. */
function hook<const Action extends string>(action: Action) {
  return v.object({
    action: v.literal(action),
    client_id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
    app: short,
    stream: short,
    /** What stood behind the stream's name in its URL. */
    param: v.optional(v.pipe(v.string(), v.maxLength(4096)), ''),
  })
}

const Hooks = { publish: hook('on_publish'), unpublish: hook('on_unpublish'), play: hook('on_play'), stop: hook('on_stop') }

export interface HookMessage {
  readonly clientId: string
  readonly app: string
  readonly stream: string
  readonly query: Readonly<Record<string, string>>
}

export interface HooksOptions {
  readonly secret: string
  readonly log: Pick<Logger, 'warn'>
  /** Resolves with whether SRS may let this client publish. */
  readonly onPublish: (message: HookMessage) => Promise<boolean>
  readonly onUnpublish: (message: HookMessage) => void
  readonly mayPlay: (message: HookMessage) => boolean
}

/** The application's error handler answers what is no hook of ours. */
export function hookRoutes({ secret, log, onPublish, onUnpublish, mayPlay }: HooksOptions): Router {
  const answers: Record<keyof typeof Hooks, (message: HookMessage) => boolean | Promise<boolean>> = {
    publish: onPublish,
    unpublish: (message) => {
      onUnpublish(message)
      return true
    },
    play: mayPlay,
    stop: () => true,
  }

  const router = express.Router()
  router.use(HOOKS_PATH, requestId, (request, response, next) => {
    const { secret: given } = request.query
    if (typeof given !== 'string' || !isSameSecret(given, secret)) {
      log.warn({ from: request.ip, requestId: response.locals.requestId }, 'a hook came without the secret: is SRS_HOOK_SECRET what stands in srs.conf?')
      throw Forbidden('This hook does not carry the secret of SRS_HOOK_SECRET.')
    }
    next()
  }, express.json({ limit: BODY_BYTES }))
  for (const name of Object.keys(Hooks) as (keyof typeof Hooks)[]) {
    router.post(`${HOOKS_PATH}/${name}`, async (request, response) => {
      const { client_id: clientId, app, stream, param } = parse(Hooks[name], request.body)
      const query = Object.fromEntries(new URLSearchParams(param)) // takes the "?" in front, too
      const isAllowed = await answers[name]({ clientId, app, stream, query })
      response.set('Cache-Control', 'no-store').json({ code: isAllowed ? 0 : REFUSED })
    })
  }
  return router
}
