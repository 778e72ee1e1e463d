/** Words of the person's own page that come with its package. */
import { profile as enProfile } from './en/profile'
import { addWords } from './translate'
import { profile } from './zhCN/profile'

export function addProfileWords(): void {
  addWords({ 'zh-CN': { profile }, 'en': { profile: enProfile } })
}
