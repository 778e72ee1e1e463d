/** What of `<live-player>` this browser can do. */
import type { PlayerAttribute, PlayerCallName } from '../tags/playerTag'
import { PLAYER_ATTRIBUTES, PLAYER_CALLS_ON_WEB } from '../tags/playerTag'
import { canPictureInPicture } from './viewModes'

export function playerSupports(video: HTMLVideoElement): (name: PlayerAttribute | PlayerCallName) => boolean {
  return (name) => {
    if (name === 'exitPictureInPicture')
      return canPictureInPicture(video)
    return name in PLAYER_ATTRIBUTES ? PLAYER_ATTRIBUTES[name as PlayerAttribute].onWeb : PLAYER_CALLS_ON_WEB.includes(name as PlayerCallName)
  }
}
