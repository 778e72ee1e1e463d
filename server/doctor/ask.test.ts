import { expect, it } from 'vitest'
import { ask, isLocal } from './ask'
import { createFakeWorld } from './testing/fakeWorld'

it('[DR3] an answer that streams on is let go', async () => {
  let isLetGo = false
  const endless = new ReadableStream<Uint8Array>({
    pull: controller => controller.enqueue(new Uint8Array(64 * 1024)),
    cancel: () => void (isLetGo = true),
  })
  const answer = await ask(createFakeWorld({ answers: { 'https://live.example.com': () => new Response(endless) } }), 'https://live.example.com/')
  expect(answer?.body.length).toBeLessThan(512 * 1024)
  expect(isLetGo).toBe(true)
})

it('[DR3] names that only this machine or its network knows are not asked about in DNS', () => {
  expect(['127.0.0.1', '[::1]', '192.168.1.20', 'localhost', 'srs', 'a.localhost'].map(isLocal)).toEqual(Array.from({ length: 6 }, () => true))
  expect(['live.example.com', 'push.example.com'].map(isLocal)).toEqual([false, false])
})
