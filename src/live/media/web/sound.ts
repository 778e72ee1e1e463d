/** Autoplay: with sound where the browser allows it, otherwise muted until the person taps. */
export interface SoundOptions {
  readonly video: HTMLVideoElement
  /** It runs, muted by the browser's rule. */
  readonly onAutoplayMuted: () => void
  /** Not even muted: iPhones that save power. */
  readonly onBlocked: () => void
}

export interface Sound {
  /** Plays what the element has or will have. */
  play: () => Promise<void>
  /** The page's own mute button. */
  setMuted: (isMuted: boolean) => void
  /** From a tap. */
  unmuteByGesture: () => void
}

export function createSound({ video, onAutoplayMuted, onBlocked }: SoundOptions): Sound {
  let isMuted = false
  let isBlocked = false
  const apply = () => video.muted = isMuted || isBlocked

  async function play() {
    apply()
    try {
      await video.play()
    }
    catch (error) {
      if ((error as Error).name !== 'NotAllowedError') // AbortError: another source came first
        return
      if (video.muted)
        return onBlocked()
      isBlocked = true
      onAutoplayMuted()
      await play()
    }
  }

  return {
    play,
    setMuted(next) {
      isMuted = next
      apply()
    },
    unmuteByGesture() {
      isBlocked = false
      void play()
    },
  }
}
