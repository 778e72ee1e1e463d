import express from 'express'
import { expect, it } from 'vitest'
import { FakeMedia } from '../testing/FakeMedia'
import { serve } from '../testing/serve'
import { metricsRoutes } from './metrics'

it('[AP15] a programme is counted as a stream and for its readers, but nobody sends it', async () => {
  const media = new FakeMedia()
  const stream = { streamId: 'r23456-u23456', publisher: 'rtmp', readers: 2, bitrateKbps: 1000, startedAt: 0 } as const
  media.streams = [stream, { ...stream, streamId: 'r23456-uall', publisher: 'programme', readers: 3 }]
  const rooms = { figures: () => ({ byStatus: {}, viewers: 0, linkMic: { seats: 0, applications: 0, mixes: 0 } }) } as unknown as Parameters<typeof metricsRoutes>[0]['rooms']
  const server = await serve(express().use(metricsRoutes({ rooms, media, chatFigures: () => ({ sockets: 0, rooms: 0, said: 0, messagesPerSecond: 0, frames: 0, refused: 0, passedOver: 0 }), token: null })))
  try {
    const text = await (await fetch(`${server.url}/metrics`)).text()
    for (const line of ['lianmai_streams{publisher="rtmp"} 1', 'lianmai_streams{publisher="programme"} 1', 'lianmai_stream_readers 5', 'lianmai_stream_bits_per_second 1000000'])
      expect(text.split('\n')).toContain(line)
  }
  finally {
    await server.close()
  }
})
