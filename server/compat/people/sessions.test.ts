import type { Database } from '../../database/createDatabase'
import type { WeappPerson } from '../types'
import type { Rename } from './profile'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { prepareRoom } from '../../../shared/domain/room'
import { createAccounts } from '../../auth/accounts'
import { createDatabase } from '../../database/createDatabase'
import { VirtualClock } from '../../testing/VirtualClock'
import { WeappCode, WeappError } from '../WeappError'
import { createMayBeAccount } from './mayBeAccount'
import { createPeopleStore } from './peopleStore'
import { createWeappSessions, SWEEP_MS, TOKEN_TTL_MS } from './sessions'
import { WRITE_AFTER_MS } from './writeBehind'

const [APP, OTHER_APP] = [1_400_000_001, 1_400_000_002]

let clock: VirtualClock
let db: Database
let inRooms: Set<string>
let renamed: string[]
let writes: number
let errors: string[]
/** That the configuration has no more. */
let forgottenApps: Set<number>
beforeEach(async () => {
  clock = new VirtualClock()
  db = await createDatabase(':memory:')
  inRooms = new Set()
  renamed = []
  writes = 0
  errors = []
  forgottenApps = new Set()
})
afterEach(() => db.destroy())

/** Another start on the same database. */
async function open({ rename = async (user, name) => ({ ...user, nickname: name }) }: { rename?: Rename } = {}) {
  const accounts = createAccounts({ db, clock, randomBytes, hasGuests: true })
  const store = createPeopleStore(db)
  const sessions = createWeappSessions({
    store: { ...store, save: (rows) => {
      writes++
      return store.save(rows)
    } },
    accounts,
    userSigs: { knows: sdkAppId => !forgottenApps.has(sdkAppId), verify(_sdkAppId, account, userSig) {
      if (userSig !== `signed for ${account}`)
        throw new WeappError(WeappCode.notVerified, 'The userSig is forged.')
    } },
    mayBeAccount: createMayBeAccount('administrator'),
    rename: (user, name) => {
      renamed.push(name)
      return rename(user, name)
    },
    inRooms: () => inRooms,
    clock,
    randomBytes,
    log: { error: (_: unknown, message: string) => void errors.push(message) } as never,
  })
  await sessions.restore()
  return { ...sessions, logIn: (account: string, sdkAppId = APP) => sessions.login(sdkAppId, account, `signed for ${account}`) }
}

function tokenIsGood(sessions: Awaited<ReturnType<typeof open>>, account: string, token: string): boolean {
  try {
    return sessions.authenticate(account, token).account === account
  }
  catch (error) {
    expect(error).toMatchObject({ code: 202_001 })
    return false
  }
}

describe('who logs in', () => {
  it('[RS13] is the same person for good, and somebody else in another application', async () => {
    const sessions = await open()
    const { person } = await sessions.logIn('anna')
    expect(person).toMatchObject({ sdkAppId: APP, account: 'anna', user: { id: expect.stringMatching(/^ul[0-9a-z]{12}$/), nickname: '用户anna' } })
    expect((await sessions.logIn('anna')).person).toEqual(person)
    expect((await sessions.logIn('anna', OTHER_APP)).person.user.id).not.toBe(person.user.id)
    await sessions.close()
    expect((await (await open()).logIn('anna')).person.user.id).toBe(person.user.id)
    expect(await db.selectFrom('users').select('weapp_id').execute()).toHaveLength(2)
  })

  it('[RS13] twice at once is one person, and the later login counts', async () => {
    const sessions = await open()
    const logins = await Promise.all([sessions.logIn('anna'), sessions.logIn('anna')])
    expect(logins[0].person.user.id).toBe(logins[1].person.user.id)
    expect(logins.filter(({ token }) => tokenIsGood(sessions, 'anna', token))).toHaveLength(1)
    expect(sessions.find(APP, 'anna')).toEqual(logins[0].person)
    expect(sessions.personOf(logins[0].person.user.id)).toEqual(logins[0].person)
  })

  it.each(['administrator', 'u23456789abcd', 'ul23456789abcd', 'ulalalalalalal', 'an na', 'a'.repeat(33), '安娜', 'a@b'])('[RS12] is never %s', async (account) => {
    const sessions = await open()
    await expect(sessions.logIn(account)).rejects.toMatchObject({ code: 202_000 })
    expect(await db.selectFrom('users').selectAll().execute()).toEqual([])
  })

  it.each(['u23456789abc1', 'u', 'ul', 'user_0000aaaa_1111', '10001', 'a-b_C', 'a'.repeat(32)])('[RS12] may be %s', async (account) => {
    await expect((await open()).logIn(account)).resolves.toMatchObject({ person: { account } })
  })

  it('[RS11] shows a UserSig that is good', async () => {
    const sessions = await open()
    await expect(sessions.login(APP, 'anna', 'signed for boris')).rejects.toMatchObject({ code: 202_000 })
    expect(sessions.find(APP, 'anna')).toBeUndefined()
  })
})

describe('a token', () => {
  it('[RS14] is 32 digits, a star and the application; only its hash is kept', async () => {
    const sessions = await open()
    const { token } = await sessions.logIn('anna')
    expect(token).toMatch(/^[0-9a-f]{32}\*1400000001$/)
    await clock.advance(WRITE_AFTER_MS)
    const [row] = await db.selectFrom('weapp_people').selectAll().execute()
    expect(row).toMatchObject({ sdk_app_id: APP, account: 'anna', token_hash: expect.stringMatching(/^[0-9a-f]{64}$/), token_expires_at: clock.now() - WRITE_AFTER_MS + TOKEN_TTL_MS })
    expect(JSON.stringify(row)).not.toContain(token.slice(0, 32))
  })

  it('[RS14] is good for a day without being used', async () => {
    const sessions = await open()
    const { person, token } = await sessions.logIn('anna')
    await clock.advance(TOKEN_TTL_MS - 1)
    expect(sessions.isLoggedIn(person.user.id)).toBe(true)
    await clock.advance(1)
    expect([tokenIsGood(sessions, 'anna', token), sessions.isLoggedIn(person.user.id)]).toEqual([false, false])
  })

  it('[RS14] is good for as long as it is used, through a restart, too', async () => {
    const first = await open()
    const { token } = await first.logIn('anna')
    for (let day = 0; day < 3; day++) {
      await clock.advance(TOKEN_TTL_MS - 1)
      expect(tokenIsGood(first, 'anna', token)).toBe(true)
    }
    await first.close()
    const second = await open()
    await clock.advance(TOKEN_TTL_MS - 1)
    expect(tokenIsGood(second, 'anna', token)).toBe(true)
  })

  it('[RS14] dies at logout and at the next login', async () => {
    const sessions = await open()
    const { person, token } = await sessions.logIn('anna')
    const { token: next } = await sessions.logIn('anna')
    expect([token, next].map(one => tokenIsGood(sessions, 'anna', one))).toEqual([false, true])
    sessions.logout(person)
    expect(tokenIsGood(sessions, 'anna', next)).toBe(false)
    expect(sessions.isLoggedIn(person.user.id)).toBe(false)
    await sessions.close()
    expect(tokenIsGood(await open(), 'anna', next)).toBe(false)
  })

  it('[RS14] is good for nothing once its application is not configured any more', async () => {
    const first = await open()
    const { token } = await first.logIn('anna')
    await first.close()
    forgottenApps.add(APP)
    expect(tokenIsGood(await open(), 'anna', token)).toBe(false)
  })

  it('[RS5] of somebody else, of another application, or of nobody is refused', async () => {
    const sessions = await open()
    const [{ token: annas }, { token: others }] = [await sessions.logIn('anna'), await sessions.logIn('anna', OTHER_APP)]
    await sessions.logIn('boris')
    expect(tokenIsGood(sessions, 'anna', annas) && tokenIsGood(sessions, 'anna', others)).toBe(true)
    expect(sessions.authenticate('anna', others).sdkAppId).toBe(OTHER_APP)
    for (const token of [annas.replace(String(APP), String(OTHER_APP)), `${'0'.repeat(32)}*${APP}`, annas.slice(0, 32), '', `${annas}0`, `${annas}\n`])
      expect(tokenIsGood(sessions, 'anna', token)).toBe(false)
    for (const account of ['boris', 'carl', 'Anna', '__proto__'])
      expect(tokenIsGood(sessions, account, annas)).toBe(false)
  })
})

describe('what is kept', () => {
  it('[RS15] outlives a restart, with the name', async () => {
    const first = await open()
    const { person, token } = await first.logIn('anna')
    await first.setProfile(person, { name: 'Anna', avatar: 'https://example.com/a.png' })
    await first.close()
    const second = await open()
    expect(second.authenticate('anna', token)).toEqual({ ...person, user: { ...person.user, nickname: '用户anna' } })
    expect(second.profileOf(person.user.id)).toEqual({ name: 'Anna', avatar: 'https://example.com/a.png' })
  })

  it('[RS15] is written once a second however many log in, and nobody who is known waits for it', async () => {
    const sessions = await open()
    await Promise.all(Array.from({ length: 250 }, (_, i) => sessions.logIn(`user-${i}`)))
    for (let i = 0; i < 250; i++)
      await sessions.logIn(`user-${i}`)
    expect(writes).toBe(0)
    await clock.advance(WRITE_AFTER_MS)
    expect(writes).toBe(1)
    expect(await db.selectFrom('weapp_people').select('user_id').execute()).toHaveLength(250)
    await clock.advance(10 * WRITE_AFTER_MS)
    expect(writes).toBe(1)
  })

  it('[RS15] [RS16] of the last run: good sessions, and whoever has a part in an open room', async () => {
    const first = await open()
    const people: Record<string, WeappPerson> = {}
    for (const account of ['anchor', 'guest', 'gone'])
      people[account] = (await first.logIn(account)).person
    await clock.advance(TOKEN_TTL_MS)
    const { person: late } = await first.logIn('late')
    const stage = JSON.stringify({ guests: [{ user: people.guest.user }] })
    const room = { title: '', cover: null, life: JSON.stringify(prepareRoom(0)), stage, moderation: '{}', created_at: 0, started_at: null, peak_viewers: 0, visitors: 0, messages: 0, is_demo: 0, is_listed: 1, anchor_nickname: '', anchor_avatar: 0, anchor_picture: null }
    await db.insertInto('rooms').values([
      { ...room, id: 'ropen', anchor_id: people.anchor.user.id, status: 'live' },
      { ...room, id: 'rended', anchor_id: people.gone.user.id, status: 'ended' },
    ]).execute()
    await first.close()
    const second = await open()
    expect(['anchor', 'guest', 'gone', 'late'].map(account => second.find(APP, account) !== undefined)).toEqual([true, true, false, true])
    expect(second.isLoggedIn(late.user.id)).toBe(true)
    expect(second.isLoggedIn(people.anchor.user.id)).toBe(false)
  })

  it('[RS16] goes when the session is over, but for who has a part in an open room', async () => {
    const sessions = await open()
    const { person: anna } = await sessions.logIn('anna')
    const { person: boris } = await sessions.logIn('boris')
    inRooms.add(boris.user.id)
    await clock.advance(TOKEN_TTL_MS + SWEEP_MS)
    expect([sessions.personOf(anna.user.id), sessions.personOf(boris.user.id)]).toEqual([undefined, boris])
    inRooms.clear()
    await clock.advance(SWEEP_MS)
    expect(sessions.personOf(boris.user.id)).toBeUndefined()
    expect(errors).toEqual([])
  })
})

describe('a name', () => {
  it('[RS17] that is let through is that of the account; the same again asks nobody', async () => {
    const sessions = await open()
    const { person } = await sessions.logIn('anna')
    expect(sessions.profileOf(person.user.id)).toEqual({ name: '用户anna', avatar: '' })
    for (let i = 0; i < 3; i++)
      await sessions.setProfile(person, { name: 'Anna', avatar: '123' })
    expect(renamed).toEqual(['Anna'])
    expect(sessions.personOf(person.user.id)?.user.nickname).toBe('Anna')
    expect(sessions.profileOf(person.user.id)).toEqual({ name: 'Anna', avatar: '123' })
    await sessions.setProfile(person, { name: 'Anna', avatar: '' })
    expect(renamed).toEqual(['Anna'])
    expect(sessions.profileOf(person.user.id)).toEqual({ name: 'Anna', avatar: '' })
  })

  it('[RS17] that is not let through changes no name', async () => {
    const sessions = await open({ rename: async () => undefined })
    const { person } = await sessions.logIn('anna')
    await sessions.setProfile(person, { name: 'bad words', avatar: '123' })
    expect(sessions.personOf(person.user.id)).toEqual(person)
    expect(sessions.profileOf(person.user.id)).toEqual({ name: '用户anna', avatar: '123' })
  })

  it('[RS17] that is being judged does not undo a login', async () => {
    let judge = (): void => {}
    const judged = new Promise<void>(resolve => judge = resolve)
    const sessions = await open({ rename: async (user, name) => {
      await judged
      return { ...user, nickname: name }
    } })
    const { person } = await sessions.logIn('anna')
    const naming = sessions.setProfile(person, { name: 'Anna', avatar: '' })
    const { token } = await sessions.logIn('anna')
    judge()
    await naming
    expect(sessions.authenticate('anna', token).user.nickname).toBe('Anna')
  })

  it('[RS17] of nobody who is known is nothing', async () => {
    const sessions = await open()
    await sessions.setProfile({ user: { id: 'ul23456789abcd', nickname: '', avatar: 0 }, sdkAppId: APP, account: 'anna' }, { name: 'Anna', avatar: '' })
    expect(renamed).toEqual([])
  })
})
