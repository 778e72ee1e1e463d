import type { AddressInfo } from 'node:net'
import http from 'node:http'
import express from 'express'
import { systemClock } from '../../../server/clock'
import { streamNameOf } from '../../../server/media/tencent/streamName'
import { createTencentMedia } from '../../../server/media/tencent/tencentMedia'
import { describeMediaProvider } from '../../../tests/conformance/mediaProvider'
import { startLiveCloud } from './startLiveCloud'

const traits = {
  ways: { push: ['rtmp', 'whip'], play: ['rtmp', 'flv', 'hls', 'leb'] },
  capabilities: { whip: true, whep: false, forbid: true, mute: false, mix: true },
  nameOf: streamNameOf,
}
const log = { info: () => {}, warn: () => {} }

describeMediaProvider('Tencent Cloud Live', traits, async ({ pushKey, playKey, canPublish }) => {
  const secrets = { pushKey: pushKey.key, playKey: playKey.key, callbackKey: 'callbackkeyofthetests', secretId: 'AKIDofTheTests00000000', secretKey: 'secretKeyOfTheTests00000' }
  const cloud = await startLiveCloud({ secrets, backupKeys: { push: pushKey.backup!, play: playKey.backup! } })
  const media = createTencentMedia({ pushKey, playKey, canPublish, settings: cloud.settings, clock: systemClock, log })
  const server = http.createServer(express().use(media.router))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = { http: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, rtmp: 'rtmp://127.0.0.1:1' }
  cloud.sendCallbacksTo(origin.http)
  async function close() {
    await media.close()
    await cloud.close()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  let closing: Promise<void> | undefined
  return { provider: media.provider, origin, close: () => closing ??= close() }
})
