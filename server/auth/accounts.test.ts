import type { Database } from '../database/createDatabase'
import type { Accounts } from './accounts'
import type { Identity } from './Identity'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase } from '../database/createDatabase'
import { createAccounts } from './accounts'

let db: Database
let accounts: Accounts
let now: number
beforeEach(async () => {
  now = 1_790_000_000_000
  db = await createDatabase(':memory:')
  accounts = createAccounts({ db, clock: { now: () => now++ }, randomBytes, hasGuests: true })
})
afterEach(() => db.destroy())

const weChat = (openId: string, unionId?: string): Identity => ({ kind: 'weChat', openId, unionId })
const idOf = async (identity?: Identity) => (await accounts.open({ nickname: 'Anna' }, identity)).id
const count = async () => (await db.selectFrom('users').select('id').execute()).length

describe('accounts of people who are known elsewhere', () => {
  it.each<[string, Identity]>([
    ['openid', weChat('open-a')],
    ['id of another system', { kind: 'external', id: 'auth0|17' }],
  ])('[AC1] the same %s is the same account, with the name and face it has', async (_, identity) => {
    const first = await accounts.open({ nickname: 'Anna', avatar: 3 }, identity)
    await accounts.update(first.id, { nickname: 'Anne', picture: '/pictures/a.png' })
    expect(await accounts.open({ nickname: 'Somebody', avatar: 5 }, identity)).toEqual({ id: first.id, nickname: 'Anne', avatar: 3, picture: '/pictures/a.png' })
  })

  it('[AC1] who signs in many times at once is one person', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, (_, index) => idOf(index % 2 ? { kind: 'external', id: '17' } : weChat('open-a'))))
    expect(new Set(ids).size).toBe(2)
    expect(await count()).toBe(2)
  })

  it('[AC1] an id of another system and an openid that read the same are two people, and a guest is nobody again', async () => {
    const ids = [await idOf(weChat('17')), await idOf({ kind: 'external', id: '17' }), await idOf(), await idOf()]
    expect(new Set(ids).size).toBe(4)
  })

  it('[AC1] a unionid leads to the account that another mini-program of the owner made, which takes on the new openid', async () => {
    const id = await idOf(weChat('open-a', 'union'))
    expect(await idOf(weChat('open-b', 'union'))).toBe(id)
    expect(await idOf(weChat('open-b'))).toBe(id)
    expect(await idOf(weChat('open-c', 'other union'))).not.toBe(id)
  })

  it('[AC1] a unionid is learnt when it becomes known, and not forgotten', async () => {
    const id = await idOf(weChat('open-a'))
    expect(await idOf(weChat('open-a', 'union'))).toBe(id)
    expect(await idOf(weChat('open-a'))).toBe(id)
    expect(await idOf(weChat('open-b', 'union'))).toBe(id)
  })

  it('[AC1] two accounts that turn out to be one person stay what their openids say; the older has the unionid\'s way', async () => {
    const older = await idOf(weChat('open-a'))
    const newer = await idOf(weChat('open-b'))
    expect([await idOf(weChat('open-b', 'union')), await idOf(weChat('open-a', 'union'))]).toEqual([newer, older])
    expect(await idOf(weChat('open-c', 'union'))).toBe(older)
  })
})
