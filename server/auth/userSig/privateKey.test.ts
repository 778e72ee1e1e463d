import type { KeyObject } from 'node:crypto'
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../config'
import { privateKeyIn } from './privateKey'

const folder = mkdtempSync(path.join(tmpdir(), 'lianmai-key-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pkcs8 = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }) as string
const p256 = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const k256 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
const publicKey = p256.publicKey.export({ type: 'spki', format: 'pem' }) as string
const SECRET_LINE = pkcs8(p256.privateKey).split('\n')[1]

function start(text: string): () => unknown {
  const file = path.join(folder, 'authkeys.txt')
  writeFileSync(file, text)
  return () => readConfig({ DATA_DIR: folder, IM: 'tencent', TENCENT_SDK_APP_ID: '1400000352', TENCENT_SDK_PRIVATE_KEY_FILE: file, TENCENT_IM_CALLBACK_TOKEN: 'callback-token' })
}

describe('the private key of a UserSig', () => {
  it.each([
    ['alone', pkcs8(p256.privateKey)],
    ['in authkeys.txt, after the public key', `公钥 public key:\r\n${publicKey}\r\n私钥 private key:\r\n${pkcs8(p256.privateKey)}`],
    ['before the public key', `${pkcs8(p256.privateKey)}\n${publicKey}`],
    ['with the line ends of Windows', pkcs8(p256.privateKey).replaceAll('\n', '\r\n')],
    ['indented', pkcs8(p256.privateKey).replaceAll(/^/gm, '    ')],
    ['in the form of OpenSSL, after its parameters', `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${p256.privateKey.export({ type: 'sec1', format: 'pem' })}`],
  ])('[AC3] is found %s', (_, text) => {
    const found = privateKeyIn(text)
    if ('problem' in found)
      throw new Error(found.problem)
    expect(createPrivateKey(found.pem).equals(p256.privateKey)).toBe(true)
    expect(start(text)()).toMatchObject({ im: { key: { kind: 'private', pem: found.pem } } })
  })

  it('[AC3] may be on the other curve', () => {
    expect(privateKeyIn(pkcs8(k256.privateKey))).toHaveProperty('pem')
  })

  it.each([
    ['no key', 'SDKAppID 1400000352', 'holds no private key'],
    ['the public key alone', publicKey, 'holds no private key'],
    ['a key that is cut off', `-----BEGIN PRIVATE KEY-----\n${SECRET_LINE}\n-----END PRIVATE KEY-----`, 'cannot be read'],
    ['a key that is locked', p256.privateKey.export({ type: 'sec1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }) as string, 'cannot be read'],
    ['a key of RSA', pkcs8(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey), 'of another kind'],
    ['a key on another curve', pkcs8(generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey), 'of another kind'],
  ])('[AC3] a file with %s stops the start, names its variable and repeats nothing of it', (_, text, problem) => {
    expect(start(text)).toThrow(problem)
    expect(start(text)).toThrow('TENCENT_SDK_PRIVATE_KEY_FILE')
    expect(start(text)).not.toThrow(SECRET_LINE)
  })

  it('[AC3] a file that is not there stops the start, too', () => {
    start('')
    rmSync(path.join(folder, 'authkeys.txt'))
    expect(() => readConfig({ DATA_DIR: folder, IM: 'tencent', TENCENT_SDK_APP_ID: '1400000352', TENCENT_SDK_PRIVATE_KEY_FILE: path.join(folder, 'authkeys.txt'), TENCENT_IM_CALLBACK_TOKEN: 'callback-token' })).toThrow(/TENCENT_SDK_PRIVATE_KEY_FILE .* cannot be read/)
  })
})
