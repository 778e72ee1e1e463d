/** Everything that answers HTTP, in the order it is asked. */
import type { Express, RequestHandler, Router } from 'express'
import type { Logger } from 'pino'
import type { AccountSystem } from './auth/external/AccountSystem'
import type { Sessions } from './auth/sessions'
import type { WeChatAccounts } from './auth/WeChatAccounts'
import type { Weapp } from './compat/createWeapp'
import type { Config } from './config'
import type { PictureStore } from './covers/pictureStore'
import type { Database } from './database/createDatabase'
import type { Finding } from './doctor/Finding'
import type { OriginOf } from './http/origin'
import type { RateLimits } from './http/rateLimit'
import type { MountedIm } from './im/createIm'
import type { MediaProvider } from './media/MediaProvider'
import type { JudgePicture } from './moderation/createPictureJudge'
import type { JudgeText } from './moderation/createTextJudge'
import type { Reminders } from './reminders/createReminders'
import type { RoomService } from './rooms/RoomService'
import type { SimulatedStreams } from './simulatedStreams'
import type { TestStreams } from './testStreams'
import type { WeChatPush } from './weChat/createWeChat'
import type { RoomCodes } from './weChat/roomCodes'
import cors from 'cors'
import express from 'express'
import { domainsOf } from './domains'
import { Unavailable } from './errors'
import { createAuthentication } from './http/authenticate'
import { errorHandler, notFound } from './http/errorHandler'
import { requestId } from './http/requestId'
import { requestLog } from './http/requestLog'
import { securityHeaders } from './http/securityHeaders'
import { accountSystemRoutes } from './routes/accountSystem'
import { adminRoutes } from './routes/admin'
import { coverRoutes } from './routes/covers'
import { docsRoutes } from './routes/docs'
import { healthRoutes } from './routes/health'
import { linkMicRoutes } from './routes/linkMic'
import { linkRoutes } from './routes/links'
import { metricsRoutes } from './routes/metrics'
import { moderationRoutes } from './routes/moderation'
import { presenceRoutes } from './routes/presence'
import { reminderRoutes } from './routes/reminders'
import { roomCodeRoutes } from './routes/roomCodes'
import { roomRoutes } from './routes/rooms'
import { sessionRoutes } from './routes/sessions'
import { simulatorRoutes } from './routes/simulator'
import { testStreamRoutes } from './routes/testStreams'
import { webAppRoutes } from './routes/webApp'
import { weChatPushRoutes } from './routes/weChatPush'
import { weChatSessionRoutes } from './routes/weChatSessions'
import { version } from './version'

export interface HttpAppOptions {
  readonly config: Pick<Config, 'accounts' | 'adminToken' | 'publicUrl' | 'trustProxy' | 'metricsToken' | 'im' | 'media'>
  readonly log: Logger
  readonly db: Database
  readonly sessions: Sessions
  readonly rooms: RoomService
  readonly covers: PictureStore
  /** Of people. */
  readonly pictures: PictureStore
  readonly judgeText: JudgeText
  readonly judgePicture: JudgePicture
  /** Undefined: none is trusted, and there is no such door. */
  readonly accountSystem: AccountSystem | undefined
  /** Undefined: codes of wx.login are ignored. */
  readonly weChat: WeChatAccounts | undefined
  /** Undefined: there are no mini-program codes. */
  readonly roomCodes: RoomCodes | undefined
  /** Undefined: WeChat tells us nothing by itself. */
  readonly weChatPush: WeChatPush | undefined
  /** Undefined: nothing can be sent, and there is no such door. */
  readonly reminders: Reminders | undefined
  /** Undefined: nothing is lent, and there is no such door. */
  readonly simulatedStreams: SimulatedStreams | undefined
  /** Undefined: no test addresses, and there is no such door. */
  readonly testStreams: TestStreams | undefined
  /** What is wrong with the set-up. */
  readonly examine: () => Promise<readonly Finding[]>
  readonly media: MediaProvider
  /** FLV, WHIP and WHEP: long answers and foreign bodies, which nothing may compress, parse or delay. */
  readonly mediaRouter: Router
  readonly chat: Pick<MountedIm, 'figures' | 'profileChanged' | 'presence' | 'router'>
  /** Of the old room service; undefined: there is no such door. */
  readonly weapp: Pick<Weapp, 'router' | 'programmeRouter'> | undefined
  readonly originOf: OriginOf
  readonly rates: RateLimits
  readonly webRoot: string
  /** Not before the rooms of the last run are taken up, and not after the stop has begun. */
  readonly isRunning: () => boolean
}

const CORS_MAX_AGE_SECONDS = 24 * 60 * 60

export function createHttpApp({ config, log, db, sessions, rooms, covers, pictures, judgeText, judgePicture, accountSystem, weChat, roomCodes, weChatPush, reminders, simulatedStreams, testStreams, examine, media, mediaRouter, chat, weapp, originOf, rates, webRoot, isRunning }: HttpAppOptions): Express {
  const authentication = createAuthentication(sessions)
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false) // every answer of the API is new; files bring their own
  app.set('query parser', 'simple')
  app.set('trust proxy', config.trustProxy)

  if (weapp?.programmeRouter)
    app.use(weapp.programmeRouter)
  if (weapp)
    app.use('/weapp', weapp.router) // with an answer and a log of its own: its queries carry tokens, and its clients understand nothing but 200
  app.use('/whip', requestId, whileRunning(isRunning)) // no room is open yet, and "not allowed" would be the last word
  app.use(mediaRouter)
  app.use(requestId, requestLog(log), ...securityHeaders({ domains: domainsOf({ own: config.publicUrl, im: config.im, media: config.media.provider }), reachesAnywhere: testStreams !== undefined }))

  app.use(healthRoutes({ version, db, media, hasSimulator: simulatedStreams !== undefined, hasReminders: reminders !== undefined, isRunning }))
  app.use(metricsRoutes({ rooms, media, chatFigures: chat.figures, token: config.metricsToken }))
  if (chat.router)
    app.use(chat.router)
  app.use(docsRoutes({ version, originOf }))
  app.use(linkRoutes({ rooms, originOf }))
  app.use(coverRoutes('/covers', covers.folder))
  app.use(coverRoutes('/pictures', pictures.folder))

  // The token travels in a header, not in a cookie: a foreign page can do nothing in anybody's name.
  app.use('/api', cors({ exposedHeaders: ['X-Request-Id', 'Retry-After'], maxAge: CORS_MAX_AGE_SECONDS }))
  app.use('/api', whileRunning(isRunning))
  app.use('/api', sessionRoutes({ sessions, pictures, judgeText, judgePicture, weChat, hasGuests: config.accounts.hasGuests, rooms, chat, authentication, rates, log }))
  if (accountSystem)
    app.use('/api', accountSystemRoutes({ accountSystem, sessions, judgeText, rates }))
  app.use('/api', roomRoutes({ rooms, media, covers, judgeText, judgePicture, originOf, authentication, rates }))
  if (weChat)
    app.use('/api', weChatSessionRoutes({ sessions, weChat, judgeText, rates, log }))
  if (roomCodes)
    app.use('/api', roomCodeRoutes({ rooms, codes: roomCodes, rates, log }))
  app.use('/api', linkMicRoutes({ rooms, media, originOf, authentication, rates }))
  app.use('/api', moderationRoutes({ rooms, authentication, rates }))
  if (chat.presence)
    app.use('/api', presenceRoutes({ presence: chat.presence, authentication, rates }))
  if (reminders)
    app.use('/api', reminderRoutes({ reminders, rooms, authentication, rates }))
  if (simulatedStreams)
    app.use('/api', simulatorRoutes({ streams: simulatedStreams, rooms, authentication, rates }))
  if (testStreams)
    app.use('/api', testStreamRoutes({ testStreams, media, originOf, authentication, rates }))
  if (config.adminToken !== null)
    app.use('/api', adminRoutes({ token: config.adminToken, examine, rates }))
  app.use('/api', notFound)
  if (weChatPush)
    app.use(weChatPushRoutes(weChatPush, log))

  app.use(webAppRoutes(webRoot))
  app.use(notFound)
  app.use(errorHandler(log))
  return app
}

function whileRunning(isRunning: () => boolean): RequestHandler {
  return (_request, _response, next) => {
    if (!isRunning())
      throw Unavailable('The server is starting or stopping: try again in a moment.')
    next()
  }
}
