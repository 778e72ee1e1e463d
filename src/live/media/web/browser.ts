/** What the media engines need of a browser, in one handful: tests hand in another. */
import type Mpegts from 'mpegts.js'
import type { PlayPowers } from '../playPlan'
import type { Clock } from '@/src/ports/Clock'
import { tickInWorker } from './workerTicker'

export type MpegtsModule = typeof Mpegts

export interface Browser {
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  /** Browsers give cameras to https and localhost only. */
  readonly isSecure: boolean
  readonly mediaDevices: MediaDevices | undefined
  readonly powers: PlayPowers
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly createPeer: () => RTCPeerConnection
  readonly createStream: (tracks: MediaStreamTrack[]) => MediaStream
  /** At 48 kHz, unless something else is said. */
  readonly createAudioContext: (options?: AudioContextOptions) => AudioContext
  readonly createCanvas: (width: number, height: number) => HTMLCanvasElement
  readonly createVideo: () => HTMLVideoElement
  readonly createAudio: () => HTMLAudioElement
  /** Every video codec that this browser can send by WebRTC. */
  readonly sendableVideoCodecs: () => RTCRtpCodec[]
  /** For drawing: keeps its pace in a hidden tab. Returns its stop. */
  readonly tick: (everyMs: number, action: () => void) => () => void
  /** Undefined where the browser does not tell. */
  readonly permission: (device: 'camera' | 'microphone') => Promise<PermissionState | undefined>
  /** 62 KB on the wire, fetched when a room is opened. */
  readonly loadMpegts: () => Promise<MpegtsModule>
  /** The page goes away, perhaps for good. Returns what stops listening, as the next three do. */
  readonly onPageHide: (listener: () => void) => () => void
  readonly onPageVisible: (listener: () => void) => () => void
  /** The network came, went, or became another (where the browser tells that). */
  readonly onNetwork: (listener: () => void) => () => void
  /** The next tap or key. */
  readonly onGesture: (listener: () => void) => () => void
  readonly isPageVisible: () => boolean
  readonly isOnline: () => boolean
}

export function createBrowser({ clock, random }: Pick<Browser, 'clock' | 'random'>): Browser {
  return {
    clock,
    random,
    isSecure: window.isSecureContext,
    mediaDevices: navigator.mediaDevices,
    powers: playPowers(),
    fetch: (url, init) => fetch(url, init),
    createPeer: () => new RTCPeerConnection(),
    createStream: tracks => new MediaStream(tracks),
    createAudioContext: (options = { sampleRate: 48_000 }) => new AudioContext(options),
    createCanvas: (width, height) => Object.assign(document.createElement('canvas'), { width, height }),
    createVideo: () => document.createElement('video'),
    createAudio: () => new Audio(),
    sendableVideoCodecs: () => RTCRtpSender.getCapabilities?.('video')?.codecs ?? [],
    tick: (everyMs, action) => tickInWorker(clock, everyMs, action),
    permission: async (name) => {
      try {
        return (await navigator.permissions.query({ name: name as PermissionName })).state
      }
      catch {
        return undefined
      }
    },
    loadMpegts: async () => (await import('mpegts.js')).default,
    onPageHide: listener => listen(window, 'pagehide', listener),
    onPageVisible: listener => listen(document, 'visibilitychange', () => document.visibilityState === 'visible' && listener()),
    onNetwork(listener) {
      const { connection } = navigator as Navigator & { connection?: EventTarget } // Chromium only
      const stops = [listen(window, 'online', listener), listen(window, 'offline', listener), ...connection ? [listen(connection, 'change', listener)] : []]
      return () => stops.forEach(stop => stop())
    },
    onGesture(listener) {
      const stops = ['pointerup', 'keydown'].map(type => listen(document, type, listener))
      return () => stops.forEach(stop => stop())
    },
    isPageVisible: () => document.visibilityState === 'visible',
    isOnline: () => navigator.onLine,
  }
}

function playPowers(): PlayPowers {
  const isApple = /Apple/.test(navigator.vendor)
  return {
    hasWebRtc: 'RTCPeerConnection' in window,
    hasMediaSource: 'MediaSource' in window || 'ManagedMediaSource' in window,
    hasNativeHls: isApple && document.createElement('video').canPlayType('application/vnd.apple.mpegurl') !== '',
    isIos: isApple && (/iP(?:hone|ad|od)/.test(navigator.userAgent) || navigator.maxTouchPoints > 1), // an iPad says it is a Mac
  }
}

/** Returns what stops listening. */
export function listen(target: EventTarget, type: string, listener: (event: Event) => void): () => void {
  target.addEventListener(type, listener)
  return () => target.removeEventListener(type, listener)
}
