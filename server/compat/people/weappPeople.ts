/** Who the clients of the old room service are, here and in Tencent IM: known before the rooms, whose chat asks what they are called. */
import type { Logger } from 'pino'
import type { RandomBytes } from '../../../shared/domain/ids'
import type { User } from '../../../shared/protocol/rest'
import type { Accounts } from '../../auth/accounts'
import type { Clock } from '../../clock'
import type { Database } from '../../database/createDatabase'
import type { ImAddresses } from '../../im/ImAddresses'
import type { JudgeText } from '../../moderation/createTextJudge'
import type { RoomService } from '../../rooms/RoomService'
import type { ImSettings, WeappSettings } from '../../settings'
import type { RoomRecords } from '../rooms/roomRecords'
import type { MayBeAccount } from './mayBeAccount'
import type { StoredSessions } from './sessions'
import type { UserSigs } from './userSigs'
import { PLAIN_ADDRESSES } from '../../im/ImAddresses'
import { chosenNames, createRoomRecords } from '../rooms/roomRecords'
import { createAddresses } from './addresses'
import { createMayBeAccount } from './mayBeAccount'
import { createPeopleStore } from './peopleStore'
import { createRename } from './profile'
import { createWeappSessions } from './sessions'
import { createUserSigs } from './userSigs'

export interface WeappPeople {
  readonly sessions: StoredSessions
  readonly userSigs: UserSigs
  readonly mayBeAccount: MayBeAccount
  readonly records: RoomRecords
  readonly addresses: ImAddresses
  /** Before the rooms are taken up. */
  readonly restore: () => Promise<void>
}

export interface WeappPeopleOptions {
  readonly settings: WeappSettings
  readonly im: ImSettings
  readonly db: Database
  readonly accounts: Pick<Accounts, 'open' | 'update'>
  readonly judgeText: JudgeText
  /** Not asked before they stand. */
  readonly rooms: () => Pick<RoomService, 'profileChanged' | 'weapp'>
  readonly chatProfileChanged: (user: User) => void
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly log: Logger
}

export function createWeappPeople({ settings, im, db, accounts, judgeText, rooms, chatProfileChanged, clock, randomBytes, log }: WeappPeopleOptions): WeappPeople {
  const userSigs = createUserSigs(settings.apps, clock)
  const mayBeAccount = createMayBeAccount(settings.admin)
  const records = createRoomRecords(db)
  const sessions = createWeappSessions({
    store: createPeopleStore(db),
    accounts,
    userSigs,
    mayBeAccount,
    rename: createRename({ accounts, judgeText, async changed(user) {
      chatProfileChanged(user)
      await rooms().profileChanged(user)
    } }),
    inRooms: () => new Set(rooms().weapp.openRooms().flatMap(({ anchor, stage }) => [anchor.id, ...stage.guests.map(guest => guest.user.id)])),
    clock,
    randomBytes,
    log,
  })
  return {
    sessions,
    userSigs,
    mayBeAccount,
    records,
    addresses: im.kind === 'tencent' ? createAddresses({ sdkAppId: im.sdkAppId, sessions, names: chosenNames(records, im.sdkAppId) }) : PLAIN_ADDRESSES,
    async restore() {
      await sessions.restore()
      await records.load()
    },
  }
}
