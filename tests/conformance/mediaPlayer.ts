import type { PlayerEmits, PlayerHandle } from '../../src/live/components/media'
import type { PlayerCallName } from '../../src/live/media/tags/playerTag'
import type { VirtualClock } from '../../src/testing/virtualClock'
import { beforeEach, describe, expect, it } from 'vitest'
import { PLAYER_CALL_OPTIONS } from '../../src/live/media/tags/callOptions'
import { ask, createNews, expectRefusals } from './mediaWorld'

/** A player under test, with one way to a stream, and the world around it in the hands of the test. */
export interface PlayerWorld {
  readonly handle: PlayerHandle
  readonly clock: VirtualClock
  /** Everything that the component emits, in order. */
  readonly told: readonly (readonly [event: keyof PlayerEmits, detail: unknown])[]
  readonly setMuted: (isMuted: boolean) => Promise<void>
  readonly isSilent: () => boolean
  /** The first picture, of 720 × 1280, or the next after a stop of the stream. */
  readonly flow: () => Promise<void>
  /** A second passes; the figures of it are good. */
  readonly look: () => Promise<void>
  /** The network is poor until the next good figures. */
  readonly congest: () => Promise<void>
  /** The picture stands still, and the platform itself tries to get it back. */
  readonly waver: () => Promise<void>
  /** It has given up. */
  readonly giveUp: () => Promise<void>
  readonly hide: () => Promise<void>
  readonly show: () => Promise<void>
  readonly moveToSmallWindow: (isOn: boolean) => Promise<void>
  /** The component goes. */
  readonly leave: () => Promise<void>
  /** Connections, timers and listeners that are still there. */
  readonly held: () => readonly string[]
}

/** Options that make sense. */
const EXAMPLES: Readonly<Record<PlayerCallName, object | undefined>> = {
  mute: undefined,
  requestFullScreen: { direction: 90 },
  exitFullScreen: undefined,
  exitPictureInPicture: undefined,
  snapshot: { quality: 'raw' },
  requestBackgroundPlayback: undefined,
  exitBackgroundPlayback: undefined,
  startCasting: undefined,
  switchCasting: undefined,
  reconnectCasting: undefined,
  exitCasting: undefined,
}

/** The contract of every player: the same steps bring the same events. What a platform lacks it says by `supports`. */
export function describeMediaPlayer(name: string, open: () => Promise<PlayerWorld>): void {
  describe(`${name} keeps the contract of MediaPlayer`, () => {
    let world: PlayerWorld
    let news: () => string[]

    beforeEach(async () => {
      world = await open()
      news = createNews(world.told)
    })

    async function goLive() {
      world.handle.start()
      await world.flow()
      await world.look()
      news()
    }

    const call = (callName: string, options?: unknown) => ask(world.handle, callName, options)

    it('[PB41] start, the first picture, figures, stop', async () => {
      world.handle.start()
      await world.clock.advance(0)
      expect(news()).toEqual(['status connecting'])
      await world.flow()
      await world.look()
      await world.look()
      expect(news().sort()).toEqual(['size 720 1280', 'status live'])
      const looks = world.told.flatMap(([event, detail]) => event === 'statistics' ? [detail] : [])
      expect(looks.at(-1)).toMatchObject({ at: world.clock.now(), transport: 'flv', bitrateKbps: 800, fps: 24, width: 720, height: 1280, bufferMs: 900 })
      world.handle.stop()
      await world.clock.advance(0)
      expect(news()).toEqual(['status idle'])
      world.handle.stop()
      await world.leave()
      expect(news()).toEqual([])
      expect(world.held()).toEqual([])
    })

    it('[PB41] mute takes the sound and says nothing', async () => {
      await goLive()
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
      await world.look()
      expect(news().slice(0, 2)).toEqual(['status live', 'trouble over']) // and a picture that stood still may count as weak
      await world.waver()
      await world.giveUp()
      expect(news()).toEqual(['status interrupted', 'trouble reconnecting, attempt 1', 'trouble waiting, attempt 1'])
      await world.clock.advance(1000)
      expect(news()).toEqual(['trouble reconnecting, attempt 1'])
      await world.flow()
      expect(news().slice(0, 2)).toEqual(['status live', 'trouble over'])
    })

    it('[PB41] the person pauses and goes on', async () => {
      await goLive()
      world.handle.pause()
      await world.clock.advance(0)
      expect(news()).toEqual(['trouble paused by person'])
      world.handle.resume()
      await world.look()
      expect(news()).toEqual(['trouble over'])
    })

    it('[PB41] a small window is told', async () => {
      await goLive()
      await world.moveToSmallWindow(true)
      await world.moveToSmallWindow(false)
      expect(news()).toEqual(['pictureInPicture true', 'pictureInPicture false'])
    })

    it('[PB41] a picture of the present', async () => {
      await goLive()
      expect(await call('snapshot', {})).toMatchObject({ tempImagePath: expect.stringMatching(/^(?:wxfile|blob):/), width: 720, height: 1280 })
    })

    it('[PB41] what is not supported rejects, and so does what makes no sense', async () => {
      await goLive()
      await expectRefusals(world.handle, PLAYER_CALL_OPTIONS, EXAMPLES)
      expect(news()).toEqual([])
    })

    it.each(['connecting', 'live', 'wavering', 'waiting', 'paused', 'hidden'])('[PB41] leaves nothing behind when it goes while %s', async (moment) => {
      world.handle.start()
      await world.clock.advance(0)
      if (moment !== 'connecting') {
        await world.flow()
        await world.look()
      }
      if (moment === 'wavering' || moment === 'waiting')
        await world.waver()
      if (moment === 'waiting')
        await world.giveUp()
      if (moment === 'paused')
        world.handle.pause()
      if (moment === 'hidden')
        await world.hide()
      await world.leave()
      if (moment === 'hidden')
        await world.show()
      expect(world.held()).toEqual([])
    })
  })
}
