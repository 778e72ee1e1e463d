/** One running track and how to end it. A capture always has one for the picture and one for the sound. */
export interface Feed {
  /** Equal keys mean the same source with the same choices. */
  readonly key: string
  readonly track: MediaStreamTrack
  /** It fills the place of the source that the key names. */
  readonly isStandIn?: boolean
  /** Releases the device. May be called twice. */
  readonly stop: () => void
  /** The person or the system ended it: the screen is no longer shared, the camera was pulled out. */
  readonly onEnded: (listener: () => void) => void
}

export function deviceFeed(key: string, track: MediaStreamTrack): Feed {
  return {
    key,
    track,
    stop: () => track.stop(), // fires no `ended`: that is for endings which are not ours
    onEnded: listener => track.addEventListener('ended', listener),
  }
}
