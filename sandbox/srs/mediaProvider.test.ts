import express from 'express'
import { systemClock } from '../../server/clock'
import { createSrsMedia } from '../../server/media/srs/srsMedia'
import { serve } from '../../server/testing/serve'
import { describeMediaProvider } from '../../tests/conformance/mediaProvider'
import { startSrs } from './startSrs'

const traits = {
  ways: { push: ['rtmp', 'whip'], play: ['rtmp', 'flv', 'hls', 'whep'] },
  capabilities: { whip: true, whep: true, forbid: false, mute: false, mix: false, programme: false },
}
const log = { info: () => {}, warn: () => {} }

describeMediaProvider('SRS', traits, async (options) => {
  const srs = await startSrs()
  const media = createSrsMedia({ ...options, settings: srs.settings, clock: systemClock, log })
  const server = await serve(express().use(media.router))
  const origin = { http: server.url, rtmp: 'rtmp://127.0.0.1:1' }
  srs.sendHooksTo(origin.http)
  async function close() {
    await media.close()
    await srs.close()
    await server.close()
  }
  let closing: Promise<void> | undefined
  return { provider: media.provider, origin, close: () => closing ??= close() }
})
