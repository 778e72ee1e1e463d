import { Buffer } from 'node:buffer'
import { createHmac, generateKeyPairSync } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import tls from 'tls-sig-api-v2'
import { describe, expect, it } from 'vitest'
import { createUserSigner } from './userSig'

const SDK_APP_ID = 1_400_000_000
const SECRET_KEY = '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e'
const signer = createUserSigner({ sdkAppId: SDK_APP_ID, key: { kind: 'secret', secretKey: SECRET_KEY } })
const DAY_MS = 86_400_000

function pack(document: unknown): string {
  return deflateSync(JSON.stringify(document)).toString('base64').replaceAll('+', '*').replaceAll('/', '-').replaceAll('=', '_')
}

/** Signed by hand, at a chosen time. */
function signAt(seconds: number, expire: number, changes: Record<string, unknown> = {}): string {
  const signed = `TLS.identifier:uanna\nTLS.sdkappid:${SDK_APP_ID}\nTLS.time:${seconds}\nTLS.expire:${expire}\n`
  const sig = createHmac('sha256', SECRET_KEY).update(signed).digest('base64')
  return pack({ 'TLS.ver': '2.0', 'TLS.identifier': 'uanna', 'TLS.sdkappid': SDK_APP_ID, 'TLS.time': seconds, 'TLS.expire': expire, 'TLS.sig': sig, ...changes })
}

describe('userSig', () => {
  it('[SE6] what Tencent\'s package signs is valid for its user until it expires', () => {
    const verdict = signer.verify(signer.sign('uanna', DAY_MS), Date.now())
    expect(verdict).toMatchObject({ status: 'valid', userId: 'uanna' })
    expect(signer.verify(signer.sign('uanna', DAY_MS), Date.now() + DAY_MS + 1000)).toEqual({ status: 'expired' })
  })

  it('[SE6] a known signature stays valid to the second', () => {
    const userSig = signAt(1_790_000_000, 600)
    expect(signer.verify(userSig, 1_790_000_599_999)).toEqual({ status: 'valid', userId: 'uanna', expiresAt: 1_790_000_600_000 })
    expect(signer.verify(userSig, 1_790_000_600_000)).toEqual({ status: 'expired' })
  })

  it('[SE6] a signature with permissions is judged with them', () => {
    const api = new tls.Api(SDK_APP_ID, SECRET_KEY) as tls.Api & { genPrivateMapKey: (userId: string, expire: number, room: number, privileges: number) => string }
    expect(signer.verify(api.genPrivateMapKey('uanna', 600, 7, 255), Date.now())).toMatchObject({ status: 'valid', userId: 'uanna' })
  })

  it('[AC4] what Tencent\'s package made of a known moment is read to the last field', () => {
    const bySdk = 'eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwhWZiflZpXlQqeKU7MSCgswUJStDEwMogMiUZOamKlkZmluiiKZWFGQWgcRNTU2N4KLFmelKVkpeaZZJIfpFIc55Xk6*Zsn5bkZu6QV5VVGWyaVmYVGJwY5GJm6R5f4ZJiHJtkq1AJhFMdQ_'
    expect(signer.verify(bySdk, 1_790_000_000_000)).toEqual({ status: 'valid', userId: 'xiaojun', expiresAt: 1_805_552_000_000 })
  })

  it.each(['', 'u'.repeat(33), 'u anna', '小海豚', 'u\nTLS.sdkappid:1'])('[AC4] %j is no user whom Tencent could know: nothing is signed for it', (userId) => {
    const key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    for (const kind of [signer, createUserSigner({ sdkAppId: SDK_APP_ID, key: { kind: 'private', pem: key } })])
      expect(() => kind.sign(userId, DAY_MS)).toThrow(RangeError)
    expect(signer.verify(signAt(1_790_000_000, 600, { 'TLS.identifier': userId }), 1_790_000_000_000)).toEqual({ status: 'malformed' })
  })

  it.each([
    ['another user', { 'TLS.identifier': 'uboris' }],
    ['another application', { 'TLS.sdkappid': 1_400_000_001 }],
    ['a longer life', { 'TLS.expire': 6000 }],
    ['permissions that were not signed', { 'TLS.userbuf': 'AAAA' }],
    ['a short signature', { 'TLS.sig': 'AAAA' }],
  ])('[SE7] %s makes it forged', (_, changes) => {
    expect(signer.verify(signAt(1_790_000_000, 600, changes), 1_790_000_001_000)).toEqual({ status: 'forged' })
  })

  it('[SE7] another key makes it forged', () => {
    const stranger = createUserSigner({ sdkAppId: SDK_APP_ID, key: { kind: 'secret', secretKey: SECRET_KEY.replace('5', '6') } })
    expect(signer.verify(stranger.sign('uanna', DAY_MS), Date.now())).toEqual({ status: 'forged' })
  })

  it.each([
    ['nothing', ''],
    ['noise', 'eJw1jkFqwzAQ'],
    ['JSON that was not deflated', Buffer.from('{}').toString('base64')],
    ['another document', pack({ hello: 'world' })],
    ['an older version', pack({ 'TLS.ver': '1.0' })],
    ['a bomb that inflates to a megabyte', pack({ 'TLS.ver': '2.0', 'TLS.identifier': 'a'.repeat(1 << 20) })],
    ['a very long string', 'A'.repeat(100_000)],
  ])('[SE7] %s is malformed', (_, userSig) => {
    expect(signer.verify(userSig, 0)).toEqual({ status: 'malformed' })
  })
})
