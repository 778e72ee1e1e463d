import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import express from 'express'
import { expect, it } from 'vitest'
import { domainsOf } from '../domains'
import { securityHeaders } from './securityHeaders'

const domains = domainsOf({
  own: 'https://live.example.com',
  im: { kind: 'tencent', sdkAppId: 1_400_000_000, key: { kind: 'secret', secretKey: '' }, admin: '', callbackToken: '', apiUrl: '', socketUrl: null },
  media: { kind: 'srs', rtmpUrl: 'rtmp://srs.example.com', httpUrl: 'https://srs.example.com', rtcUrl: null, apiUrl: 'http://srs.internal:1985', hookSecret: '' },
})

async function policyOf(reachesAnywhere: boolean): Promise<Readonly<Record<string, string>>> {
  const server = express().use(...securityHeaders({ domains, reachesAnywhere })).get('/', (_request, response) => void response.end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  server.close()
  return Object.fromEntries(headers.get('content-security-policy')!.split(';').map((directive) => {
    const [name, ...sources] = directive.split(' ')
    return [name, sources.join(' ')]
  }))
}

it('[DR1] pages may reach the clouds of the settings, and nobody else', async () => {
  const policy = await policyOf(false)
  expect(policy['connect-src'].replace(/ws:\/\/127\S+ wss:\/\/127\S+ /, '')).toBe('\'self\' https://live.example.com https://web.sdk.qcloud.com https://events.im.qcloud.com wss://live.example.com wss://wss.im.qcloud.com wss://wss.tim.qq.com https://srs.example.com wss://srs.example.com')
  expect(policy['media-src']).toBe('\'self\' blob: https://live.example.com wss://live.example.com https://srs.example.com wss://srs.example.com')
  expect(policy['img-src']).toBe('\'self\' data: blob: https://live.example.com')
})

it('[DR1] where the tools may play anything, connections and media may go anywhere, and pictures and scripts may not', async () => {
  const policy = await policyOf(true)
  expect(policy['media-src']).toBe('\'self\' blob: http: https: ws: wss:')
  expect(policy['connect-src']).toContain('http: https: ws: wss:')
  expect(policy['img-src']).toBe('\'self\' data: blob: https://live.example.com')
  expect(policy['script-src']).toBe('\'self\'')
})
