/** A friendly name for somebody who has not chosen one. Pure: the caller brings the randomness. */
import type { Language } from '@/src/locales/translate'
import { AVATAR_COUNT } from '@/shared/protocol/rest'

const WORDS: Record<Language, { readonly first: readonly string[], readonly last: readonly string[], readonly joint: string }> = {
  'zh-CN': {
    first: ['爱笑的', '早起的', '哼歌的', '追光的', '好奇的', '认真的', '慢悠悠的', '暖暖的', '勇敢的', '睡饱的', '路过的', '发呆的'],
    last: ['海豚', '麻雀', '橘猫', '松鼠', '云朵', '柚子', '鲸鱼', '萤火虫', '小熊', '星星', '山雀', '青柠'],
    joint: '',
  },
  'en': {
    first: ['Sunny', 'Early', 'Humming', 'Bright', 'Curious', 'Earnest', 'Gentle', 'Warm', 'Brave', 'Rested', 'Passing', 'Dreamy'],
    last: ['Dolphin', 'Sparrow', 'Cat', 'Squirrel', 'Cloud', 'Pomelo', 'Whale', 'Firefly', 'Bear', 'Star', 'Robin', 'Lime'],
    joint: ' ',
  },
}

/** `random` answers in [0, 1) and is asked three times. */
export function newProfile(language: Language, random: () => number): { nickname: string, avatar: number } {
  const { first, last, joint } = WORDS[language]
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]
  return { nickname: pick(first) + joint + pick(last), avatar: Math.floor(random() * AVATAR_COUNT) }
}
