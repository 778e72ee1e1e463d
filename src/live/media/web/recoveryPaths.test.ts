/** The same paths on the web: what is told, and what is opened and closed. */
import type { MediaTrouble } from '@/src/live/components/media'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { settle } from '@/src/testing/virtualClock'
import { createFakeBrowser, createFakeVideo, stubAudioNodes } from '../testing/fakeMedia'
import { createWebPlayer } from './webPlayer'
import { createWebPusher } from './webPusher'

type Peer = ReturnType<typeof createFakeBrowser>['peers'][number]

function createTold() {
  const told: (string | undefined)[] = []
  const onTrouble = (trouble: MediaTrouble | null) => void told.push(trouble ? `${trouble.kind}${'by' in trouble ? ` by ${trouble.by}` : 'attempt' in trouble ? ` ${trouble.attempt}` : ''}` : 'well')
  return { told, onTrouble }
}

const silent = () => ({ onStatus: vi.fn(), onProblem: vi.fn(), onStatistics: vi.fn(), onPreview: vi.fn(), onSize: vi.fn(), onAutoplayMuted: vi.fn(), onSourceEnded: vi.fn(), onDevices: vi.fn(), onBgm: vi.fn(), onVolume: vi.fn(), onPictureInPicture: vi.fn(), onFullscreen: vi.fn(), onDiagnostic: vi.fn() })

/** Bytes leave from now on, or no more. */
function send(peer: Peer, clock: { now: () => number }, doesSend = true) {
  const since = clock.now()
  const at = () => doesSend ? clock.now() : since
  peer.report = { forEach: (each: (entry: object) => void) => each({ type: 'outbound-rtp', kind: 'video', bytesSent: at() * 100, framesEncoded: at() / 40, frameWidth: 720, frameHeight: 1280 }) } as never
}

async function publishing() {
  const fake = createFakeBrowser()
  const { told, onTrouble } = createTold()
  const { video } = createFakeVideo()
  const on = silent()
  const pusher = createWebPusher({ browser: fake.browser, preview: video, settings: { source: 'camera', quality: 'HD', facing: 'front', cameraId: '', microphoneId: '' } as never, ...on, onTrouble })
  pusher.setUrl('http://media.test/whip/r1-u1')
  await pusher.start()
  await settle()
  const connect = (peer = fake.peers.at(-1)!) => {
    peer.moveTo('connected')
    send(peer, fake.clock)
  }
  connect()
  return { ...fake, fake, pusher, told, connect, ...on }
}

beforeEach(stubAudioNodes)

describe('publishing on the web', () => {
  it('[RC23] ICE that breaks heals by itself, or is given up after three seconds', async () => {
    const { clock, peers, told, connect } = await publishing()
    peers[0].moveTo('disconnected')
    peers[0].moveTo('connected')
    expect(told).toEqual(['reconnecting 1', 'well'])
    peers[0].moveTo('disconnected')
    await clock.advance(3000)
    expect(told.slice(2)).toEqual(['reconnecting 1', 'waiting 1'])
    await clock.advance(1000)
    connect()
    expect(told.slice(4)).toEqual(['reconnecting 1', 'well'])
  })

  it('[RC23] ICE that fails, and a server that is busy: our own waits until it is stuck', async () => {
    const { answerWith, clock, peers, told } = await publishing()
    answerWith(503)
    peers[0].moveTo('failed')
    await clock.advance(75_000)
    expect(told.filter(words => words?.startsWith('waiting'))).toEqual([1, 2, 3, 4, 5, 6].map(attempt => `waiting ${attempt}`))
    expect(told.at(-1)).toBe('stuck 7')
  })

  it('[RC23] without a network it rests; its return opens at once', async () => {
    const { fake, clock, fire, peers, told, connect } = await publishing()
    fake.isOnline = false
    fire('network')
    peers[0].moveTo('failed')
    await clock.advance(120_000)
    expect([peers.length, ...told]).toEqual([1, 'offline'])
    fake.isOnline = true
    fire('network')
    connect()
    expect([peers.length, ...told]).toEqual([2, 'offline', 'reconnecting 1', 'well'])
  })

  it('[RC23] another network: what still sends stays, what is silent is opened anew', async () => {
    const { clock, fire, peers, told } = await publishing()
    fire('network')
    await clock.advance(30_000)
    expect([peers.length, ...told]).toEqual([1])
    send(peers[0], clock, false)
    await clock.advance(1000) // what left before
    fire('network')
    await clock.advance(8000)
    expect([peers.length, ...told]).toEqual([2, 'weak', 'reconnecting 1'])
  })

  it('[RC23] a hidden tab goes on, and on return a sign of life is due', async () => {
    const { clock, fake, fire, peers, told } = await publishing()
    fake.isVisible = false
    await clock.advance(60_000)
    expect([peers.length, ...told]).toEqual([1])
    fake.isVisible = true
    fire('pageVisible')
    await clock.advance(10_000)
    expect([peers.length, ...told]).toEqual([1])
    send(peers[0], clock, false)
    await clock.advance(1000)
    fire('pageVisible')
    await clock.advance(8000)
    expect(peers).toHaveLength(2)
  })

  it('[RC23] a camera that the system takes pauses, and its return resumes over the same connection', async () => {
    const { devices, peers, told } = await publishing()
    const [camera] = devices.given
    camera.dispatchEvent(new Event('mute'))
    expect(told).toEqual(['paused by system'])
    camera.dispatchEvent(new Event('unmute'))
    expect([peers.length, ...told]).toEqual([1, 'paused by system', 'reconnecting 1', 'well'])
  })

  it('[RC23] a camera that is pulled out is replaced over the same connection', async () => {
    const { devices, peers, told, onStatus } = await publishing()
    devices.given[0].end()
    await settle()
    expect([peers.length, ...told]).toEqual([1])
    expect(onStatus).toHaveBeenLastCalledWith('live')
    expect(devices.open.map(({ kind }) => kind)).toEqual(['audio', 'video'])
  })

  it('[RC14] paused by the person it sends black and silence over the same connection', async () => {
    const { peers, pusher, told } = await publishing()
    const enabled = () => peers[0].transceivers.map(({ sender }) => (sender.track as { enabled: boolean }).enabled)
    pusher.pause()
    expect(enabled()).toEqual([false, false])
    pusher.resume()
    expect(enabled()).toEqual([true, true])
    expect([peers.length, ...told]).toEqual([1, 'paused by person', 'well'])
  })

  it('[RC20] destroyed, nothing of the page reaches it', async () => {
    const { clock, devices, fire, peers, pusher } = await publishing()
    pusher.destroy()
    fire('pageVisible')
    fire('network')
    devices.given[0].dispatchEvent(new Event('unmute'))
    await clock.advance(60_000)
    expect([peers.length, clock.pending, devices.open.length]).toEqual([1, 0, 0])
  })
})

describe('playing on the web', () => {
  async function watching() {
    const fake = createFakeBrowser()
    const { told, onTrouble } = createTold()
    const screen = createFakeVideo()
    const pause = vi.fn(() => screen.state.paused = true)
    Object.assign(screen.video, { pause })
    screen.play.mockImplementation(async () => void (screen.state.paused = false))
    const player = createWebPlayer({ browser: fake.browser, video: screen.video, ...silent(), onTrouble })
    player.select({ urls: { flv: 'http://media.test/x.flv', expiresAt: 0 }, mode: 'live' })
    player.start()
    await settle()
    const show = () => screen.fire('loadeddata')
    show()
    /** Seconds of a picture that moves. */
    async function play(seconds: number) {
      for (let second = 0; second < seconds; second++) {
        screen.state.currentTime++
        screen.state.frames += 25
        fake.players.at(-1)!.emit('statistics', { speed: 125 })
        await fake.clock.advance(1000)
      }
    }
    return { ...fake, fake, screen, player, told, show, play, pause }
  }

  it('[RC23] the end of the stream: our own waits, and the picture comes back by itself', async () => {
    const { clock, players, told, play, show } = await watching()
    await play(12)
    players[0].emit('complete')
    await clock.advance(500)
    await settle()
    show()
    expect(told).toEqual(['waiting 1', 'reconnecting 1', 'well'])
  })

  it('[RC23] a picture that stands still', async () => {
    const { clock, players, told, play } = await watching()
    await play(3)
    await clock.advance(2000)
    expect(told).toEqual(['reconnecting 1'])
    await clock.advance(5000)
    expect(players.length).toBeGreaterThan(1)
  })

  it('[RC23] after another network it is opened anew unless the picture moves', async () => {
    const { fire, players, told, play } = await watching()
    await play(3)
    fire('network')
    await play(20)
    expect([players.length, ...told]).toEqual([1])
  })

  it('[RC23] paused or hidden, what stands still proves nothing', async () => {
    const { clock, fake, fire, players, told, play } = await watching()
    await play(3)
    fake.isVisible = false
    fire('network')
    await clock.advance(60_000)
    expect([players.length, ...told]).toEqual([1])
  })

  it('[RC14] holds the picture until the person goes on, also when the tab is shown again', async () => {
    const { clock, fire, player, players, pause, screen, told, play } = await watching()
    await play(3)
    player.pause()
    expect(pause).toHaveBeenCalledOnce()
    fire('pageVisible')
    await clock.advance(60_000)
    expect(screen.state.paused).toBe(true)
    player.resume()
    await play(10)
    expect(screen.state.paused).toBe(false)
    expect([players.length, ...told]).toEqual([1, 'paused by person', 'well'])
  })
})
