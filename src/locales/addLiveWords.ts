/** The words of the live room. They come with its package, not with the app's first download: its pages call this. */
import { effects as enEffects } from './en/effects'
import { habits as enHabits } from './en/habits'
import { linkMic as enLinkMic } from './en/linkMic'
import { live as enLive } from './en/live'
import { media as enMedia } from './en/media'
import { order as enOrder } from './en/order'
import { simulator as enSimulator } from './en/simulator'
import { tools as enTools } from './en/tools'
import { trouble as enTrouble } from './en/trouble'
import { addWords } from './translate'
import { effects } from './zhCN/effects'
import { habits } from './zhCN/habits'
import { linkMic } from './zhCN/linkMic'
import { live } from './zhCN/live'
import { media } from './zhCN/media'
import { order } from './zhCN/order'
import { simulator } from './zhCN/simulator'
import { tools } from './zhCN/tools'
import { trouble } from './zhCN/trouble'

export function addLiveWords(): void {
  addWords({ 'zh-CN': { effects, habits, live, linkMic, media, order, simulator, tools, trouble }, 'en': { effects: enEffects, habits: enHabits, live: enLive, linkMic: enLinkMic, media: enMedia, order: enOrder, simulator: enSimulator, tools: enTools, trouble: enTrouble } })
}
