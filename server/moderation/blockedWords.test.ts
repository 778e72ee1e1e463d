import { describe, expect, it } from 'vitest'
import { compileBlockedWords, WORD_MAX, WORDS_MAX } from './blockedWords'

const words = compileBlockedWords(['广告', 'ass', 'Sélection', 'buy now', '微信 a1', 'ไทย', 'Ｓpam', '', '。。', '广 告'])

describe('blocked words', () => {
  it.each([
    ['看广告吗'],
    ['广 告'],
    ['广。告'],
    ['廣告广-_-告'],
    ['an ASS'],
    ['a.s.s'],
    ['a s s'],
    ['ａｓｓ'],
    ['a\u0336s\u0336s\u0336'],
    ['a\u200Bs\u00ADs'],
    ['好ass吧'],
    ['SÉLECTION'],
    ['se\u0301lection'],
    ['buynow!'],
    ['Buy, now'],
    ['加微信A1'],
    ['ภาษาไทยครับ'],
    ['ﬀ spam'],
  ])('[MO24] finds them in %s', text => expect(words.isIn(text)).toBe(true))

  it.each([
    ['广场 告别'],
    ['class, pass and assert'],
    ['as soon'],
    ['selection'],
    ['buy it now'],
    ['微信a12'],
    [''],
    ['…'],
    ['spammer'],
  ])('[MO24] lets %s through', text => expect(words.isIn(text)).toBe(false))

  it('[MO24] counts each once, without those of which there is nothing to see', () => {
    expect(words.count).toBe(7)
    expect(compileBlockedWords(['', '!!']).isIn('!!')).toBe(false)
  })

  it('[MO25] is bounded in words and in the length of one', () => {
    expect(compileBlockedWords(['x'.repeat(WORD_MAX)]).count).toBe(1)
    expect(() => compileBlockedWords(['x'.repeat(WORD_MAX + 1)])).toThrow('40 letters')
    const many = Array.from({ length: WORDS_MAX }, (_, index) => `w${index}`)
    expect(compileBlockedWords(many).count).toBe(WORDS_MAX)
    expect(() => compileBlockedWords([...many, 'more'])).toThrow('20000 words')
  })

  it('[MO25] the meanest text costs no more than its length times the longest word', () => {
    const mean = compileBlockedWords(Array.from({ length: WORD_MAX - 1 }, (_, index) => `${'字'.repeat(index + 1)}尾`))
    const text = '字'.repeat(4000)
    const start = performance.now()
    expect(mean.isIn(text)).toBe(false)
    expect(performance.now() - start).toBeLessThan(500)
  })
})
