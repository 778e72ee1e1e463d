import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createUserSigner } from '../../auth/userSig'
import { VirtualClock } from '../../testing/VirtualClock'
import { codeThrown } from '../testing/codeThrown'
import { createUserSigs } from './userSigs'

const HOUR_MS = 60 * 60_000
const pem = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const NEWER = { sdkAppId: 1_400_000_001, key: { kind: 'secret', secretKey: 'k'.repeat(64) } } as const
const OLDER = { sdkAppId: 1_400_000_002, key: { kind: 'private', pem } } as const

const clock = new VirtualClock(Date.now())
const open = () => createUserSigs([NEWER, OLDER], clock)
const signed = (app: typeof NEWER | typeof OLDER, account: string, ttlMs = HOUR_MS) => createUserSigner(app, clock).sign(account, ttlMs)

describe('userSigs', () => {
  it.each([['newer', NEWER], ['older', OLDER]])('[RS11] the %s kind lets its own user of its own application in, as often as they come', (_, app) => {
    const userSigs = open()
    const userSig = signed(app, 'anna')
    for (let i = 0; i < 3; i++)
      expect(codeThrown(() => userSigs.verify(app.sdkAppId, 'anna', userSig))).toBe(0)
    expect(codeThrown(() => userSigs.verify(app.sdkAppId, 'boris', userSig))).toBe(202_000)
  })

  it('[RS11] an application that is not configured is 202005, a UserSig of another one 202000', () => {
    const userSigs = open()
    expect(codeThrown(() => userSigs.verify(1_400_000_003, 'anna', signed(NEWER, 'anna')))).toBe(202_005)
    expect(codeThrown(() => userSigs.verify(OLDER.sdkAppId, 'anna', signed(NEWER, 'anna')))).toBe(202_000)
  })

  it.each(['', 'nonsense', 'eJx', '*-_', 'a'.repeat(5000)])('[RS11] what cannot be read is 202000: %.20s', (userSig) => {
    expect(codeThrown(() => open().verify(NEWER.sdkAppId, 'anna', userSig))).toBe(202_000)
  })

  it('[RS11] one that was good and is remembered is good until it expires, and not longer', async () => {
    const later = new VirtualClock(clock.now())
    const userSigs = createUserSigs([OLDER], later)
    const userSig = signed(OLDER, 'anna')
    expect(codeThrown(() => userSigs.verify(OLDER.sdkAppId, 'anna', userSig))).toBe(0)
    await later.advance(HOUR_MS - 1000)
    expect(codeThrown(() => userSigs.verify(OLDER.sdkAppId, 'anna', userSig))).toBe(0)
    await later.advance(1000)
    expect(codeThrown(() => userSigs.verify(OLDER.sdkAppId, 'anna', userSig))).toBe(202_000)
  })

  it('[RS19] what is signed for anybody is of the first application, and is taken', () => {
    const userSigs = open()
    const { sdkAppId, userSig } = userSigs.sign('anna')!
    expect(sdkAppId).toBe(NEWER.sdkAppId)
    expect(codeThrown(() => userSigs.verify(sdkAppId, 'anna', userSig))).toBe(0)
    expect(createUserSigs([], clock).sign('anna')).toBeUndefined()
  })
})
