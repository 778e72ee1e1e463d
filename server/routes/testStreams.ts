import type { TestStream } from '../../shared/protocol/testStream'
import type { Authentication } from '../http/authenticate'
import type { OriginOf } from '../http/origin'
import type { RateLimits } from '../http/rateLimit'
import type { MediaProvider } from '../media/MediaProvider'
import type { TestStreams } from '../testStreams'
import { Router } from 'express'
import { userOf } from '../http/authenticate'
import { limitRate } from '../http/rateLimit'
import { TEST_STREAM_TTL_MS } from '../testStreams'

export interface TestStreamRoutesOptions {
  readonly testStreams: TestStreams
  readonly media: Pick<MediaProvider, 'issuePushUrls' | 'playUrls'>
  readonly originOf: OriginOf
  readonly authentication: Authentication
  readonly rates: RateLimits
}

export function testStreamRoutes({ testStreams, media, originOf, authentication, rates }: TestStreamRoutesOptions): Router {
  const router = Router()

  router.post('/test-streams', authentication.required, limitRate(rates.testStreams), async (request, response) => {
    const streamId = testStreams.open(userOf(response).id)
    const origin = originOf(request)
    response.status(201).json({
      publish: media.issuePushUrls(streamId, TEST_STREAM_TTL_MS, origin),
      play: media.playUrls(streamId, TEST_STREAM_TTL_MS, origin),
    } satisfies TestStream)
  })

  return router
}
