import { describe, expect, it, vi } from 'vitest'
import { COVER_MAX_BYTES } from '@/shared/protocol/rest'
import { createFakeBrowser, createFakeVideo } from '../testing/fakeMedia'
import { snapshotJpeg } from './snapshot'

describe('a snapshot', () => {
  it('[PB19] is a JPEG that fits a cover: smaller sides first, then less quality', async () => {
    const { browser } = createFakeBrowser()
    const createCanvas = vi.fn(browser.createCanvas)
    const { video, state } = createFakeVideo()
    Object.assign(state, { videoWidth: 3840, videoHeight: 3840 })
    const blob = await snapshotJpeg({ createCanvas }, video)
    expect(createCanvas).toHaveBeenCalledWith(720, 720)
    expect(blob?.type).toBe('image/jpeg')
    expect(blob!.size).toBe(2 * 720 * 720 * 0.5)
    expect(blob!.size).toBeLessThanOrEqual(COVER_MAX_BYTES)
  })

  it('[PB19] is nothing while there is no picture', async () => {
    expect(await snapshotJpeg(createFakeBrowser().browser, createFakeVideo().video)).toBeUndefined()
  })
})
