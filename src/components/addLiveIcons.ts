/** The icons of the live room. They come with its package, not with the app's first download: its pages call this. */
import { addIcons } from './icons'
import { liveIcons } from './liveIcons'

export function addLiveIcons(): void {
  addIcons(liveIcons)
}
