import type { FakeTrack } from '../testing/fakeMedia'
import type { CaptureSettings } from './devices'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { settle } from '@/src/testing/virtualClock'
import { CODECS, createFakeBrowser, createFakeVideo, stubAudioNodes } from '../testing/fakeMedia'
import { createWebPusher } from './webPusher'

const URL = 'http://media.test/whip/r1-u1'

function setup(settings: Partial<CaptureSettings> = {}, fake = createFakeBrowser()) {
  const { video, state, fire } = createFakeVideo()
  const on = { onStatus: vi.fn(), onProblem: vi.fn(), onStatistics: vi.fn(), onPreview: vi.fn(), onSourceEnded: vi.fn(), onDevices: vi.fn(), onTrouble: vi.fn(), onBgm: vi.fn(), onVolume: vi.fn(), onPictureInPicture: vi.fn(), onDiagnostic: vi.fn() }
  const pusher = createWebPusher({ browser: fake.browser, preview: video, settings: { source: 'camera', quality: 'HD', facing: 'front', cameraId: '', microphoneId: '', ...settings }, ...on })
  pusher.setUrl(URL)
  const requests = () => fake.fetch.mock.calls.map(([url, { method }]) => `${method} ${new globalThis.URL(url).pathname}`)
  return { fake, video, state, fireVideo: fire, pusher, requests, ...on, statuses: () => on.onStatus.mock.calls.map(([status]) => status), ...fake }
}

async function live(settings?: Partial<CaptureSettings>) {
  const all = setup(settings)
  await all.pusher.start()
  await settle()
  all.peers[0].moveTo('connected')
  const [video, audio] = all.peers[0].transceivers
  return { ...all, peer: all.peers[0], video: video.sender, audio: audio.sender }
}

beforeEach(stubAudioNodes)

describe('publishing on the web', () => {
  it('[PB7] offers H.264 in packetization mode 1 only, baseline first, with the bitrate of its quality', async () => {
    const { peer } = await live()
    const [video, audio] = peer.transceivers
    expect(video.codecs).toEqual([CODECS[3], CODECS[1]])
    expect(video.init).toMatchObject({ direction: 'sendonly', sendEncodings: [{ maxBitrate: 1_800_000 }] })
    expect(video.sender.parameters).toMatchObject({ degradationPreference: 'maintain-resolution', encodings: [{ maxBitrate: 1_800_000 }] })
    expect(audio.init.streams).toEqual(video.init.streams)
  })

  it('[PB7] a browser without H.264 says that it cannot publish', async () => {
    const { pusher, onProblem, statuses } = setup({}, createFakeBrowser({ sendableVideoCodecs: () => [CODECS[0]] }))
    await pusher.start()
    expect(onProblem).toHaveBeenCalledWith({ code: 'UNSUPPORTED' })
    expect(statuses()).toEqual(['connecting', 'failed'])
  })

  it('[PB10] source, camera and microphone change while live by replaced tracks, without a new connection', async () => {
    const { pusher, peers, video, audio } = await live()
    pusher.select({ source: 'screen' })
    await settle()
    expect((video.track as FakeTrack).label).toBe('screen')
    pusher.select({ microphoneId: 'usb' })
    await settle()
    expect(audio.replaceTrack).toHaveBeenCalledOnce()
    pusher.select({ source: 'pattern' })
    await settle()
    expect([(video.track as FakeTrack).label, (audio.track as FakeTrack).label]).toEqual(['pattern', 'made'])
    expect(peers).toHaveLength(1)
  })

  it('[PB10] another quality changes the bitrate of what runs', async () => {
    const { pusher, video } = await live()
    pusher.select({ quality: 'SD' })
    await settle()
    expect(video.parameters.encodings[0].maxBitrate).toBe(850_000)
  })

  it('[PB13] mute silences the track that runs and every one that follows', async () => {
    const { pusher, audio } = await live()
    pusher.setMuted(true)
    expect((audio.track as FakeTrack).enabled).toBe(false)
    pusher.select({ microphoneId: 'usb' })
    await settle()
    expect((audio.track as FakeTrack).enabled).toBe(false)
    pusher.setMuted(false)
    expect((audio.track as FakeTrack).enabled).toBe(true)
  })

  it('[PB4] comes back by itself with the same tracks until stop()', async () => {
    const { clock, peers, pusher, requests, statuses, devices } = await live()
    await clock.advance(15_000)
    peers[0].moveTo('failed')
    await clock.advance(1000)
    await settle()
    peers[1].moveTo('connected')
    expect(statuses()).toEqual(['connecting', 'live', 'interrupted', 'live'])
    expect(peers[1].transceivers[0].sender.track).toBe(peers[0].transceivers[0].sender.track)
    pusher.stop()
    pusher.stop()
    expect(requests()).toEqual(['POST /whip/r1-u1', 'DELETE /rtc/1', 'POST /whip/r1-u1', 'DELETE /rtc/2'])
    expect(devices.open).toEqual([])
    expect(clock.pending).toBe(0)
    expect(statuses().at(-1)).toBe('idle')
  })

  it('[PB4] does not wait when the network returns', async () => {
    const { fire, peers } = await live()
    peers[0].moveTo('failed')
    fire('network')
    expect(peers).toHaveLength(2)
  })

  it('[PB7] says goodbye when the page goes away', async () => {
    const { fire, requests } = await live()
    fire('pageHide')
    expect(requests()).toEqual(['POST /whip/r1-u1', 'DELETE /rtc/1'])
  })

  it.each([[403, 'REFUSED'], [404, 'REFUSED'], [410, 'REFUSED'], [415, 'UNSUPPORTED']] as const)('[PB8] a server that answers %i ends it with %s', async (status, code) => {
    const { answerWith, pusher, onProblem, statuses } = setup()
    answerWith(status)
    await pusher.start()
    await settle()
    expect(onProblem).toHaveBeenCalledWith({ code })
    expect(statuses()).toEqual(['connecting', 'failed'])
  })

  it('[PB8] a server that is busy is asked again', async () => {
    const { answerWith, clock, pusher, onProblem, peers, statuses } = setup()
    answerWith(503)
    await pusher.start()
    await settle()
    expect(onProblem).toHaveBeenCalledWith({ code: 'NETWORK' })
    answerWith(201)
    await clock.advance(1000)
    await settle()
    peers[1].moveTo('connected')
    expect(statuses()).toEqual(['connecting', 'live'])
  })

  describe('the same room published elsewhere', () => {
    const posts = (fetch: ReturnType<typeof createFakeBrowser>['fetch']) => fetch.mock.calls.flatMap(([url, { method }]) => method === 'POST' ? [url] : [])

    /** The first session stood and its connection broke. */
    async function lost() {
      const all = await live()
      all.pusher.setUrl(`${URL}?txSecret=s`)
      all.peers[0].moveTo('failed')
      return all
    }

    it('[PB26] every try of one start names the last session that stood', async () => {
      const { clock, fetch, peers } = await lost()
      await clock.advance(1000) // its connection never stands
      await clock.advance(15_000)
      expect(peers).toHaveLength(3)
      peers[2].moveTo('connected')
      peers[2].moveTo('failed')
      await clock.advance(5000)
      expect(posts(fetch)).toEqual([URL, `${URL}?txSecret=s&after=1`, `${URL}?txSecret=s&after=1`, `${URL}?txSecret=s&after=3`])
    })

    it('[PB26] told so it stops trying, and start() takes the stream back', async () => {
      const { answerWith, clock, fetch, fire, onProblem, peers, pusher, statuses } = await lost()
      answerWith(409, 'REPLACED')
      await clock.advance(1000)
      expect(statuses()).toEqual(['connecting', 'live', 'interrupted', 'failed'])
      expect(onProblem.mock.calls).toEqual([[{ code: 'REPLACED' }]])
      fire('network')
      await clock.advance(60_000)
      expect(peers).toHaveLength(2)
      answerWith(201)
      await pusher.start()
      await settle()
      peers[2].moveTo('connected')
      expect(posts(fetch).at(-1)).toBe(`${URL}?txSecret=s`)
      expect(statuses().at(-1)).toBe('live')
    })

    it('[PB26] after stop() there is nothing to come back to', async () => {
      const { fetch, pusher } = await live()
      pusher.stop()
      await pusher.start()
      await settle()
      expect(posts(fetch)).toEqual([URL, URL])
    })
  })

  it('[PB11] a camera that is denied fails before anything is sent', async () => {
    const { devices, fetch, pusher, onProblem, statuses } = setup()
    devices.refusals.video = 'NotAllowedError'
    await pusher.start()
    expect(onProblem.mock.calls.map(([{ code }]) => code)).toContain('CAMERA_DENIED')
    expect(statuses()).toEqual(['failed'])
    expect(fetch).not.toHaveBeenCalled()
  })

  it('[PB12] stopped while the person is being asked, it starts nothing', async () => {
    const { devices, fetch, pusher, statuses } = setup()
    const starting = pusher.start()
    pusher.stop()
    await starting
    expect(devices.open).toEqual([])
    expect(fetch).not.toHaveBeenCalled()
    expect(statuses()).toEqual([])
  })

  it('[PB17] tells statistics each second while live, and the preview\'s size once', async () => {
    const { clock, peer, state, fireVideo, onPreview, onStatistics, pusher } = await live()
    peer.report.set('v', { type: 'outbound-rtp', kind: 'video', bytesSent: 125_000, framesEncoded: 25, frameWidth: 1280, frameHeight: 720 })
    await clock.advance(1000)
    expect(onStatistics.mock.calls[0][0]).toMatchObject({ transport: 'whip', bitrateKbps: 1000, fps: 25, width: 1280 })
    Object.assign(state, { videoWidth: 1280, videoHeight: 720 })
    fireVideo('resize')
    fireVideo('resize')
    expect(onPreview.mock.calls).toEqual([[{ width: 1280, height: 720 }]])
    pusher.stop()
    await clock.advance(5000)
    expect(onStatistics).toHaveBeenCalledOnce()
  })

  it('[PB10] the switch button turns a phone round and walks a computer\'s cameras', async () => {
    const { devices, pusher } = await live()
    devices.given[0].settings.facingMode = 'user'
    await pusher.switchCamera()
    await settle()
    expect(devices.getUserMedia.mock.lastCall![0]).toMatchObject({ video: { facingMode: { ideal: 'environment' } } })
    devices.devices.push({ kind: 'videoinput', deviceId: 'c1', label: 'A' }, { kind: 'videoinput', deviceId: 'c2', label: 'B' })
    devices.given.at(-1)!.settings.deviceId = 'c1'
    await pusher.switchCamera()
    await settle()
    expect(devices.getUserMedia.mock.lastCall![0]).toMatchObject({ video: { deviceId: { exact: 'c2' } } })
  })

  it('[PB11] tells what was plugged in, until it is destroyed', async () => {
    const { devices, pusher, onDevices } = setup()
    devices.devices.push({ kind: 'videoinput', deviceId: 'c1', label: 'A' })
    devices.dispatchEvent(new Event('devicechange'))
    await settle()
    expect(onDevices).toHaveBeenCalledWith({ cameras: [{ id: 'c1', name: 'A' }], microphones: [], canShareScreen: true })
    pusher.destroy()
    devices.dispatchEvent(new Event('devicechange'))
    await settle()
    expect(onDevices).toHaveBeenCalledOnce()
  })
})
