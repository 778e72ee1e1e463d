import express from 'express'
import { systemClock } from '../../../server/clock'
import { streamNameOf } from '../../../server/media/tencent/streamName'
import { createTencentMedia } from '../../../server/media/tencent/tencentMedia'
import { serve } from '../../../server/testing/serve'
import { describeMediaProvider } from '../../../tests/conformance/mediaProvider'
import { startLiveCloud } from './startLiveCloud'

const traits = {
  ways: { push: ['rtmp', 'whip'], play: ['rtmp', 'flv', 'hls', 'leb'] },
  capabilities: { whip: true, whep: false, forbid: true, mute: false, mix: true, programme: false },
  nameOf: streamNameOf,
}
const log = { info: () => {}, warn: () => {} }

describeMediaProvider('Tencent Cloud Live', traits, async ({ pushKey, playKey, canPublish }) => {
  const secrets = { pushKey: pushKey.key, playKey: playKey.key, callbackKey: 'callbackkeyofthetests', secretId: 'AKIDofTheTests00000000', secretKey: 'secretKeyOfTheTests00000' }
  const cloud = await startLiveCloud({ secrets, backupKeys: { push: pushKey.backup!, play: playKey.backup! } })
  const media = createTencentMedia({ pushKey, playKey, canPublish, settings: cloud.settings, clock: systemClock, log })
  const server = await serve(express().use(media.router))
  const origin = { http: server.url, rtmp: 'rtmp://127.0.0.1:1' }
  cloud.sendCallbacksTo(origin.http)
  async function close() {
    await media.close()
    await cloud.close()
    await server.close()
  }
  let closing: Promise<void> | undefined
  return { provider: media.provider, origin, close: () => closing ??= close() }
})
