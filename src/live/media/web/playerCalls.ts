/** The calls of MediaPlayer on the web. */
import type { PlayerCalls } from '../tags/playerTag'
import type { Browser } from './browser'
import type { CallTable } from './webCalls'
import { MediaCallError } from '../tags/call'
import { snapshotWhole } from './snapshot'
import { exitFullscreen, exitPictureInPicture, requestFullscreen } from './viewModes'

export interface PlayerCallOptions {
  readonly browser: Pick<Browser, 'createCanvas'>
  readonly video: HTMLVideoElement
  /** What fills the screen. */
  readonly stage: () => HTMLElement
  /** Mutes, or gives the sound back. */
  readonly toggleMuted: () => void
}

export interface PlayerCallDesk {
  readonly table: CallTable<PlayerCalls>
  /** Frees the last snapshot. */
  close: () => void
}

export function createPlayerCalls({ browser, video, stage, toggleMuted }: PlayerCallOptions): PlayerCallDesk {
  let lastSnapshot = ''

  async function snapshot() {
    const taken = await snapshotWhole(browser, video)
    if (!taken)
      throw new MediaCallError('FAILED', 'snapshot: there is no picture')
    const { blob, width, height } = taken
    URL.revokeObjectURL(lastSnapshot)
    lastSnapshot = URL.createObjectURL(blob)
    return { tempImagePath: lastSnapshot, width, height }
  }

  return {
    table: {
      mute: toggleMuted,
      requestFullScreen: ({ direction }) => requestFullscreen(stage(), video, direction),
      exitFullScreen: () => exitFullscreen(video),
      exitPictureInPicture: () => exitPictureInPicture(video),
      snapshot,
    },
    close: () => URL.revokeObjectURL(lastSnapshot),
  }
}
