import { Buffer } from 'node:buffer'
import { createPublicKey, createVerify, generateKeyPairSync } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createUserSigner } from '../userSig'
import { readEcdsa } from './ecdsa'
import { seal } from './envelope'
import { privateKeyIn } from './privateKey'

/** https://github.com/tencentyun/tls-sig-api-golang/blob/master/tls-sig-api_test.go */
const BY_GO = {
  userSig: 'eJxlz11PgzAYBeB7fkXDLUZbSqPd3dyHw4HJMoiZN01DO2mmUEsHlsX-bmQmI9nt*5ycN*fkAQD8LNne8qKoj5Vl1mnpgwnwoX9zQa2VYNwybMQVym*tjGR8b6UZMCQ0hHAcUUJWVu3VfwCNqBEHNtRfi3ofbuliN4s386WrVzOS9228Cnpxl96-LfkLdfN*lzwZXXYugjzLzEfjpnE5feavMv2iQbsVBG-WCeWHI4R5UYpcarVYl-hRo0x1gelGL636PI9HBOMQRQ8oGmkrTaPq6rwRIoJCSOHfUO-H*wVAW1nJ',
  publicKey: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEmAeEcipI6pcgR+egd5GM6F35XveJagHwdlx2f4PkTdGBzLOfMyU52lDF8ZFg00EE06QyQ7nB1GsZyXVKBkRGrg==',
}
/** https://github.com/tencentyun/tls-sig-api-node/blob/master/test/test.js */
const BY_NODE = {
  withUserbuf: 'eAE1jl1vgjAYhf9Lb1lcKxDHEi*YNh2ESZiK86ppS9GKH3y028zifx*Yei6f55y87x9YJctRV1SU1bUqwCtAHuyDoD8GT3epCnnWqlSy7S3jwmKtTnKo*2MUBGjieZbL31q1krJS3weBjbVMiIs5a6qv9bCGDzwcp0xTtx1*eGDTyZabsifbTXyw3U7tevCB17OIVE0a7k38HhHnJU4LPk*Mm2FhMp6S*dfMeb5KlnkIbT9DhUNN4twngawgdJsjz8X3m1iECV7nBwMvG3yKFs6**dktiZiC2z-8z1UA',
  privateKey: `-----BEGIN EC PARAMETERS-----
BgUrgQQACg==
-----END EC PARAMETERS-----
-----BEGIN EC PRIVATE KEY-----
MHQCAQEEIEJDBDY4KVdj3dPBacADreB772ok45A57YWrUUvc5fMQoAcGBSuBBAAK
oUQDQgAEaPVFHhWqRDnKnVlyU5JIzXOUyOJd/pPUwhLUovf+PYBm7otRBptnvJ4E
oJ4qeSJNG0v4XdiqM3mtChkhUEFT3Q==
-----END EC PRIVATE KEY-----
`,
  without3rd: 'eJxNz11vgjAYBeB7fkXTW41rKwL1bkMMGnGyidu8IaxUfdehFWpkMfvv8ysL5-Y5yck5WQghPJ*8djIhdoetSc2Plhj1EabUwe1-lrWGUqbZysjyyqzHGSGkUYFcbg2s4F6gZ6UNrnKVZlpDflObXMJYc6SC9RWj4MMfxf57lz0xb8ztcd2aKgrTJYdSh8lsU8dmcnQTFaqdGC48dRxtHp8DL5qLw-fnW*Q8BCJosXj-FfpLx7eLRf2iOUnWVTEgXuI2Jg0U97s9do7LXY6tX*sPGj5LXg__',
  publicKey: 'MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAED5Ffi4qIe4XUZ5zDGR9pC0Z6UL/gCHf0vgoLVestQxqOGJB5mcbaKULeriaevZoq0Sx8gGtfDlSf4fXwzPtGvg==',
}
const SDK_APP_ID = 1_400_000_352
const AT = 1_790_000_000_000

const spki = (base64: string) => createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })

function pemIn(text: string): string {
  const key = privateKeyIn(text)
  if ('problem' in key)
    throw new Error(key.problem)
  return key.pem
}

const keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const pem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const signer = createUserSigner({ sdkAppId: SDK_APP_ID, key: { kind: 'private', pem } }, { now: () => AT })

/** As the documents read, and not as this server does. */
function open(userSig: string): Record<string, string> {
  return JSON.parse(inflateSync(Buffer.from(userSig.replace(/\*/g, '+').replace(/-/g, '/').replace(/_/g, '='), 'base64')).toString())
}

describe('userSig by a private key', () => {
  it('[AC2] what Tencent\'s libraries have published is read: by either curve, with permissions, and without the third party\'s id', () => {
    expect(readEcdsa(BY_GO.userSig, spki(BY_GO.publicKey))).toEqual({ sdkAppId: 1, userId: '1', expiresAt: 1_535_806_814_000, isSigned: true })
    expect(readEcdsa(BY_NODE.without3rd, spki(BY_NODE.publicKey))).toEqual({ sdkAppId: 1_400_000_226, userId: '10001', expiresAt: 1_524_819_979_000, isSigned: true })
    const ofNode = createUserSigner({ sdkAppId: 1_400_001_052, key: { kind: 'private', pem: pemIn(BY_NODE.privateKey) } })
    expect(ofNode.verify(BY_NODE.withUserbuf, 1_621_991_742_999)).toEqual({ status: 'valid', userId: 'abc', expiresAt: 1_621_991_743_000 })
    expect(ofNode.verify(BY_NODE.withUserbuf, 1_621_991_743_000)).toEqual({ status: 'expired' })
  })

  it('[AC2] what we sign holds as the document says it, byte for byte', () => {
    const { 'TLS.sig': signature, ...document } = open(signer.sign('uanna', 600_000))
    expect(document).toEqual({
      'TLS.account_type': '0',
      'TLS.identifier': 'uanna',
      'TLS.appid_at_3rd': '0',
      'TLS.sdk_appid': '1400000352',
      'TLS.expire_after': '600',
      'TLS.version': '201512300000',
      'TLS.time': '1790000000',
    })
    const signed = 'TLS.appid_at_3rd:0\nTLS.account_type:0\nTLS.identifier:uanna\nTLS.sdk_appid:1400000352\nTLS.time:1790000000\nTLS.expire_after:600\n'
    expect(createVerify('SHA256').update(signed).verify(keys.publicKey, signature, 'base64')).toBe(true)
  })

  it('[SE6] it is valid for its user to the second', () => {
    const userSig = signer.sign('uanna', 600_000)
    expect(userSig).toMatch(/^[\w*-]+$/)
    expect(signer.verify(userSig, AT + 599_999)).toEqual({ status: 'valid', userId: 'uanna', expiresAt: AT + 600_000 })
    expect(signer.verify(userSig, AT + 600_000)).toEqual({ status: 'expired' })
  })

  it.each([
    ['another user', { 'TLS.identifier': 'uboris' }],
    ['another application', { 'TLS.sdk_appid': '1400000353' }],
    ['a longer life', { 'TLS.expire_after': '6000' }],
    ['a later start', { 'TLS.time': '1790000001' }],
    ['permissions that were not signed', { 'TLS.userbuf': 'AAAA' }],
    ['a third party', { 'TLS.appid_at_3rd': '1' }],
    ['a signature that is none', { 'TLS.sig': 'AAAA' }],
    ['no signature', { 'TLS.sig': '' }],
  ])('[SE7] %s makes it forged', (_, changes) => {
    expect(signer.verify(seal({ ...open(signer.sign('uanna', 600_000)), ...changes }), AT)).toEqual({ status: 'forged' })
  })

  it('[SE7] another key or another application makes it forged', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const stranger = createUserSigner({ sdkAppId: SDK_APP_ID, key: { kind: 'private', pem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string } })
    const neighbour = createUserSigner({ sdkAppId: 1_400_000_353, key: { kind: 'private', pem } })
    for (const other of [stranger, neighbour])
      expect(signer.verify(other.sign('uanna', 600_000), AT)).toEqual({ status: 'forged' })
  })

  it.each([
    ['the newer kind', createUserSigner({ sdkAppId: SDK_APP_ID, key: { kind: 'secret', secretKey: 'k'.repeat(64) } }).sign('uanna', 600_000)],
    ['a bomb that inflates to a megabyte', seal({ ...open(signer.sign('uanna', 1000)), 'TLS.userbuf': 'a'.repeat(1 << 20) })],
    ['a time that is no number', seal({ ...open(signer.sign('uanna', 1000)), 'TLS.time': '1e9' })],
    ['a user whom Tencent could not know', seal({ ...open(signer.sign('uanna', 1000)), 'TLS.identifier': 'u\nTLS.sdk_appid:1' })],
    ['a list', seal([])],
    ['nothing', ''],
  ])('[SE7] %s is malformed', (_, userSig) => {
    expect(signer.verify(userSig, AT)).toEqual({ status: 'malformed' })
  })
})
