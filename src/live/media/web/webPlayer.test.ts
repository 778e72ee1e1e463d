import type { PlayPowers } from '../playPlan'
import { describe, expect, it, vi } from 'vitest'
import { settle } from '@/src/testing/virtualClock'
import { createFakeBrowser, createFakeVideo, domError, FakeTrack } from '../testing/fakeMedia'
import { createWebPlayer } from './webPlayer'

const URLS = { wsFlv: 'ws://media.test/x.flv', flv: 'http://media.test/x.flv', whep: 'http://media.test/whep/x', hls: 'http://media.test/x.m3u8', expiresAt: 0 }

function setup(powers: Partial<PlayPowers> = {}) {
  const fake = createFakeBrowser({ powers: { hasWebRtc: true, hasMediaSource: true, hasNativeHls: false, isIos: false, ...powers } })
  const screen = createFakeVideo()
  const on = { onStatus: vi.fn(), onProblem: vi.fn(), onStatistics: vi.fn(), onSize: vi.fn(), onAutoplayMuted: vi.fn(), onTrouble: vi.fn(), onVolume: vi.fn(), onPictureInPicture: vi.fn(), onFullscreen: vi.fn(), onDiagnostic: vi.fn() }
  const player = createWebPlayer({ browser: fake.browser, video: screen.video, ...on })
  player.select({ urls: URLS, mode: 'live' })
  return { fake, ...fake, ...screen, fire: fake.fire, fireVideo: screen.fire, player, ...on, statuses: () => on.onStatus.mock.calls.map(([status]) => status) }
}

async function live(powers?: Partial<PlayPowers>) {
  const all = setup(powers)
  all.player.start()
  await settle()
  all.fireVideo('loadeddata')
  return all
}

describe('playing FLV', () => {
  it('[PB1] WS-FLV first; the first picture makes it live', async () => {
    const { players, statuses, play } = await live()
    expect(players.map(({ url }) => url)).toEqual([URLS.wsFlv])
    expect(play).toHaveBeenCalledOnce()
    expect(statuses()).toEqual(['connecting', 'live'])
  })

  it('[PB2] refused by WebSocket it takes HTTP, and then WebRTC', async () => {
    const { peers, players, player } = setup()
    player.start()
    await settle()
    players[0].emit('error', 'NetworkError', 'Exception', { code: -1 })
    await settle()
    expect(players[1].url).toBe(URLS.flv)
    expect(players[0].isDestroyed).toBe(true)
    players[1].emit('error', 'NetworkError', 'HttpStatusCodeInvalid', { code: 502 })
    await settle()
    expect(peers).toHaveLength(1)
  })

  it.each([[404, 'STREAM_GONE', 'connecting'], [403, 'REFUSED', 'failed']] as const)('[PB3] HTTP %i is %s', async (code, problem, status) => {
    const { onProblem, players, player, statuses } = setup()
    player.select({ urls: { flv: URLS.flv, whep: URLS.whep, expiresAt: 0 }, mode: 'live' })
    player.start()
    await settle()
    players[0].emit('error', 'NetworkError', 'HttpStatusCodeInvalid', { code })
    expect(onProblem.mock.calls).toEqual([[{ code: problem }]])
    expect(statuses().at(-1)).toBe(status)
  })

  it('[PB3] a codec that MediaSource does not take sends it to the next way for good', async () => {
    const { clock, players, peers, player } = setup()
    player.select({ urls: { flv: URLS.flv, whep: URLS.whep, expiresAt: 0 }, mode: 'live' })
    player.start()
    await settle()
    players[0].emit('error', 'MediaError', 'CodecUnsupported')
    await clock.advance(30_000)
    expect(players).toHaveLength(1)
    expect(peers.length).toBeGreaterThan(1)
  })

  it('[PB4] when the anchor drops it returns by itself, by the way that worked', async () => {
    const { clock, players, state, statuses, fireVideo } = await live()
    for (let second = 1; second <= 10; second++) {
      state.currentTime = second
      await clock.advance(1000)
    }
    players[0].emit('complete')
    await clock.advance(500)
    await settle()
    fireVideo('loadeddata')
    expect(players.map(({ url }) => url)).toEqual([URLS.wsFlv, URLS.wsFlv])
    expect(statuses()).toEqual(['connecting', 'live', 'interrupted', 'live'])
  })

  it('[PB15] the start and the return to the tab jump to the live edge', async () => {
    const { clock, fire, fireVideo, state } = await live()
    Object.assign(state, { currentTime: 0, edge: 2 })
    fireVideo('canplay')
    expect(state.currentTime).toBeCloseTo(1.65)
    state.edge = 3
    await clock.advance(500)
    expect(state.currentTime).toBeCloseTo(2.65)
    state.edge = 60
    fire('pageVisible')
    expect(state.currentTime).toBeCloseTo(59.65)
    state.edge = 60.1
    fire('pageVisible')
    expect(state.currentTime).toBeCloseTo(59.65)
  })

  it('[PB16] a picture that stands still wavers, and is fetched anew', async () => {
    const { clock, players, statuses } = await live()
    await clock.advance(3000)
    expect(statuses().at(-1)).toBe('interrupted')
    await clock.advance(4000)
    expect(players[0].isDestroyed).toBe(true)
    expect(players).toHaveLength(2)
  })

  it('[PB16] but not while it is paused or hidden', async () => {
    const { clock, fake, players, state } = await live()
    state.paused = true
    await clock.advance(30_000)
    Object.assign(state, { paused: false })
    fake.isVisible = false
    await clock.advance(30_000)
    expect(players).toHaveLength(1)
  })

  it('[PB17] tells bitrate, frames, size and how far it is behind', async () => {
    const { clock, players, state, onStatistics } = await live()
    Object.assign(state, { currentTime: 4.6, edge: 5, videoWidth: 720, videoHeight: 1280, frames: 25 })
    players[0].emit('statistics', { speed: 125 })
    await clock.advance(1000)
    expect(onStatistics).toHaveBeenCalledWith({ at: clock.now(), transport: 'wsFlv', bitrateKbps: 1000, fps: 25, width: 720, height: 1280, bufferMs: 400 })
  })

  it('[PB14] autoplay refused: it runs muted and the page is told', async () => {
    const { play, player, video, onAutoplayMuted } = setup()
    play.mockRejectedValueOnce(domError('NotAllowedError'))
    player.start()
    await settle()
    expect(video.muted).toBe(true)
    expect(onAutoplayMuted).toHaveBeenCalledOnce()
    player.unmuteByGesture()
    expect(video.muted).toBe(false)
  })

  it('[PB4] stop ends everything, in any state and twice', async () => {
    const { clock, player, players, statuses } = await live()
    player.stop()
    player.destroy()
    expect(players[0].isDestroyed).toBe(true)
    expect(clock.pending).toBe(0)
    expect(statuses().at(-1)).toBe('idle')
    const opening = setup()
    opening.player.start()
    opening.player.stop()
    await settle()
    expect(opening.players).toEqual([])
  })
})

describe('playing WebRTC and HLS', () => {
  it('[PB1][LM166] low latency takes WHEP, without a jitter buffer, and is live with the first picture', async () => {
    const { fireVideo, peers, player, state, statuses } = setup()
    player.select({ urls: URLS, mode: 'lowLatency' })
    player.start()
    await settle()
    const receiver = {}
    peers[0].ontrack!({ track: { kind: 'video' } as FakeTrack, receiver })
    expect(receiver).toEqual({ jitterBufferTarget: 0 })
    expect((state.srcObject as { tracks: unknown[] }).tracks).toHaveLength(1)
    peers[0].moveTo('connected')
    expect(statuses()).toEqual(['connecting'])
    fireVideo('loadeddata')
    expect(statuses()).toEqual(['connecting', 'live'])
    player.stop()
    expect(state.srcObject).toBeNull()
  })

  it('[LM169] sound that has come alone for a second is played without waiting for a picture, which joins it when it comes', async () => {
    const { clock, fireVideo, peers, play, player, state, statuses } = setup({ isIos: true })
    player.start()
    await settle()
    const tracks = { video: new FakeTrack('video', 'far'), audio: new FakeTrack('audio', 'far') }
    const kinds = () => (state.srcObject as { tracks: FakeTrack[] }).tracks.map(({ kind }) => kind)
    for (const track of [tracks.video, tracks.audio])
      peers[0].ontrack!({ track, receiver: {} })
    tracks.audio.dispatchEvent(new Event('unmute'))
    await clock.advance(999)
    expect(kinds()).toEqual(['video', 'audio'])
    await clock.advance(1)
    expect(kinds()).toEqual(['audio'])
    expect(play).toHaveBeenCalledTimes(2)
    fireVideo('loadeddata')
    expect(statuses()).toEqual(['connecting', 'live'])
    tracks.video.dispatchEvent(new Event('unmute'))
    expect(kinds()).toEqual(['video', 'audio'])
    player.destroy()
    expect(clock.pending).toBe(0)
  })

  it('[PB7] a viewer that leaves ends its session', async () => {
    const { fetch, fire, player } = setup({ isIos: true })
    player.start()
    await settle()
    fire('pageHide')
    expect(fetch.mock.calls.map(([url, { method }]) => `${method} ${url}`)).toEqual([`POST ${URLS.whep}`, 'DELETE http://media.test/rtc/1'])
  })

  it('[PB9] a WHEP connection that breaks and heals is an interruption', async () => {
    const { clock, peers, statuses } = await live({ isIos: true })
    peers[0].moveTo('connected')
    peers[0].moveTo('disconnected')
    await clock.advance(1000)
    peers[0].moveTo('connected')
    expect(statuses()).toEqual(['connecting', 'live', 'interrupted', 'live'])
  })

  it('[PB1] HLS where nothing else plays', async () => {
    const { clock, onStatistics, statuses, video } = await live({ hasMediaSource: false, hasWebRtc: false, hasNativeHls: true })
    expect(video.src).toBe(URLS.hls)
    await clock.advance(1000)
    expect(onStatistics.mock.calls[0][0]).toMatchObject({ transport: 'hls' })
    video.dispatchEvent(new Event('error'))
    expect(video.hasAttribute('src')).toBe(false)
    expect(statuses()).toEqual(['connecting', 'live', 'interrupted'])
  })

  it('[PB1] a browser that can do nothing says so', () => {
    const { onProblem, player, statuses } = setup({ hasMediaSource: false, hasWebRtc: false })
    player.start()
    expect(onProblem).toHaveBeenCalledWith({ code: 'UNSUPPORTED' })
    expect(statuses()).toEqual(['failed'])
  })

  it('[PB14] volume stays between 0 and 1', () => {
    const { player, video } = setup()
    player.setVolume(3)
    expect(video.volume).toBe(1)
    player.setVolume(-1)
    expect(video.volume).toBe(0)
  })
})

describe('another stream or mode', () => {
  const MIXED = { wsFlv: 'ws://media.test/mixed.flv?1', whep: 'http://media.test/whep/mixed?1', expiresAt: 0 }
  const canvasOver = (video: HTMLVideoElement) => video.nextElementSibling

  async function watching() {
    const all = setup()
    const createCanvas = (width: number, height: number) => Object.assign(document.createElement('canvas'), { width, height, getContext: () => ({ drawImage() {} }) })
    Object.assign(all.fake.browser, { createCanvas })
    document.createElement('div').append(all.video)
    all.player.start()
    await settle()
    Object.assign(all.state, { videoWidth: 720, videoHeight: 1280 })
    all.fireVideo('loadeddata')
    return all
  }

  it('[LM167] takes the place of what plays at once', async () => {
    const { peers, player, players, statuses, fireVideo } = await watching()
    player.select({ urls: MIXED, mode: 'live' })
    await settle()
    expect(players.map(({ url }) => url)).toEqual([URLS.wsFlv, MIXED.wsFlv])
    expect(players[0].isDestroyed).toBe(true)
    fireVideo('loadeddata')
    player.select({ urls: MIXED, mode: 'lowLatency' })
    await settle()
    expect(players[1].isDestroyed).toBe(true)
    expect(peers).toHaveLength(1)
    fireVideo('loadeddata')
    expect(statuses()).toEqual(['connecting', 'live', 'connecting', 'live', 'connecting', 'live'])
  })

  it('[LM167] fresh addresses, or none, disturb nothing; they serve the next try', async () => {
    const { clock, player, players } = await watching()
    const fresh = { ...URLS, wsFlv: `${URLS.wsFlv}?fresh` }
    player.select({ urls: fresh, mode: 'live' })
    player.select({ urls: undefined, mode: 'live' })
    await settle()
    expect(players).toHaveLength(1)
    players[0].emit('complete')
    await clock.advance(500)
    expect(players.slice(1).map(({ url }) => url)).not.toContain(URLS.wsFlv)
    expect(players).toHaveLength(2)
  })

  it('[LM167] starts nothing of which nothing was asked', async () => {
    const { player, players } = setup()
    player.select({ urls: MIXED, mode: 'live' })
    await settle()
    expect(players).toEqual([])
  })

  it('[LM168] the last picture stays in sight until the first of the new stream', async () => {
    const { player, video, fireVideo } = await watching()
    player.select({ urls: MIXED, mode: 'live' })
    await settle()
    const still = canvasOver(video) as HTMLCanvasElement
    expect([still.width, still.height]).toEqual([720, 1280])
    expect([still.style.objectFit, still.style.position]).toEqual([video.style.objectFit, 'absolute'])
    fireVideo('loadeddata')
    expect(canvasOver(video)).toBeNull()
  })

  it('[LM168] nor longer than there is hope for one', async () => {
    const { player, players, video } = await watching()
    player.select({ urls: { flv: 'http://media.test/mixed.flv', expiresAt: 0 }, mode: 'live' })
    await settle()
    expect(canvasOver(video)).not.toBeNull()
    players[1].emit('error', 'NetworkError', 'HttpStatusCodeInvalid', { code: 404 })
    expect(canvasOver(video)).toBeNull()
    const stopped = await watching()
    stopped.player.select({ urls: MIXED, mode: 'live' })
    await settle()
    stopped.player.stop()
    expect(canvasOver(stopped.video)).toBeNull()
  })
})
