/** Applications of Tencent IM with which old apps were published: one whose UserSigs are signed with a secret key, one with a private key. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { TimApplication } from './Tim'
import { signWithPrivateKey, signWithSecret } from './userSig'

export interface OldApp {
  readonly sdkAppID: number
  /** On the app's own business server. */
  readonly sign: (userID: string, seconds?: number) => string
  readonly tim: TimApplication
}

export interface OldApps {
  readonly secret: OldApp
  /** Its groups are made for it, as all were in the first years. */
  readonly private: OldApp
  /** Of a server that lets the people of both in. */
  readonly env: Readonly<Record<string, string>>
  readonly close: () => void
}

export function createOldApps(): OldApps {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lianmai-old-'))
  const [secretId, privateId] = [1_400_047_134, 1_400_001_052]
  const secretKey = randomBytes(32).toString('hex')
  const pem = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const keyFile = path.join(folder, 'authkeys.txt')
  writeFileSync(keyFile, pem)
  return {
    secret: { sdkAppID: secretId, sign: (userID, seconds) => signWithSecret(secretId, secretKey, userID, seconds), tim: new TimApplication() },
    private: { sdkAppID: privateId, sign: (userID, seconds) => signWithPrivateKey(privateId, pem, userID, Date.now(), seconds), tim: new TimApplication(true) },
    env: { WEAPP_APPS: `${secretId}=${secretKey}, ${privateId}=${keyFile}` },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
