/** The old room service's interface, put together; server/app.ts mounts it. */
import type { Router } from 'express'
import type { Logger } from 'pino'
import type { RandomBytes } from '../../shared/domain/ids'
import type { Room } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { OriginOf } from '../http/origin'
import type { MediaProvider } from '../media/MediaProvider'
import type { JudgeText } from '../moderation/createTextJudge'
import type { RoomService } from '../rooms/RoomService'
import type { ImSettings, StreamKey, WeappSettings } from '../settings'
import type { TestStreams } from '../testStreams'
import type { WeappRates } from './door/rates'
import type { WeappPeople } from './people/weappPeople'
import type { WeappRoomsOptions } from './rooms/weappRooms'
import { createHelpersRouter } from './door/helpersRouter'
import { ADDRESS_RATE, createLimit, PERSON_RATE, ROOMS_RATE } from './door/rates'
import { createWeappRouter } from './door/weappRouter'
import { createProgrammeAddresses } from './programmes/programmeAddresses'
import { programmeRoutes } from './programmes/programmeRoutes'
import { createWeappRooms } from './rooms/weappRooms'

export interface Weapp {
  /** Of `/weapp`. */
  readonly router: Router
  /** Where players are led to the stream of the moment; undefined where the media carries it itself. */
  readonly programmeRouter: Router | undefined
  /** After the rooms of the last run are taken up. */
  readonly start: () => Promise<void>
  /** Before the rooms stop. */
  readonly stop: () => Promise<void>
}

export interface WeappOptions {
  readonly settings: WeappSettings
  readonly im: ImSettings
  readonly people: WeappPeople
  readonly rooms: RoomService
  readonly chat: WeappRoomsOptions['im']
  readonly media: MediaProvider
  readonly playKey: StreamKey
  /** Undefined: there are none. */
  readonly testStreams: TestStreams | undefined
  readonly demoRoom: () => Room | undefined
  readonly judgeText: JudgeText
  readonly originOf: OriginOf
  /** Of a test. */
  readonly rates?: Partial<WeappRates>
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly log: Logger
  readonly isRunning: () => boolean
}

export function createWeapp({ settings, im, people: { sessions, userSigs, mayBeAccount, records }, rooms, chat, media, playKey, testStreams, demoRoom, judgeText, originOf, rates, clock, randomBytes, log, isRunning }: WeappOptions): Weapp {
  const programmes = createProgrammeAddresses({ media, playKey, clock })
  const weappRooms = createWeappRooms({
    rooms,
    im: chat,
    media,
    programmes,
    sessions,
    records,
    judgeText,
    clock,
    randomBytes,
    log,
    settings,
    chatAppId: im.kind === 'tencent' ? im.sdkAppId : null,
  })
  const allRates: WeappRates = { application: { requests: settings.ratePerSecond, perMs: 1000 }, person: PERSON_RATE, rooms: ROOMS_RATE, address: ADDRESS_RATE, ...rates }
  const limitAddress = createLimit<string>(allRates.address, clock)
  const helpers = createHelpersRouter({ userSigs, signsForAnybody: settings.signsForAnybody, mayBeAccount, testStreams, demoRoom, media, originOf, limitAddress, clock, randomBytes })
  let stopRooms = async (): Promise<void> => {}
  return {
    router: createWeappRouter({ sessions, rooms: weappRooms, helpers, limitAddress, originOf, rates: allRates, clock, log, isRunning }),
    programmeRouter: media.capabilities.programme ? undefined : programmeRoutes({ media, playKey, clock, rooms: rooms.weapp, originOf }),
    async start() {
      stopRooms = await weappRooms.start()
    },
    stop: () => stopRooms(),
  }
}
