/** The words of the live room. They come with its package, not with the app's first download: its pages call this. */
import { habits as enHabits } from './en/habits'
import { linkMic as enLinkMic } from './en/linkMic'
import { live as enLive } from './en/live'
import { media as enMedia } from './en/media'
import { addWords } from './translate'
import { habits } from './zhCN/habits'
import { linkMic } from './zhCN/linkMic'
import { live } from './zhCN/live'
import { media } from './zhCN/media'

export function addLiveWords(): void {
  addWords({ 'zh-CN': { habits, live, linkMic, media }, 'en': { habits: enHabits, live: enLive, linkMic: enLinkMic, media: enMedia } })
}
