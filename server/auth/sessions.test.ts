import type { Database } from '../database/createDatabase'
import { randomBytes } from 'node:crypto'
import { UnsecuredJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase } from '../database/createDatabase'
import { createAccounts } from './accounts'
import { createSessions } from './sessions'
import { createSessionTokens, SESSION_TTL_MS } from './sessionToken'
import { createUserSigner } from './userSig'

const START = 1_790_000_000_000

describe('sessions', () => {
  let db: Database
  let now: number
  const clock = { now: () => now }
  beforeEach(async () => {
    now = START
    db = await createDatabase(':memory:')
  })
  afterEach(() => db.destroy())

  function createTestSessions(secret = 'a secret of this test, long enough') {
    return createSessions({ accounts: createAccounts({ db, clock, randomBytes, hasGuests: true }), tokens: createSessionTokens({ secret, clock }) })
  }

  it('[SE1] a guest is recognised by the token for thirty days', async () => {
    const sessions = createTestSessions()
    const { token, user, expiresAt, im } = await sessions.open({ nickname: 'Anna', avatar: 3 })
    expect(user).toEqual({ id: expect.stringMatching(/^u[0-9a-z]{12}$/), nickname: 'Anna', avatar: 3 })
    expect(im).toEqual({ kind: 'embedded' })
    expect(expiresAt).toBe(START + SESSION_TTL_MS)
    now = expiresAt - 1000
    expect(await sessions.authenticate(token)).toEqual(user)
    now = expiresAt
    await expect(sessions.authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHORIZED', status: 401 })
  })

  it('[SE1] an avatar is drawn for who chose none', async () => {
    const { user } = await createTestSessions().open({ nickname: 'Anna' })
    expect(user.avatar).toBeGreaterThanOrEqual(0)
    expect(user.avatar).toBeLessThan(12)
  })

  it('[SE2] a refreshed session is the same person, for thirty days more', async () => {
    const sessions = createTestSessions()
    const first = await sessions.open({ nickname: 'Anna' })
    now += 86_400_000
    const second = await sessions.renew(first.user)
    expect(second.user).toEqual(first.user)
    expect(second.expiresAt).toBe(first.expiresAt + 86_400_000)
    expect(await sessions.authenticate(second.token)).toEqual(first.user)
  })

  it('[SE3] a new name holds for every token of that person', async () => {
    const sessions = createTestSessions()
    const { token, user } = await sessions.open({ nickname: 'Anna', avatar: 3 })
    const renamed = await sessions.update(user, { nickname: 'Anne' })
    expect(renamed.user).toEqual({ ...user, nickname: 'Anne' })
    expect(await sessions.authenticate(token)).toEqual({ ...user, nickname: 'Anne' })
  })

  it('[SE4] a token of another server, another algorithm or no user is refused', async () => {
    const sessions = createTestSessions()
    const { user } = await sessions.open({ nickname: 'Anna' })
    const foreign = await createTestSessions('another secret, just as long as it').renew(user)
    const unsigned = new UnsecuredJWT({}).setSubject(user.id).setIssuer('lianmai').setExpirationTime('1h').encode()
    const nobody = await sessions.renew({ ...user, id: 'unobody' })
    for (const token of [foreign.token, unsigned, nobody.token, '', 'a.b.c', 'x'.repeat(5000)])
      await expect(sessions.authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })

  it('[SE5] where Tencent IM carries the chat, a session brings a UserSig for its user', async () => {
    const userSigner = createUserSigner({ sdkAppId: 1_400_000_000, key: { kind: 'secret', secretKey: 'k'.repeat(64) } })
    const sessions = createSessions({
      accounts: createAccounts({ db, clock, randomBytes, hasGuests: true }),
      tokens: createSessionTokens({ secret: 's'.repeat(32), clock }),
      credentialOf: ({ id }) => ({ kind: 'tencent', sdkAppId: userSigner.sdkAppId, userId: id, userSig: userSigner.sign(id, SESSION_TTL_MS) }),
    })
    const { im, user } = await sessions.open({ nickname: 'Anna' })
    if (im.kind !== 'tencent')
      throw new Error('expected a credential for Tencent IM')
    expect(im).toMatchObject({ sdkAppId: 1_400_000_000, userId: user.id })
    expect(userSigner.verify(im.userSig, Date.now())).toMatchObject({ status: 'valid', userId: user.id })
  })
})
