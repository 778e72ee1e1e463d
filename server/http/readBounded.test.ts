import { expect, it } from 'vitest'
import { readBounded } from './readBounded'

it('[AC8] of an answer without end no more is read than was asked for', async () => {
  let sent = 0
  let isLetGo = false
  const endless = new ReadableStream({
    pull: controller => controller.enqueue(new Uint8Array(1024).fill(sent += 1)),
    cancel: () => void (isLetGo = true),
  })
  await expect(readBounded(new Response(endless), 4096)).rejects.toThrow(RangeError)
  expect([sent <= 6, isLetGo]).toEqual([true, true])
})

it('[AC8] an answer that is no longer than that is read whole, an empty one too', async () => {
  expect(String(await readBounded(new Response('four'), 4))).toBe('four')
  expect(String(await readBounded(new Response(null, { status: 204 }), 4))).toBe('')
})
