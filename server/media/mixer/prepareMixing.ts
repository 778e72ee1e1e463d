import type { MixerOptions } from './createMixer'
import { findFfmpeg } from './findFfmpeg'

export interface MixingSettings extends Pick<MixerOptions, 'quality' | 'maxRooms'> {
  /** Null: the one in PATH. */
  readonly ffmpegPath: string | null
}

/**
 * What the mixer needs of this machine. Null when stages are not to be mixed or cannot be, which the operator is told once.
 *
 * @param settings null: not wanted
 * @param tell says it to the operator
 */
export async function prepareMixing(settings: MixingSettings | null, tell: (message: string) => void): Promise<Pick<MixerOptions, 'command' | 'quality' | 'maxRooms'> | null> {
  if (!settings) {
    tell('stages are not mixed (MIX=off): every app puts the pictures together itself')
    return null
  }
  const { ffmpegPath, ...others } = settings
  const found = await findFfmpeg(ffmpegPath)
  if ('problem' in found) {
    tell(`stages are not mixed, every app puts the pictures together itself: ${found.problem}`)
    return null
  }
  tell(`stages are mixed by ${found.command}, ${others.maxRooms} at a time`)
  return { command: found.command, ...others }
}
