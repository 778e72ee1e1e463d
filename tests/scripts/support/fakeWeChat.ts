/** servicewechat.com for miniprogram-ci, behind a proxy: what it asks and in which order, and answers of the real shape. */
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Buffer } from 'node:buffer'
import { createPublicKey, generateKeyPairSync, publicDecrypt } from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import os from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { keptCertificate } from '../../../server/http/certificate'

export interface Delivery {
  /** `testSourceURL` or `upload`. */
  readonly door: string
  readonly query: Readonly<Record<string, string>>
  /** The compiled program, as text. */
  readonly content: string
}

interface Answer { readonly errCode: number, readonly errMsg?: string, readonly data?: object, readonly body?: object }

const RANDOM = 'a-random-word'
const ATTRIBUTES = { platform: false, appType: 0, isSandbox: false, released: false, gameApp: false, setting: { MaxCodeSize: 2, MaxSubpackageSubCodeSize: 2, MaxSubpackageFullCodeSize: 30 } }

/** Knows one mini-program. `qrCode`: a picture in base64; `refusal`: answered to deliveries in its place. */
export async function createFakeWeChat({ appid, qrCode, refusal }: { appid: string, qrCode: string, refusal?: Answer }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fake-wechat-'))
  const privateKeyPath = path.join(folder, `private.${appid}.key`)
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' })
  fs.writeFileSync(privateKeyPath, key)
  const publicKey = createPublicKey(key)
  const deliveries: Delivery[] = []

  const isSigned = (signature: string) => {
    const signed = JSON.parse(publicDecrypt(publicKey, Buffer.from(signature, 'base64')).toString())
    return signed.appid === appid && signed.rand_str === RANDOM
  }

  function answer(url: URL, body: Buffer): Answer {
    const door = path.basename(url.pathname)
    switch (door) {
      case 'getrandstr':
        return { errCode: 0, data: { randomString: RANDOM } }
      case 'getattr':
        return isSigned(JSON.parse(body.toString()).signature) ? { errCode: 0, data: ATTRIBUTES } : { errCode: -1, errMsg: 'signature' }
      case 'testSourceURL':
      case 'upload': {
        const content = gunzipSync(body).toString()
        if (refusal)
          return refusal
        if (!isSigned(/\{"signature":"([^"]+)"/.exec(content)![1]))
          return { errCode: -80011, errMsg: 'signature' }
        deliveries.push({ door, query: Object.fromEntries(url.searchParams), content })
        return { errCode: 0, body: { qrcode_img: qrCode, subpackage_info: [{ name: '__FULL__', size: 4096 }, { name: '__APP__', size: 2048 }] } }
      }
      default:
        return { errCode: -1, errMsg: 'not known here' }
    }
  }

  const server = https.createServer(await keptCertificate(folder, [], Date.now()), async (request, response) => {
    const url = new URL(request.url!, 'https://servicewechat.com')
    response.end(JSON.stringify(answer(url, await bodyOf(request))))
  })
  const proxy = http.createServer().on('connect', (_request, socket) => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    server.emit('connection', socket)
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))

  return {
    privateKeyPath,
    /** For HTTPS_PROXY. */
    proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    deliveries,
    async stop() {
      await new Promise(resolve => proxy.close(resolve).closeAllConnections())
      fs.rmSync(folder, { recursive: true })
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request)
    chunks.push(chunk)
  return Buffer.concat(chunks)
}
