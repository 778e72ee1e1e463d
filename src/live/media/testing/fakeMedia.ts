/** The parts of a browser that media touches, obedient to a test. */
import type { Browser, MpegtsModule } from '../web/browser'
import type { VirtualClock } from '@/src/testing/virtualClock'
import { vi } from 'vitest'
import { createVirtualClock } from '@/src/testing/virtualClock'

export class FakeTrack extends EventTarget {
  enabled = true
  readyState: MediaStreamTrackState = 'live'
  capabilities: object = {}
  readonly applyConstraints = vi.fn(async () => {})

  constructor(readonly kind: 'audio' | 'video', readonly label: string, readonly settings: MediaTrackSettings = {}) {
    super()
  }

  getSettings() {
    return this.settings
  }

  getCapabilities() {
    return this.capabilities
  }

  getConstraints() {
    return {}
  }

  stop() {
    this.readyState = 'ended'
  }

  /** As if the device were pulled out. */
  end() {
    this.readyState = 'ended'
    this.dispatchEvent(new Event('ended'))
  }
}

export class FakeSender {
  parameters = { encodings: [{ maxBitrate: 0 }], degradationPreference: undefined as string | undefined }
  constructor(public track: FakeTrack | string) {}
  getParameters = () => structuredClone(this.parameters)
  getStats = async () => new Map([['source', { type: 'media-source', audioLevel: 0.25 }]])
  setParameters = vi.fn(async (parameters: typeof this.parameters) => {
    this.parameters = parameters
  })

  replaceTrack = vi.fn(async (track: FakeTrack) => {
    this.track = track
  })
}

class FakeDtlsTransport extends EventTarget {
  state: RTCDtlsTransportState = 'connected'
}

export class FakePeer extends EventTarget {
  connectionState: RTCPeerConnectionState = 'new'
  iceGatheringState: RTCIceGatheringState = 'complete'
  localDescription: { sdp: string } | null = null
  remoteAnswer = ''
  isClosed = false
  report = new Map<string, object>()
  ontrack: ((event: { track: FakeTrack, receiver: object }) => void) | null = null
  private readonly transport = new FakeDtlsTransport()
  readonly transceivers: { sender: FakeSender, codecs: RTCRtpCodec[], init: RTCRtpTransceiverInit }[] = []

  addTransceiver(track: FakeTrack | string, init: RTCRtpTransceiverInit) {
    const transceiver = {
      sender: new FakeSender(track),
      init,
      codecs: [] as RTCRtpCodec[],
      setCodecPreferences: (codecs: RTCRtpCodec[]) => void (transceiver.codecs = codecs),
    }
    this.transceivers.push(transceiver)
    return transceiver
  }

  getTransceivers = () => [{ sender: { transport: this.transport } }]
  createOffer = async () => ({ sdp: 'offer' })
  setLocalDescription = async (description: { sdp: string }) => void (this.localDescription = description)
  setRemoteDescription = async ({ sdp }: { sdp: string }) => void (this.remoteAnswer = sdp)
  getStats = async () => this.report
  close = () => void (this.isClosed = true)

  /** The other side closes by DTLS. */
  hearGoodbye() {
    this.transport.state = 'closed'
    this.transport.dispatchEvent(new Event('statechange'))
  }

  moveTo(state: RTCPeerConnectionState) {
    this.connectionState = state
    this.dispatchEvent(new Event('connectionstatechange'))
  }
}

export class FakeStream {
  constructor(readonly tracks: FakeTrack[]) {}
  getTracks = () => this.tracks
  getVideoTracks = () => this.tracks.filter(({ kind }) => kind === 'video')
  getAudioTracks = () => this.tracks.filter(({ kind }) => kind === 'audio')
  addTrack = (track: FakeTrack) => void this.tracks.push(track)
}

/** A DOMException by name; happy-dom's own cannot be told apart. */
export const domError = (name: string) => Object.assign(new Error(name), { name })

export class FakeMediaDevices extends EventTarget {
  /** Every track that was ever given out. */
  readonly given: FakeTrack[] = []
  /** Of the cameras. */
  capabilities: object = {}
  readonly devices: Partial<MediaDeviceInfo>[] = []
  /** A test makes a device refuse by its kind. */
  readonly refusals: { video?: string, audio?: string, screen?: string } = {}

  readonly getUserMedia = vi.fn(async ({ video, audio }: MediaStreamConstraints) => {
    const refusal = (video && this.refusals.video) || (audio && this.refusals.audio)
    if (refusal)
      throw domError(refusal)
    return this.give([...video ? ['video' as const] : [], ...audio ? ['audio' as const] : []])
  })

  readonly getDisplayMedia = vi.fn(async () => {
    if (this.refusals.screen)
      throw domError(this.refusals.screen)
    return this.give(['video'], 'screen')
  })

  readonly enumerateDevices = async () => this.devices

  get open() {
    return this.given.filter(({ readyState }) => readyState === 'live')
  }

  private give(kinds: ('audio' | 'video')[], label?: string) {
    const tracks = kinds.map(kind => new FakeTrack(kind, label ?? (kind === 'video' ? 'camera' : 'microphone')))
    for (const track of tracks)
      track.capabilities = track.kind === 'video' ? this.capabilities : {}
    this.given.push(...tracks)
    return new FakeStream(tracks)
  }
}

export class FakeMpegtsPlayer {
  readonly listeners = new Map<string, (...details: any[]) => void>()
  isDestroyed = false
  constructor(readonly url: string) {}
  on = (event: string, listener: (...details: any[]) => void) => void this.listeners.set(event, listener)
  emit = (event: string, ...details: unknown[]) => this.listeners.get(event)?.(...details)
  attachMediaElement = vi.fn()
  load = vi.fn()
  destroy = () => void (this.isDestroyed = true)
}

export interface FakeBrowser {
  readonly browser: Browser
  readonly clock: VirtualClock
  readonly devices: FakeMediaDevices
  readonly peers: FakePeer[]
  readonly players: FakeMpegtsPlayer[]
  /** Answers POST by status; the body is an SDP. */
  readonly fetch: ReturnType<typeof vi.fn>
  answerWith: (status: number, code?: string) => void
  readonly permissions: { camera?: PermissionState, microphone?: PermissionState }
  /** Fires what the page tells. */
  fire: (event: 'pageHide' | 'pageVisible' | 'network' | 'gesture') => void
  isVisible: boolean
  isOnline: boolean
}

export function createFakeBrowser(change: Partial<Browser> = {}): FakeBrowser {
  const clock = createVirtualClock()
  const devices = new FakeMediaDevices()
  const listeners = new Map<string, Set<() => void>>()
  let status = 201
  let code: string | undefined
  let sessions = 0
  const on = (event: string) => (listener: () => void) => {
    const known = listeners.get(event) ?? new Set()
    listeners.set(event, known.add(listener))
    return () => void known.delete(listener)
  }
  const fake: FakeBrowser = {
    clock,
    devices,
    peers: [],
    players: [],
    permissions: {},
    isVisible: true,
    isOnline: true,
    answerWith: (...next) => void ([status, code] = next),
    fetch: vi.fn(async (_url: string, { method }: RequestInit) => ({
      status: method === 'DELETE' ? 200 : status,
      headers: new Map(status === 201 && method === 'POST' ? [['location', `/rtc/${++sessions}`]] : []),
      text: async () => 'answer',
      json: async () => ({ code }),
    })),
    fire: event => listeners.get(event)?.forEach(listener => listener()),
    browser: undefined as never,
  }
  const mpegts = {
    createPlayer({ url }: { url: string }) {
      const player = new FakeMpegtsPlayer(url)
      fake.players.push(player)
      return player
    },
    getFeatureList: () => ({ mseLivePlayback: true }),
    LoggingControl: {},
    BaseLoader: class {},
    Events: { ERROR: 'error', LOADING_COMPLETE: 'complete', STATISTICS_INFO: 'statistics' },
    ErrorTypes: { NETWORK_ERROR: 'NetworkError', MEDIA_ERROR: 'MediaError' },
    ErrorDetails: { NETWORK_STATUS_CODE_INVALID: 'HttpStatusCodeInvalid', MEDIA_MSE_ERROR: 'MediaMSEError' },
  }
  const browser = {
    clock,
    random: () => 0.5,
    isSecure: true,
    mediaDevices: devices,
    powers: { hasWebRtc: true, hasMediaSource: true, hasNativeHls: false, isIos: false },
    fetch: fake.fetch,
    createPeer() {
      const peer = new FakePeer()
      fake.peers.push(peer)
      return peer
    },
    createStream: (tracks: FakeTrack[]) => new FakeStream([...tracks]),
    createAudioContext: fakeAudioContext,
    createCanvas: fakeCanvas,
    createVideo: () => createFakeVideo().video,
    createAudio: () => document.createElement('audio'),
    sendableVideoCodecs: () => CODECS,
    tick: clock.every,
    permission: async (device: 'camera' | 'microphone') => fake.permissions[device],
    loadMpegts: async () => mpegts as unknown as MpegtsModule,
    onPageHide: on('pageHide'),
    onPageVisible: on('pageVisible'),
    onNetwork: on('network'),
    onGesture: on('gesture'),
    isPageVisible: () => fake.isVisible,
    isOnline: () => fake.isOnline,
    ...change,
  }
  return Object.assign(fake, { browser: browser as unknown as Browser })
}

export const CODECS = [
  { mimeType: 'video/VP8', clockRate: 90_000 },
  { mimeType: 'video/H264', clockRate: 90_000, sdpFmtpLine: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=640c1f' },
  { mimeType: 'video/H264', clockRate: 90_000, sdpFmtpLine: 'level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f' },
  { mimeType: 'video/H264', clockRate: 90_000, sdpFmtpLine: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f' },
]

/** A canvas whose pen accepts everything. */
function fakeCanvas(width: number, height: number) {
  const pen = new Proxy({}, { get: (_pen, name) => name === 'createLinearGradient' ? () => ({ addColorStop() {} }) : () => {}, set: () => true })
  return {
    width,
    height,
    getContext: () => pen,
    captureStream: () => new FakeStream([new FakeTrack('video', width > 500 ? 'pattern' : 'card')]),
    toBlob(done: (blob: Blob) => void, type: string, quality: number) {
      done(new Blob([new Uint8Array(2 * width * height * quality)], { type }))
    },
  }
}

function fakeAudioContext() {
  const node = { connect: () => node, disconnect() {}, gain: {}, start() {} }
  const context = {
    state: 'running',
    resume: vi.fn(),
    close: () => void (context.state = 'closed'),
    destination: node,
    createGain: () => node,
    createMediaStreamSource: () => node,
    createMediaElementSource: () => node,
    createMediaStreamDestination: () => ({ ...node, stream: new FakeStream([new FakeTrack('audio', 'made')]) }),
  }
  return context
}

/** Web Audio's nodes are globals that happy-dom lacks. */
export function stubAudioNodes() {
  class Node {
    gain = {}
    connect = (to: unknown) => to
    start() {}
  }
  for (const name of ['OscillatorNode', 'GainNode', 'ConstantSourceNode'])
    vi.stubGlobal(name, Node)
}

/** A <video> whose playback a test decides. */
export function createFakeVideo() {
  const video = document.createElement('video')
  const play = vi.fn(async () => {})
  const state = { videoWidth: 0, videoHeight: 0, currentTime: 0, edge: 0, paused: false, srcObject: null as unknown, frames: 0 }
  for (const key of ['videoWidth', 'videoHeight', 'currentTime', 'paused', 'srcObject'] as const)
    Object.defineProperty(video, key, { get: () => state[key], set: value => void Object.assign(state, { [key]: value }) })
  Object.defineProperty(video, 'buffered', { get: () => ({ length: state.edge ? 1 : 0, end: () => state.edge }) })
  Object.assign(video, { play, load: vi.fn(), getVideoPlaybackQuality: () => ({ totalVideoFrames: state.frames }) })
  return { video, state, play, fire: (type: string) => video.dispatchEvent(new Event(type)) }
}
