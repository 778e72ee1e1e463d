/** The microphone and music as one track. The person hears the music, and not oneself. */
import type { Browser } from './browser'

/** Each from 0 to 1. */
export interface Volumes {
  readonly microphone: number
  readonly music: number
}

export interface SoundGraph {
  /** What comes of it. */
  readonly track: MediaStreamTrack
  /** In the place of the microphone before. */
  connectMicrophone: (track: MediaStreamTrack) => void
  connectMusic: (element: HTMLAudioElement) => void
  setVolumes: (volumes: Volumes) => void
  close: () => void
}

export function openSoundGraph(browser: Pick<Browser, 'createAudioContext' | 'createStream' | 'onGesture'>): SoundGraph {
  const context = browser.createAudioContext({}) // at the device's own rate: Firefox mixes nothing else with a microphone
  const output = context.createMediaStreamDestination()
  const [track] = output.stream.getAudioTracks()
  const microphone = context.createGain()
  const music = context.createGain()
  let source: MediaStreamAudioSourceNode | undefined
  // A phone call stops it; the next tap may begin it again.
  const stopListening = browser.onGesture(() => void context.resume())
  microphone.connect(output)
  music.connect(output)
  music.connect(context.destination)
  void context.resume()

  return {
    track,
    connectMicrophone(next) {
      source?.disconnect()
      source = context.createMediaStreamSource(browser.createStream([next]))
      source.connect(microphone)
    },
    connectMusic: element => void context.createMediaElementSource(element).connect(music),
    setVolumes(volumes) {
      microphone.gain.value = volumes.microphone
      music.gain.value = volumes.music
    },
    close() {
      stopListening()
      track.stop()
      void context.close()
    },
  }
}
