import type { Provided } from './testing/webPusherWorld'
import { afterEach, vi } from 'vitest'
import { describeMediaPlayer } from '@/tests/conformance/mediaPlayer'
import { describeMediaPusher } from '@/tests/conformance/mediaPusher'
// #ifdef MP-WEIXIN
import { OLD_PLAYER_CALLS, OLD_PUSHER_CALLS } from '../media/testing/fakeLiveTags'
import { openNativePlayer } from './testing/nativePlayerWorld'
import { openNativePusher } from './testing/nativePusherWorld'
// #endif
// #ifdef H5
import { openWebPlayer } from './testing/webPlayerWorld'
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
describeMediaPlayer('<live-player>', () => openNativePlayer({ liveCodes: [2001, 2002, 2007, 2003, 2004] }))
describeMediaPlayer('<live-player> of an old version that only says that something is drawn', () => openNativePlayer({ calls: OLD_PLAYER_CALLS, liveCodes: [2027, 2032, 2029] }))
// #endif

// #ifdef H5
const provide = (next: Provided) => void Object.assign(provided, next)
describeMediaPusher('WHIP with a camera that zooms', () => openWebPusher(provide, { zoom: { min: 1, max: 4, step: 0.1 }, torch: true }))
describeMediaPusher('WHIP with a plain camera', () => openWebPusher(provide, {}))
describeMediaPlayer('FLV through MediaSource', () => openWebPlayer(provide))
// #endif
