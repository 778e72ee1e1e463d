import type { MediaCapabilities, MediaEvent, MediaProvider, Mix, Origin } from '../../server/media/MediaProvider'
import type { StreamKey } from '../../server/settings'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { offerSdp } from '../../server/media/embedded/rtc/testing/offers'
import { person, startEncoder, stopAll } from '../../server/media/embedded/testing/ffmpeg'
import { signStream } from '../../server/media/urlAuth'
import { pictureMark, play, plays, push, soundMark } from './mediaClients'

/** A provider under test, with whatever carries its streams, on this machine. */
export interface MediaWorld {
  readonly provider: MediaProvider
  readonly origin: Origin
  readonly close: () => Promise<void>
}

/** What a world is opened with. */
export interface MediaWorldOptions {
  readonly pushKey: StreamKey
  readonly playKey: StreamKey
  readonly canPublish: (streamId: string) => boolean
}

export interface MediaTraits {
  /** How the provider's streams can be played, and published. */
  readonly ways: { readonly play: readonly string[], readonly push: readonly string[] }
  /** What it lacks: rules about these powers say only that nothing happens. */
  readonly capabilities: MediaCapabilities
  /** What a stream is called in its URLs; unset: as it is. */
  readonly nameOf?: (streamId: string) => string
}

const STREAM = 'r23456-u23456'
const OTHER = 'r23456-u34567'
const MIXED = 'r23456-umix'
const PROGRAMME = 'r23456-uall'
const TTL_MS = 60_000
const PUSH_KEY: StreamKey = { key: 'push key of the tests', backup: 'push key of yesterday', algorithm: 'md5' }
const PLAY_KEY: StreamKey = { key: 'play key of the tests', backup: 'play key of yesterday', algorithm: 'md5' }
/** What has not happened by then does not happen. */
const QUIET_MS = 700
/** So long an end may be held back, in case that it is one of a takeover. */
const HELD_MS = 1500
/** What this process holds open towards others. */
const RESOURCES = ['TCPServerWrap', 'TCPSocketWrap', 'UDPWrap', 'ProcessWrap', 'PipeWrap']

/** The contract of every MediaProvider, over real transports. */
export function describeMediaProvider(name: string, { nameOf = streamId => streamId, ...traits }: MediaTraits, open: (options: MediaWorldOptions) => Promise<MediaWorld>): void {
  describe(`${name} keeps the contract of MediaProvider`, () => {
    const refused = new Set<string>()
    let world: MediaWorld
    let provider: MediaProvider
    let events: MediaEvent[]
    let resourcesBefore: string[]

    beforeEach(async () => {
      refused.clear()
      resourcesBefore = openResources()
      world = await open({ pushKey: PUSH_KEY, playKey: PLAY_KEY, canPublish: streamId => !refused.has(streamId) })
      provider = world.provider
      const heard: MediaEvent[] = events = []
      provider.onEvent(event => heard.push(event))
    })
    afterEach(async () => {
      stopAll()
      await world.close()
    })

    const pushUrls = (streamId = STREAM, ttlMs = TTL_MS) => provider.issuePushUrls(streamId, ttlMs, world.origin)
    const playUrls = (streamId = STREAM, ttlMs = TTL_MS) => provider.playUrls(streamId, ttlMs, world.origin)
    /** What this suite can play without a decoder for WebRTC or HLS. */
    const playable = ({ rtmp, flv, wsFlv }: ReturnType<typeof playUrls>) => [rtmp, flv, wsFlv].filter(url => url !== undefined)
    const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 10_000, interval: 10 })
    const quiet = (ms = QUIET_MS) => new Promise(resolve => setTimeout(resolve, ms))
    const told = (streamId = STREAM) => events.filter(event => event.streamId === streamId).map(({ type, sessionId }) => ({ type, sessionId }))

    async function accepted(url: string, mark?: string) {
      const publisher = await push(url, mark)
      if (!publisher)
        throw new Error('a publisher with a good URL was refused')
      return publisher
    }

    /** It is on air, and everybody knows. */
    async function onAir(streamId = STREAM) {
      const publisher = await accepted(pushUrls(streamId).rtmp, streamId)
      await until(() => expect(told(streamId).at(-1)).toMatchObject({ type: 'publish' }))
      return publisher
    }

    it('[PV1] what is published with the push URL is seen with every play URL', async () => {
      await onAir()
      const urls = playUrls()
      expect(Object.keys(urls).filter(way => way !== 'expiresAt').sort()).toEqual([...traits.ways.play].sort())
      for (const url of playable(urls))
        expect(await plays(url, STREAM), new URL(url).protocol).toBe(true)
    })

    it('[PV1] push URLs come whole, and in the two parts that encoders ask for; both kinds say when they expire', async () => {
      const before = Date.now()
      const urls = pushUrls()
      expect(Object.keys(urls).sort()).toEqual([...traits.ways.push, 'streamId', 'rtmpServer', 'rtmpKey', 'expiresAt'].sort())
      expect([urls.streamId, urls.rtmp]).toEqual([STREAM, `${urls.rtmpServer}/${urls.rtmpKey}`])
      for (const { expiresAt } of [urls, playUrls()]) {
        expect(expiresAt).toBeGreaterThan(before + TTL_MS - 2000)
        expect(expiresAt).toBeLessThanOrEqual(Date.now() + TTL_MS)
      }
      expect([provider.capabilities, urls.whip !== undefined, playUrls().whep !== undefined])
        .toEqual([traits.capabilities, traits.capabilities.whip, traits.capabilities.whep])
    })

    it('[PV2] a play URL publishes nothing, a push URL shows nothing', async () => {
      expect(await push(withQuery(pushUrls().rtmp, new URL(playUrls().flv!).search))).toBeUndefined()
      expect(events).toEqual([])
      await onAir()
      for (const url of playable(playUrls()))
        expect(await plays(withQuery(url, new URL(pushUrls().rtmp).search), STREAM, QUIET_MS)).toBe(false)
    })

    it('[PV2] expired, forged and other streams\' URLs publish nothing and show nothing', async () => {
      for (const url of [pushUrls(STREAM, -TTL_MS).rtmp, forge(pushUrls().rtmp), withQuery(pushUrls().rtmp, new URL(pushUrls(OTHER).rtmp).search), withQuery(pushUrls().rtmp, '')])
        expect(await push(url)).toBeUndefined()
      expect(events).toEqual([])
      expect(await provider.isLive(STREAM)).toBe(false)
      await onAir()
      const flv = playUrls().flv!
      for (const url of [playUrls(STREAM, -TTL_MS).flv!, forge(flv), withQuery(flv, new URL(playUrls(OTHER).flv!).search), withQuery(flv, '')])
        expect(await plays(url, STREAM, QUIET_MS)).toBe(false)
    })

    it('[PV3] says whether a stream is live', async () => {
      expect(await provider.isLive(STREAM)).toBe(false)
      const publisher = await onAir()
      expect([await provider.isLive(STREAM), await provider.isLive(OTHER)]).toEqual([true, false])
      await publisher.stop()
      await until(() => expect(told()).toHaveLength(2))
      expect(await provider.isLive(STREAM)).toBe(false)
    })

    it('[PV4] a publication\'s beginning and end are told once each, under one session id and in order of time', async () => {
      const before = Date.now()
      const [publisher] = [await onAir(), await onAir(OTHER)]
      await publisher.stop()
      await until(() => expect(told()).toHaveLength(2))
      await quiet()
      const [begin, end] = events.filter(({ streamId }) => streamId === STREAM)
      expect(told()).toEqual([{ type: 'publish', sessionId: begin.sessionId }, { type: 'unpublish', sessionId: begin.sessionId }])
      expect(told(OTHER)).toEqual([{ type: 'publish', sessionId: expect.any(String) }])
      expect(told(OTHER)[0].sessionId).not.toBe(begin.sessionId)
      expect(begin.at).toBeGreaterThanOrEqual(before - 1000) // a cloud's clock may count whole seconds
      expect(end.at).toBeGreaterThanOrEqual(begin.at)
      expect(end.at).toBeLessThanOrEqual(Date.now() + 1000)
    })

    it('[PV5] a newcomer takes the stream over: its beginning is told before the end of the old publication', async () => {
      const old = await onAir()
      const newcomer = await accepted(pushUrls().rtmp, 'newcomer')
      await old.closed
      await until(() => expect(told()).toHaveLength(3))
      await quiet()
      const [first, second] = told()
      expect(told()).toEqual([first, { type: 'publish', sessionId: second.sessionId }, { type: 'unpublish', sessionId: first.sessionId }])
      expect(second.sessionId).not.toBe(first.sessionId)
      expect([newcomer.isClosed(), await provider.isLive(STREAM), await plays(playUrls().flv!, 'newcomer')]).toEqual([false, true, true])
    })

    it('[PV6] who is kicked is hung up on, and may come back', async () => {
      const publisher = await onAir()
      await provider.kick(STREAM)
      await publisher.closed
      await until(() => expect(told().at(-1)).toMatchObject({ type: 'unpublish' }))
      expect(await provider.isLive(STREAM)).toBe(false)
      await onAir()
      expect(told().map(({ type }) => type)).toEqual(['publish', 'unpublish', 'publish'])
      expect(told()[2].sessionId).not.toBe(told()[0].sessionId)
    })

    it('[PV7] a stream that the room does not take is cut off, and no event tells of it', async () => {
      refused.add(STREAM)
      const publisher = await push(pushUrls().rtmp)
      await publisher?.closed
      await quiet()
      expect([events, await provider.isLive(STREAM)]).toEqual([[], false])
      refused.clear()
      await onAir()
    })

    it('[PV7] who is kicked from a room that has ended does not come back', async () => {
      const publisher = await onAir()
      refused.add(STREAM)
      await provider.kick(STREAM)
      await publisher.closed
      const again = await push(pushUrls().rtmp)
      await again?.closed
      await until(() => expect(told().length).toBeGreaterThan(1))
      await quiet()
      expect(told().map(({ type }) => type)).toEqual(['publish', 'unpublish'])
    })

    it(`[PV8] ${traits.capabilities.mute ? 'a muted sound reaches nobody until it is back, muted before it came or not' : 'muting does nothing here, as the capabilities say'}`, async () => {
      await provider.mute(STREAM, { sound: true, picture: false })
      await onAir()
      const player = await play(playUrls().flv!)
      expect(await player.goesOnWith('picture of')).toBe(true)
      expect(await player.goesOnWith(soundMark(STREAM), QUIET_MS)).toBe(!traits.capabilities.mute)
      await provider.mute(STREAM, { sound: false, picture: false })
      expect(await player.goesOnWith(soundMark(STREAM))).toBe(true)
      await player.stop()
      expect(told()).toHaveLength(1)
    })

    it(`[PV9] ${traits.capabilities.mix ? 'a stage is mixed into one stream that stays the same when people change' : 'mixing does nothing here, as the capabilities say'}`, async () => {
      const mix: Mix = { anchorStreamId: STREAM, guests: [{ streamId: OTHER, seat: 1, hasPicture: true, hasSound: true }] }
      if (!traits.capabilities.mix) {
        await provider.mix(MIXED, mix)
        await provider.stopMix(MIXED)
        return expect([events, await provider.isLive(MIXED)]).toEqual([[], false])
      }
      startEncoder(pushUrls(STREAM).rtmp, person('red', 440))
      startEncoder(pushUrls(OTHER).rtmp, person('blue', 880))
      await until(() => expect([told(STREAM).length, told(OTHER).length]).toEqual([1, 1]))
      await provider.mix(MIXED, mix)
      await until(() => expect(told(MIXED)).toMatchObject([{ type: 'publish' }]))
      expect(await provider.isLive(MIXED)).toBe(true)
      await provider.mix(MIXED, { ...mix, guests: [{ ...mix.guests[0], hasPicture: false, hasSound: false }] })
      await quiet()
      expect(told(MIXED)).toHaveLength(1)
      const player = await play(playUrls(MIXED).flv!)
      expect(await player.goesOnWith('FLV')).toBe(true)
      await player.stop()
      await provider.stopMix(MIXED)
      await until(() => expect(told(MIXED)).toEqual([told(MIXED)[0], { type: 'unpublish', sessionId: told(MIXED)[0].sessionId }]))
    }, 40_000)

    it(`[PG1] ${traits.capabilities.programme ? 'a programme goes from stream to stream under its players' : 'there are no programmes here, as the capabilities say'}`, async () => {
      provider.programme(PROGRAMME, [MIXED, STREAM])
      await onAir()
      if (!traits.capabilities.programme) {
        expect([await plays(playUrls(PROGRAMME).flv!, STREAM, QUIET_MS), await provider.isLive(PROGRAMME), told(PROGRAMME)]).toEqual([false, false, []])
        return provider.programme(PROGRAMME, [])
      }
      const players = await Promise.all(playable(playUrls(PROGRAMME)).map(play))
      const show = async (mark: string) => {
        for (const player of players)
          expect([mark, await player.goesOnWith(pictureMark(mark)), await player.goesOnWith(soundMark(mark))]).toEqual([mark, true, true])
      }
      await show(STREAM)
      const mix = await onAir(MIXED)
      await show(MIXED)
      const newcomer = await accepted(pushUrls().rtmp, 'newcomer')
      await show(MIXED)
      await mix.stop()
      await show('newcomer')
      expect([told(PROGRAMME), await provider.isLive(PROGRAMME)]).toEqual([[{ type: 'publish', sessionId: expect.any(String) }], true])
      await newcomer.stop()
      await until(() => expect(told(PROGRAMME)).toHaveLength(2))
      expect(await provider.isLive(PROGRAMME)).toBe(false)
      await Promise.all(players.map(player => player.stop()))
    }, 40_000)

    if (traits.capabilities.programme) {
      it('[PG5] a programme goes over to who takes its stream over', async () => {
        provider.programme(PROGRAMME, [MIXED, STREAM])
        await onAir()
        const player = await play(playUrls(PROGRAMME).flv!)
        expect(await player.goesOnWith(pictureMark(STREAM))).toBe(true)
        await accepted(pushUrls().rtmp, 'newcomer')
        expect(await player.goesOnWith(pictureMark('newcomer'))).toBe(true)
        await player.stop()
        expect(told(PROGRAMME)).toHaveLength(1)
      })

      it('[PG6] a programme is played with its own signed URL, and not without a source', async () => {
        provider.programme(PROGRAMME, [MIXED, STREAM])
        expect(await plays(playUrls(PROGRAMME).flv!, STREAM, QUIET_MS)).toBe(false)
        await onAir()
        const flv = playUrls(PROGRAMME).flv!
        for (const url of [playUrls(PROGRAMME, -TTL_MS).flv!, forge(flv), withQuery(flv, new URL(playUrls(STREAM).flv!).search)])
          expect(await plays(url, STREAM, QUIET_MS)).toBe(false)
        expect(told(PROGRAMME)).toEqual([])
        expect(await plays(flv, STREAM)).toBe(true)
        expect(provider.figures()).toContainEqual(expect.objectContaining({ streamId: PROGRAMME, publisher: 'programme' }))
      })

      it('[PG11] a programme without sources is over, and nobody plays it', async () => {
        provider.programme(PROGRAMME, [MIXED, STREAM])
        await onAir()
        expect(await plays(playUrls(PROGRAMME).flv!, STREAM)).toBe(true)
        provider.programme(PROGRAMME, [])
        await until(() => expect(told(PROGRAMME).at(-1)).toMatchObject({ type: 'unpublish' }))
        expect(await plays(playUrls(PROGRAMME).flv!, STREAM, QUIET_MS)).toBe(false)
      })
    }

    it('[PV10] a stream has one name in all its URLs and no other stream has it; nothing in front of the signature has a "_"', () => {
      const { whip, whep, leb, hls, ...rest } = { ...pushUrls(), ...playUrls() }
      const urls = [rest.rtmp, rest.rtmpServer + rest.rtmpKey, rest.flv, rest.wsFlv, whip, whep, leb, hls].filter(url => url !== undefined)
      for (const url of urls) {
        expect(decodeURIComponent(url)).toContain(nameOf(STREAM))
        expect(decodeURIComponent(url)).not.toContain(nameOf(OTHER))
        expect(url.split('?')[0]).not.toContain('_')
      }
    })

    it('[PV11] what is asked about a stream that is not there fails nowhere', async () => {
      await provider.kick(OTHER)
      await provider.mute(OTHER, { sound: true, picture: true })
      await provider.stopMix(MIXED)
      expect([await provider.isLive(OTHER), provider.figures(), events]).toEqual([false, [], []])
    })

    it('[PV12] who stops listening is told nothing more; others are', async () => {
      const heard: MediaEvent[] = []
      const stop = provider.onEvent(event => heard.push(event))
      const publisher = await onAir()
      stop()
      stop()
      await publisher.stop()
      await until(() => expect(told()).toHaveLength(2))
      expect(heard.map(({ type }) => type)).toEqual(['publish'])
    })

    it('[PV13] figures tell of streams that are live, and of no other', async () => {
      const publisher = await onAir()
      for (const figures of provider.figures())
        expect(figures).toMatchObject({ streamId: STREAM, publisher: 'rtmp', readers: 0 })
      await publisher.stop()
      await until(() => expect(told()).toHaveLength(2))
      expect(provider.figures()).toEqual([])
    })

    it('[PV14] a close ends what is open, may come twice, and leaves nothing behind; nothing is told after it', async () => {
      const publisher = await onAir()
      await world.close()
      const toldByThen = [...events]
      await publisher.stop()
      await world.close()
      await vi.waitFor(() => expect(leftOpen(resourcesBefore)).toEqual([]), { timeout: 15_000, interval: 50 })
      await quiet(HELD_MS)
      expect(events).toEqual(toldByThen)
    })

    it('[PV15] while keys are changed, URLs signed with either are good; new ones are signed with the new key', async () => {
      const expiresAt = Date.now() + TTL_MS
      const signed = (url: string, key: StreamKey) => withQuery(url, `?${signStream(key, nameOf(STREAM), expiresAt)}`)
      const yesterday = (key: StreamKey) => ({ ...key, key: key.backup! })
      const publisher = await accepted(signed(pushUrls().rtmp, yesterday(PUSH_KEY)), STREAM)
      for (const key of [PLAY_KEY, yesterday(PLAY_KEY)])
        expect(await plays(signed(playUrls().flv!, key), STREAM)).toBe(true)
      await publisher.stop()
      const { expiresAt: until } = pushUrls()
      expect(pushUrls().rtmp).toContain(signStream(PUSH_KEY, nameOf(STREAM), until))
    })

    it(`[PV16] ${traits.capabilities.whip ? 'WebRTC is answered at its URLs, and refused with others' : 'there is no WebRTC here'}`, async () => {
      const { whip } = pushUrls()
      const { whep } = playUrls()
      if (whip) {
        expect(await offer(forge(whip))).toBeUndefined()
        expect(await offer(whip)).toMatch(/^v=0/)
      }
      if (whep) {
        await onAir(OTHER)
        expect(await offer(forge(playUrls(OTHER).whep!))).toBeUndefined()
        expect(await offer(playUrls(OTHER).whep!)).toMatch(/^v=0/)
      }
      expect([whip !== undefined, whep !== undefined]).toEqual([traits.capabilities.whip, traits.capabilities.whep])
    })
  })
}

/** `query` with its question mark, or nothing. */
const withQuery = (url: string, query: string) => url.split('?')[0] + query
/** Another first digit of the secret. */
const forge = (url: string) => url.replace(/(txSecret(?:=|%3D))(.)/i, (_, name: string, digit: string) => name + (digit === '0' ? '1' : '0'))
const openResources = () => process.getActiveResourcesInfo().filter(resource => RESOURCES.includes(resource))

/** Kinds of which there are more than before. */
function leftOpen(before: readonly string[]): string[] {
  const now = openResources()
  const count = (resources: readonly string[], kind: string) => resources.filter(resource => resource === kind).length
  return RESOURCES.filter(kind => count(now, kind) > count(before, kind))
}

/** The answer to a browser's offer; undefined when there is none. */
async function offer(url: string): Promise<string | undefined> {
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/sdp', 'Connection': 'close' }, body: offerSdp() }).catch(() => undefined)
  const text = await response?.text()
  return response?.status === 201 ? text : undefined
}
