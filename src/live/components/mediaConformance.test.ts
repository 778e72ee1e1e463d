import type { Provided } from './testing/webPusherWorld'
import { afterEach, vi } from 'vitest'
import { describeMediaPusher } from '@/tests/conformance/mediaPusher'
// #ifdef MP-WEIXIN
import { OLD_PUSHER_CALLS } from '../media/testing/fakeLiveTags'
import { openNativePusher } from './testing/nativePusherWorld'
// #endif
// #ifdef H5
import { openWebPusher } from './testing/webPusherWorld'
// #endif

const provided = vi.hoisted(() => ({}) as Provided)
vi.mock('@/src/live/media/web/browser', async importOriginal => ({ ...await importOriginal<object>(), createBrowser: () => provided.browser }))
vi.mock('@/src/live/media/web/videoElement', async importOriginal => ({ ...await importOriginal<object>(), createVideo: () => provided.video }))

afterEach(() => {
  vi.unstubAllGlobals()
})

// #ifdef MP-WEIXIN
describeMediaPusher('<live-pusher>', () => openNativePusher({ liveCodes: [1003, 1001, 1008, 1002] }))
describeMediaPusher('<live-pusher> of an old version that leaves 1002 out and says what nobody explains', () => openNativePusher({ calls: OLD_PUSHER_CALLS, liveCodes: [10012, 1005, 10014] }))
// #endif

// #ifdef H5
const provide = (next: Provided) => void Object.assign(provided, next)
describeMediaPusher('WHIP with a camera that zooms', () => openWebPusher(provide, { zoom: { min: 1, max: 4, step: 0.1 }, torch: true }))
describeMediaPusher('WHIP with a plain camera', () => openWebPusher(provide, {}))
// #endif
