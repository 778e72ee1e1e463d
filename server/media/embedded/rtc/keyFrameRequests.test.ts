import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../../testing/VirtualClock'
import { KEY_FRAME_INTERVAL_MS, KEY_FRAME_MIN_GAP_MS, KeyFrameRequests } from './keyFrameRequests'

function setUp() {
  const clock = new VirtualClock(0)
  const asked: number[] = []
  return { clock, asked, requests: new KeyFrameRequests(() => void asked.push(clock.now()), clock) }
}

describe('keyFrameRequests', () => {
  it('[RT14] many requests become one now and one when the gap is over', async () => {
    const { clock, asked, requests } = setUp()
    for (let i = 0; i < 50; i++)
      requests.request()
    await clock.advance(10_000)
    expect(asked).toEqual([0, KEY_FRAME_MIN_GAP_MS])
  })

  it('[RT14] a stream that is never asked for gets key frames all the same', async () => {
    const { clock, asked, requests } = setUp()
    for (let ms = 0; ms < 6000; ms += 40) {
      requests.keepComing()
      await clock.advance(40)
    }
    expect(asked).toEqual([0, KEY_FRAME_INTERVAL_MS, 2 * KEY_FRAME_INTERVAL_MS])
  })

  it('[RT14] asks nothing more once closed', async () => {
    const { clock, asked, requests } = setUp()
    requests.request()
    requests.request()
    requests.close()
    requests.close()
    requests.request()
    await clock.advance(10_000)
    expect(asked).toEqual([0])
  })
})
