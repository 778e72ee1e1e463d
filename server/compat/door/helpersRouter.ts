/** `/weapp/utils`: what the old demos ask for without a token. Rules: docs/SPEC.md, RS19 and RS20. */
import type { Request, Response } from 'express'
import type { RandomBytes } from '../../../shared/domain/ids'
import type { Room } from '../../../shared/protocol/rest'
import type { Clock } from '../../clock'
import type { OriginOf } from '../../http/origin'
import type { MediaProvider } from '../../media/MediaProvider'
import type { TestStreams } from '../../testStreams'
import type { MayBeAccount } from '../people/mayBeAccount'
import type { UserSigs } from '../people/userSigs'
import type { Fields } from './answers'
import type { Limit } from './rates'
import { Buffer } from 'node:buffer'
import { createHmac } from 'node:crypto'
import { Router } from 'express'
import { clientOf } from '../../client'
import { TEST_STREAM_TTL_MS } from '../../testStreams'
import { WeappCode, WeappError } from '../WeappError'

export interface HelpersOptions {
  readonly userSigs: Pick<UserSigs, 'sign'>
  /** Whether it signs for whoever asks. */
  readonly signsForAnybody: boolean
  readonly mayBeAccount: MayBeAccount
  /** Undefined: there are none. */
  readonly testStreams: TestStreams | undefined
  /** The demo's room while it is on air. */
  readonly demoRoom: () => Room | undefined
  readonly media: Pick<MediaProvider, 'issuePushUrls' | 'playUrls'>
  readonly originOf: OriginOf
  readonly limitAddress: Limit<string>
  readonly clock: Pick<Clock, 'now'>
  readonly randomBytes: RandomBytes
}

export function createHelpersRouter({ userSigs, signsForAnybody, mayBeAccount, testStreams, demoRoom, media, originOf, limitAddress, clock, randomBytes }: HelpersOptions): Router {
  const salt = randomBytes(16)

  function loginInfo({ query: { userID } }: Request): Fields {
    const account = typeof userID === 'string' && userID !== '' ? userID : newAccount(randomBytes)
    if (!mayBeAccount(account))
      throw new WeappError(WeappCode.notVerified, 'Nobody may log in by this userID.')
    const signed = signsForAnybody ? userSigs.sign(account) : undefined
    if (!signed)
      throw new WeappError(WeappCode.unknownAction, 'This server signs for nobody.')
    return { sdkAppID: signed.sdkAppId, accType: '0', userID: account, userSig: signed.userSig }
  }

  /** The same for one address as long as this server runs; nobody guesses it. */
  function testStreamOf(request: Request): string {
    if (!testStreams)
      throw new WeappError(WeappCode.unknownAction, 'This server has no test streams.')
    return testStreams.open(`u${createHmac('sha256', salt).update(clientOf(request.ip)).digest('hex').slice(0, 24)}`)
  }

  function testPushUrl(request: Request): Fields {
    const streamId = testStreamOf(request)
    const origin = originOf(request)
    const { flv, rtmp, hls } = media.playUrls(streamId, TEST_STREAM_TTL_MS, origin)
    return {
      url_push: media.issuePushUrls(streamId, TEST_STREAM_TTL_MS, origin).rtmp,
      url_play_flv: flv ?? '',
      url_play_rtmp: rtmp ?? '',
      url_play_hls: hls ?? '',
      url_play_acc: rtmp ?? '',
    }
  }

  function testRtmpAccUrl(request: Request): Fields {
    const streamId = demoRoom()?.streamId ?? testStreamOf(request)
    return { url_rtmpacc: media.playUrls(streamId, TEST_STREAM_TTL_MS, originOf(request)).rtmp ?? '' }
  }

  const router = Router()
  const help = (path: string, fieldsFor: (request: Request) => Fields): void => {
    const answer = (request: Request, response: Response): void => {
      limitAddress(clientOf(request.ip))
      response.json({ code: 0, message: '', timestamp: clock.now(), ...fieldsFor(request) })
    }
    router.route(path).get(answer).post(answer)
  }
  help('/get_login_info', loginInfo)
  help('/get_test_pushurl', testPushUrl)
  help('/get_test_rtmpaccurl', testRtmpAccUrl)
  return router
}

/** `user_xxxxxxxx_xxxx`, as the old service named them. */
function newAccount(randomBytes: RandomBytes): string {
  const hex = Buffer.from(randomBytes(6)).toString('hex')
  return `user_${hex.slice(0, 8)}_${hex.slice(8)}`
}
