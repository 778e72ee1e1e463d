/** The sound that is sent: the microphone as it is, or mixed with music, or made louder or softer. Mixed only while need be. */
import type { Browser } from './browser'
import type { Music, MusicOptions } from './music'
import type { SoundGraph, Volumes } from './soundGraph'
import type { BgmNews } from '@/src/live/components/media'
import { MediaCallError } from '../tags/call'
import { openMusic, playMusic, readMusic } from './music'
import { openSoundGraph } from './soundGraph'

export interface SoundMix {
  /** What is to be sent. */
  readonly sound: MediaStreamTrack | undefined
  /** Another microphone. */
  take: (track: MediaStreamTrack) => void
  setMuted: (isMuted: boolean) => void
  /** 0 to 1, as the next. Of the music it is what the viewers hear; the person hears it the same. */
  setMicrophoneVolume: (volume: number) => void
  setMusicVolume: (volume: number) => void
  /** In the place of what played. Resolves when it plays. @throws MediaCallError */
  playMusic: (options: MusicOptions) => Promise<void>
  /** @throws MediaCallError FAILED when there is none, as the next */
  pauseMusic: () => void
  resumeMusic: () => Promise<void>
  stopMusic: () => void
  stop: () => void
}

export interface SoundMixOptions {
  readonly browser: Browser
  /** Another track is to be sent. */
  readonly onSound: (track: MediaStreamTrack) => void
  readonly onBgm: (news: BgmNews) => void
}

export function createSoundMix({ browser, onSound, onBgm }: SoundMixOptions): SoundMix {
  let microphone: MediaStreamTrack | undefined
  let isMuted = false
  let volumes: Volumes = { microphone: 1, music: 1 }
  let graph: SoundGraph | undefined
  let music: Music | undefined
  /** Tells the newest call to play from those before it. */
  let turn = 0
  let isMusicWanted = false

  const sound = () => graph?.track ?? microphone

  function show() {
    const track = sound()
    if (!track)
      return
    applyMuted()
    onSound(track)
  }

  function applyMuted() {
    for (const track of [microphone, graph?.track]) {
      if (track)
        track.enabled = !isMuted
    }
  }

  function update() {
    const wantsGraph = microphone !== undefined && (isMusicWanted || volumes.microphone !== 1)
    if (wantsGraph && !graph)
      open(microphone!)
    else if (!wantsGraph && graph)
      close()
    graph?.setVolumes(volumes)
  }

  function open(track: MediaStreamTrack) {
    graph = openSoundGraph(browser)
    graph.connectMicrophone(track)
    show()
  }

  function close() {
    const closing = graph
    graph = undefined
    show() // first the other track, so that there is always one
    closing?.close()
  }

  function stopMusic() {
    turn++
    music?.close()
    music = undefined
    isMusicWanted = false
    update()
  }

  function hear(news: BgmNews) {
    if (news.type === 'completed' || news.type === 'failed')
      stopMusic()
    onBgm(news)
  }

  async function start(options: Required<MusicOptions>) {
    const mine = turn
    const stillWanted = () => {
      if (mine !== turn)
        throw new MediaCallError('FAILED', 'playBGM: stopped meanwhile')
    }
    const file = await openMusic(browser, options.url)
    if (mine !== turn)
      file.release()
    stillWanted()
    isMusicWanted = true
    update()
    const started = await playMusic(browser, file, options, element => graph!.connectMusic(element), news => mine === turn && hear(news))
    if (mine !== turn)
      started.close()
    stillWanted()
    music = started
  }

  function present(): Music {
    if (!music)
      throw new MediaCallError('FAILED', 'no music plays')
    return music
  }

  return {
    get sound() { return sound() },
    take(track) {
      microphone = track
      applyMuted()
      if (graph)
        graph.connectMicrophone(track)
      else
        show()
      update()
    },
    setMuted(next) {
      isMuted = next
      applyMuted()
    },
    setMicrophoneVolume(volume) {
      volumes = { ...volumes, microphone: volume }
      update()
    },
    setMusicVolume(volume) {
      volumes = { ...volumes, music: volume }
      update()
    },
    async playMusic(options) {
      const wanted = readMusic(options)
      if (!microphone)
        throw new MediaCallError('FAILED', 'playBGM: nothing is captured')
      const mine = ++turn
      music?.close()
      music = undefined
      try {
        await start(wanted)
      }
      catch (error) {
        if (mine === turn)
          hear({ type: 'failed' })
        throw error
      }
    },
    pauseMusic: () => present().pause(),
    resumeMusic: () => present().resume(),
    stopMusic,
    stop() {
      microphone = undefined
      stopMusic()
    },
  }
}
