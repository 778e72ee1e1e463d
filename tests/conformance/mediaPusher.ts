import type { PusherEmits, PusherHandle } from '../../src/live/components/media'
import type { PusherCallName } from '../../src/live/media/tags/pusherTag'
import type { VirtualClock } from '../../src/testing/virtualClock'
import { beforeEach, describe, expect, it } from 'vitest'
import { PUSHER_CALL_OPTIONS } from '../../src/live/media/tags/callOptions'
import { ask, createNews, expectRefusals } from './mediaWorld'

export type Told = readonly [event: keyof PusherEmits, detail: unknown]

/** A pusher under test, with an address to send to, and the world around it in the hands of the test. */
export interface PusherWorld {
  readonly handle: PusherHandle
  readonly clock: VirtualClock
  /** Everything that the component emits, in order. */
  readonly told: readonly Told[]
  readonly setMuted: (isMuted: boolean) => Promise<void>
  readonly isSilent: () => boolean
  /** The camera's picture of 720 × 1280 is there. */
  readonly showPicture: () => Promise<void>
  /** What it tries to open is open, or what wavered flows again. */
  readonly flow: () => Promise<void>
  /** A second passes; the figures of it are good. */
  readonly look: () => Promise<void>
  /** The network is poor until the next good figures. */
  readonly congest: () => Promise<void>
  /** The connection is gone, and the platform itself tries to get it back. */
  readonly waver: () => Promise<void>
  /** It has given up. */
  readonly giveUp: () => Promise<void>
  /** The system takes the camera away, and gives it back. */
  readonly take: () => Promise<void>
  readonly giveBack: () => Promise<void>
  readonly hide: () => Promise<void>
  readonly show: () => Promise<void>
  /** The music that was asked for is heard up to here, its length is 60 s; or it ends. */
  readonly hearMusic: (ms: number) => Promise<void>
  readonly endMusic: () => Promise<void>
  /** Of the next music: it cannot be loaded. */
  readonly spoilMusic: () => void
  /** The component goes. */
  readonly leave: () => Promise<void>
  /** Devices, connections, timers and listeners that are still there. */
  readonly held: () => readonly string[]
}

/** Options that make sense. */
const EXAMPLES: Readonly<Record<PusherCallName, object | undefined>> = {
  toggleTorch: undefined,
  playBGM: { url: 'https://a.example/music.mp3' },
  stopBGM: undefined,
  pauseBGM: undefined,
  resumeBGM: undefined,
  setBGMVolume: { volume: 0.5 },
  setMICVolume: { volume: 1 },
  sendMessage: { msg: 'hello' },
  getMaxZoom: undefined,
  setZoom: { zoom: 2 },
  applyFilter: { path: '/filter.png' },
  applySticker: { type: 'eyes', stickers: [{ path: '/a.png' }] },
  applyBlusherStickMakeup: { path: '/a.png' },
  applyEyeBrowMakeup: { path: '/a.png' },
  applyEyeShadowMakeup: { path: '/a.png' },
  applyFaceContourMakeup: { path: '/a.png' },
  applyLipStickMakeup: { path: '/a.png' },
  clearFilters: undefined,
  clearMakeups: undefined,
  clearStickers: undefined,
  exitPictureInPicture: undefined,
  createOffscreenCanvas: { width: 360, height: 640 },
  onCustomRendererEvent: { event: 'frame', listener() {} },
}

/** The contract of every pusher: the same steps bring the same events. What a platform lacks it says by `supports`. */
export function describeMediaPusher(name: string, open: () => Promise<PusherWorld>): void {
  describe(`${name} keeps the contract of MediaPusher`, () => {
    let world: PusherWorld
    let news: () => string[]

    beforeEach(async () => {
      world = await open()
      news = createNews(world.told)
    })

    async function goLive() {
      await world.handle.startPreview()
      await world.showPicture()
      world.handle.start()
      await world.flow()
      news()
    }

    const call = (callName: string, options?: unknown) => ask(world.handle, callName, options)

    it('[PB41] preview, start, live, figures, stop', async () => {
      await world.handle.startPreview()
      await world.showPicture()
      expect(news()).toEqual(['preview 720 1280'])
      world.handle.start()
      await world.clock.advance(0)
      expect(news()).toEqual(['status connecting'])
      await world.flow()
      expect(news()).toEqual(['status live'])
      await world.look()
      await world.look()
      const looks = world.told.flatMap(([event, detail]) => event === 'statistics' ? [detail] : [])
      expect(looks.at(-1)).toMatchObject({ at: world.clock.now(), transport: expect.any(String), bitrateKbps: 800, fps: 24, width: 720, height: 1280 })
      world.handle.stop()
      await world.clock.advance(0)
      expect(news()).toEqual(['status idle'])
      world.handle.stop()
      await world.leave()
      expect(news()).toEqual([])
      expect(world.held()).toEqual([])
    })

    it('[PB41] mute takes the sound and says nothing, also before anything is sent', async () => {
      await world.setMuted(true)
      await goLive()
      expect(world.isSilent()).toBe(true)
      await world.setMuted(false)
      expect(world.isSilent()).toBe(false)
      await world.setMuted(true)
      expect(world.isSilent()).toBe(true)
      expect(news()).toEqual([])
    })

    it('[PB41] a poor network is told once, and once that it is over', async () => {
      await goLive()
      await world.congest()
      expect(news()).toEqual(['trouble weak'])
      for (let second = 0; second < 25; second++)
        await world.look()
      expect(news()).toEqual(['trouble over'])
    })

    it('[PB41] lost and back, by the platform and then by ourselves', async () => {
      await goLive()
      await world.waver()
      expect(news()).toEqual(['status interrupted', 'trouble reconnecting, attempt 1'])
      await world.flow()
      expect(news()).toEqual(['status live', 'trouble over'])
      await world.waver()
      await world.giveUp()
      expect(news()).toEqual(['status interrupted', 'trouble reconnecting, attempt 1', 'trouble waiting, attempt 1'])
      await world.clock.advance(1000)
      expect(news()).toEqual(['trouble reconnecting, attempt 1'])
      await world.flow()
      expect(news()).toEqual(['status live', 'trouble over'])
    })

    it('[PB41] the system takes the camera and gives it back', async () => {
      await goLive()
      await world.take()
      expect(news()).toEqual(['status interrupted', 'trouble paused by system'])
      await world.giveBack()
      await world.look()
      const [first, ...rest] = news()
      expect([first, rest.at(-1)]).toEqual(['trouble reconnecting, attempt 1', 'trouble over'])
      expect(rest).toContain('status live')
    })

    it('[PB41] the person pauses and goes on', async () => {
      await goLive()
      world.handle.pause()
      await world.clock.advance(0)
      expect(news()).toEqual(['trouble paused by person'])
      world.handle.resume()
      await world.look()
      expect(news()).toEqual(['trouble over'])
      await world.clock.advance(0)
      expect(world.isSilent()).toBe(false)
    })

    it('[PB41] music begins, goes on and ends; what cannot be loaded is told', async () => {
      await goLive()
      if (!world.handle.supports('playBGM'))
        return expect(call('playBGM', EXAMPLES.playBGM)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
      await call('playBGM', EXAMPLES.playBGM)
      await world.hearMusic(1500)
      await call('setBGMVolume', { volume: 0.3 })
      await call('pauseBGM')
      await call('resumeBGM')
      await world.endMusic()
      expect(world.told.filter(([event]) => event === 'bgm').map(([, detail]) => detail)).toEqual([{ type: 'started' }, { type: 'progress', ms: 1500, durationMs: 60_000 }, { type: 'completed' }])
      world.spoilMusic()
      await call('playBGM', EXAMPLES.playBGM).catch(() => {}) // WeChat accepts it first
      await world.clock.advance(0)
      expect(news()).toEqual(['bgm started', 'bgm completed', 'bgm failed'])
    })

    it('[PB41] zoom and torch work where they are supported', async () => {
      await goLive()
      if (world.handle.supports('setZoom')) {
        expect(await call('getMaxZoom')).toMatchObject({ maxZoom: 4 })
        await call('setZoom', { zoom: 2 })
      }
      if (world.handle.supports('toggleTorch'))
        await call('toggleTorch')
      expect(news()).toEqual([])
    })

    it('[PB41] a picture of the present', async () => {
      await goLive()
      expect(Object.keys(await world.handle.snapshot() ?? {})).toEqual([expect.stringMatching(/^(?:blob|filePath)$/)])
    })

    it('[PB41] what is not supported rejects, and so does what makes no sense', async () => {
      await goLive()
      await expectRefusals(world.handle, PUSHER_CALL_OPTIONS, EXAMPLES)
      expect(news()).toEqual([])
    })

    it.each(['preview', 'connecting', 'live', 'wavering', 'waiting', 'taken', 'paused', 'hidden'])('[PB41] leaves nothing behind when it goes while %s', async (moment) => {
      const { handle } = world
      await handle.startPreview()
      if (moment !== 'preview')
        handle.start()
      await world.clock.advance(0)
      if (!['preview', 'connecting'].includes(moment))
        await world.flow()
      if (moment === 'wavering' || moment === 'waiting')
        await world.waver()
      if (moment === 'waiting')
        await world.giveUp()
      if (moment === 'taken')
        await world.take()
      if (moment === 'paused')
        handle.pause()
      if (moment === 'hidden')
        await world.hide()
      await world.leave()
      if (moment === 'hidden')
        await world.show()
      expect(world.held()).toEqual([])
    })
  })
}
