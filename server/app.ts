/** The whole server in one process: puts the parts together, starts them, and stops them in the right order. */
import type { DestinationStream } from 'pino'
import type { RandomBytes } from '../shared/domain/ids'
import type { WeChatAccounts } from './auth/WeChatAccounts'
import type { ChatLimits } from './chat/limits'
import type { Clock } from './clock'
import type { WeappRates } from './compat/door/rates'
import type { Config } from './config'
import type { RateLimits } from './http/rateLimit'
import type { ContentCheck } from './moderation/ContentCheck'
import type { ReminderSender } from './reminders/ReminderSender'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { createAccounts } from './auth/accounts'
import { createAccountSystem } from './auth/external/createAccountSystem'
import { createSessions } from './auth/sessions'
import { createSessionTokens } from './auth/sessionToken'
import { createSqlMessageStore } from './chat/SqlMessageStore'
import { clientAddress } from './client'
import { systemClock } from './clock'
import { createWeapp } from './compat/createWeapp'
import { createWeappPeople } from './compat/people/weappPeople'
import { createPictureStore } from './covers/pictureStore'
import { createDatabase } from './database/createDatabase'
import { examine } from './doctor/examine'
import { createNodeWorld } from './doctor/nodeWorld'
import { readSettings } from './doctor/readSettings'
import { NotFound, unlessRefused } from './errors'
import { DEMO_ROOM_ID, openHouseRooms, readDemoLoop, TEST_PUSH_STREAM } from './houseRooms'
import { lanAddresses } from './http/addresses'
import { keptCertificate } from './http/certificate'
import { createListener } from './http/listener'
import { createOriginOf } from './http/origin'
import { RATE_LIMITS } from './http/rateLimit'
import { refuseUpgrade } from './http/refuseUpgrade'
import { createHttpApp } from './httpApp'
import { createIm } from './im/createIm'
import { PLAIN_ADDRESSES } from './im/ImAddresses'
import { createLog } from './log'
import { createMedia } from './media/createMedia'
import { createPictureJudge } from './moderation/createPictureJudge'
import { createTextJudge } from './moderation/createTextJudge'
import { readBlockedWords } from './moderation/readBlockedWords'
import { once } from './once'
import { createReminders } from './reminders/createReminders'
import { createReminderStore } from './reminders/reminderStore'
import { createRoomService } from './rooms/RoomService'
import { createSqlRoomStore } from './rooms/SqlRoomStore'
import { createSimulatedStreams } from './simulatedStreams'
import { listenOrExplain, openOrExplain } from './startError'
import { stopAll } from './stopAll'
import { createTestStreams } from './testStreams'
import { createWeChat } from './weChat/createWeChat'
import { createOpenIds } from './weChat/openIds'

/** What is still being answered gets this long when the server stops. */
const REQUESTS_GRACE_MS = 1000
const TEST_PUSH_TTL_MS = 30 * 24 * 60 * 60_000
const WEB_ROOT = path.resolve(import.meta.dirname, '../unpackage/dist/build/h5')

/** What a test hands in; everybody else leaves it out. */
export interface Overrides {
  readonly clock?: Clock
  readonly fetch?: typeof fetch
  readonly randomBytes?: RandomBytes
  readonly rates?: Partial<RateLimits>
  readonly weappRates?: Partial<WeappRates>
  readonly chatLimits?: Partial<ChatLimits>
  readonly webRoot?: string
  readonly weChat?: WeChatAccounts
  readonly reminderSender?: ReminderSender
  readonly contentCheck?: ContentCheck
  readonly logTo?: DestinationStream
}

export interface Server {
  readonly config: Config
  /** As this machine reaches it: `http://localhost:8080`. */
  readonly url: string
  /** Null where streams are carried elsewhere. */
  readonly rtmpUrl: string | null
  /** As others on the local network reach it. */
  readonly lanUrls: readonly string[]
  /** A signed RTMP URL for a first push from an encoder on this machine; null in production, and where streams are carried elsewhere. */
  readonly testPushUrl: string | null
  /** Says goodbye and writes what is not written yet. May be called twice. @throws what kept a part from stopping, when all have been asked to */
  readonly close: () => Promise<void>
}

/** @throws StartError, ConfigError */
export async function startServer(config: Config, overrides: Overrides = {}): Promise<Server> {
  const { clock = systemClock, randomBytes: random = randomBytes } = overrides
  const log = createLog({ level: config.logLevel, isProduction: config.isProduction, destination: overrides.logTo })
  const { blockedWordsFile } = config.chat
  const blockedWords = blockedWordsFile === null ? undefined : await readBlockedWords(blockedWordsFile)
  const file = path.join(config.dataDir, 'lianmai.db')
  const db = await openOrExplain(file, createDatabase(file))
  let rtmpPort: number | null = config.rtmpPort
  let status: 'starting' | 'running' | 'stopping' = 'starting'

  const { weChat: weChatSettings } = config.accounts
  const weChat = weChatSettings ? createWeChat(weChatSettings, { fetch: overrides.fetch ?? fetch, clock, log, openIdOf: createOpenIds(db) }) : undefined
  const contentCheck = overrides.contentCheck ?? weChat?.content
  const reminderSender = overrides.reminderSender ?? weChat?.reminderSender
  const judgeText = createTextJudge({ blockedWords, contentCheck, clock, log })

  const accounts = createAccounts({ db, clock, randomBytes: random, hasGuests: config.accounts.hasGuests })
  const sessions = createSessions({
    accounts,
    tokens: createSessionTokens({ secret: config.keys.session, clock }),
    credentialOf: user => chat.credentialOf(user),
  })
  const notices: string[] = [] // for a start that succeeds: one that fails says nothing but why
  // Media and chat ask rooms, and rooms need both: they ask only once everything stands.
  const media = await createMedia({
    config,
    clock,
    log,
    canPublish: streamId => testStreams?.canPublish(streamId) || rooms.canPublish(streamId),
    notice: message => void notices.push(message),
  })
  const { playLoop } = media
  const oldClients = config.weapp
    ? createWeappPeople({ settings: config.weapp, im: config.im, db, accounts, judgeText, rooms: () => rooms, chatProfileChanged: user => chat.profileChanged(user), clock, randomBytes: random, log })
    : undefined
  const chat = createIm({
    settings: config.im,
    store: createSqlMessageStore(db),
    clock,
    log,
    verifyToken: token => sessions.authenticate(token).catch(unlessRefused),
    roomFor: roomId => rooms.get(roomId).catch(unlessRefused),
    judgeText,
    addresses: oldClients?.addresses ?? PLAIN_ADDRESSES,
    findUser: accounts.get,
    linkMic: { view: (...asked) => rooms.linkMic.view(...asked), obey: (...asked) => rooms.linkMic.obey(...asked) },
    limits: { ...config.chat.limits, ...overrides.chatLimits },
    addressOf: request => clientAddress(app, request),
    randomBytes: random,
    fetch: overrides.fetch ?? fetch,
  })
  const reminders = reminderSender && createReminders({ store: createReminderStore(db, clock), sender: reminderSender, clock, log })
  const rooms = createRoomService({ store: createSqlRoomStore(db), media: media.provider, im: chat.im, findUser: accounts.get, clock, randomBytes: random, log, onLive: reminders?.wentLive })
  const covers = createPictureStore(path.join(config.dataDir, 'covers'))
  const pictures = createPictureStore(path.join(config.dataDir, 'pictures'))
  const testStreams = config.hasTestStreams ? createTestStreams({ clock, media: media.provider, log }) : undefined
  const simulatedStreams = config.hasSimulator && playLoop
    ? createSimulatedStreams({ clock, isLive: media.provider.isLive, readLoop: once(readDemoLoop), playLoop })
    : undefined
  const originOf = createOriginOf({ publicUrl: config.publicUrl, rtmpPort: () => rtmpPort })
  const isRunning = (): boolean => status === 'running'
  const weapp = config.weapp && oldClients
    ? createWeapp({
        settings: config.weapp,
        im: config.im,
        people: oldClients,
        rooms,
        chat: chat.im,
        media: media.provider,
        playKey: config.keys.play,
        testStreams,
        demoRoom: () => rooms.weapp.find(DEMO_ROOM_ID),
        judgeText,
        originOf,
        rates: overrides.weappRates,
        clock,
        randomBytes: random,
        log,
        isRunning,
      })
    : undefined
  const app = createHttpApp({
    config,
    log,
    db,
    sessions,
    rooms,
    covers,
    pictures,
    judgeText,
    judgePicture: createPictureJudge({ contentCheck, publicUrl: config.publicUrl, log }),
    accountSystem: config.accounts.external ? createAccountSystem(config.accounts.external, { fetch: overrides.fetch ?? fetch, clock, log }) : undefined,
    weChat: overrides.weChat ?? weChat?.accounts,
    roomCodes: weChat?.codes,
    weChatPush: weChat?.push,
    reminders,
    simulatedStreams,
    testStreams,
    examine: () => examine(createNodeWorld(readSettings(config.variables), clock)),
    media: media.provider,
    mediaRouter: media.router,
    chat,
    weapp,
    originOf,
    rates: { ...RATE_LIMITS, ...overrides.rates },
    webRoot: overrides.webRoot ?? WEB_ROOT,
    isRunning,
  })
  const lan = lanAddresses()
  const listener = createListener({
    certificate: config.isHttps ? await keptCertificate(config.dataDir, lan, clock.now()) : undefined,
    onRequest: app,
    onUpgrade(request, socket, head) {
      if (!chat.handleUpgrade(request, socket, head) && !media.handleUpgrade(request, socket, head))
        refuseUpgrade(socket, NotFound('A WebSocket here'))
    },
    onError: error => log.error({ err: error }, 'a connection could not be taken'),
  })

  let stopRooms = async () => {}
  let stopHouse = () => {}
  const close = once(async () => {
    status = 'stopping'
    const requestsDone = listener.close(REQUESTS_GRACE_MS)
    await stopAll([
      () => weapp?.stop(),
      stopRooms, // before the streams: that they end now is our doing, not their anchors'
      stopHouse,
      () => simulatedStreams?.close(),
      () => testStreams?.close(),
      chat.close,
      media.close,
      () => requestsDone,
      () => reminders?.close(),
      () => oldClients?.sessions.close(),
      () => db.destroy(),
    ], error => log.error({ err: error }, 'a part of the server did not stop as it should'))
  })

  try {
    // Ports first: a second start by mistake ends here, before it touches the rooms of the first.
    rtmpPort = await listenOrExplain('RTMP_PORT', config.rtmpPort, media.listen())
    const port = await listenOrExplain('PORT', config.port, listener.listen(config.port, config.host))
    await oldClients?.restore()
    stopRooms = await rooms.start()
    await weapp?.start()
    stopHouse = await openHouseRooms({
      demoLoop: config.hasDemoRoom ? playLoop : undefined,
      hasTestPushRoom: !config.isProduction && rtmpPort !== null,
      rooms,
      covers,
      log,
    })
    status = 'running'
    for (const notice of notices)
      log.info({ part: 'media' }, notice)
    if (weChat?.content && (config.publicUrl === null || !weChat.push))
      log.warn({ part: 'weChat' }, 'WECHAT_CONTENT_CHECK=1: texts are judged, pictures are not: WeChat fetches them by PUBLIC_URL, and tells its verdict by the message push of WECHAT_MESSAGE_TOKEN')

    const urlOn = (host: string) => `${config.isHttps ? 'https' : 'http'}://${host}:${port}`
    const local = { http: urlOn('localhost'), rtmp: `rtmp://localhost:${rtmpPort ?? 0}` }
    return {
      config,
      url: local.http,
      rtmpUrl: rtmpPort === null ? null : local.rtmp,
      lanUrls: lan.map(urlOn),
      testPushUrl: config.isProduction || rtmpPort === null ? null : media.provider.issuePushUrls(TEST_PUSH_STREAM, TEST_PUSH_TTL_MS, local).rtmp,
      close,
    }
  }
  catch (error) {
    await close().catch(() => {}) // in the log; why the start failed is what matters
    throw error
  }
}
