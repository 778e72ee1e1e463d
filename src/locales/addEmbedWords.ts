/** The words of the component <lianmai-live-room>. */
import { embed as enEmbed } from './en/embed'
import { media as enMedia } from './en/media'
import { addWords } from './translate'
import { embed } from './zhCN/embed'
import { media } from './zhCN/media'

export function addEmbedWords(): void {
  addWords({ 'zh-CN': { embed, media }, 'en': { embed: enEmbed, media: enMedia } })
}
