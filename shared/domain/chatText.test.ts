import { describe, expect, it } from 'vitest'
import { cleanText, TEXT_MAX, textLength, textProblem } from './chatText'

describe('[CH18] a text', () => {
  it.each([
    ['outer white space', '  hi \n', 'hi'],
    ['line breaks and tabs', 'a\r\nb\tc\u2028d', 'a b c d'],
    ['other control characters', 'a\u0000\u0007b\u0085c', 'a b c'],
    ['direction overrides and marks', 'a\u202Eb\u2066c\u200Fd', 'abcd'],
    ['zero-width space and byte order mark', 'a\u200Bb\uFEFFc', 'abc'],
    ['half a surrogate pair', 'a\uD83Db\uDE00c', 'abc'],
  ])('loses %s', (_, raw, clean) => expect(cleanText(raw)).toBe(clean))

  it('keeps emoji, joined ones too, and every script', () => {
    for (const text of ['👩‍👩‍👧 ❤️ 🇨🇳', '你好 مرحبا नमस्ते', 'a  b'])
      expect(cleanText(text)).toBe(text)
  })

  it('is counted in code points', () => {
    expect(textLength('a👍字')).toBe(3)
  })

  it.each([
    ['', 'TEXT_EMPTY'],
    ['\u200D\uFE0F ', 'TEXT_EMPTY'],
    ['x', undefined],
    ['👍'.repeat(TEXT_MAX), undefined],
    ['👍'.repeat(TEXT_MAX + 1), 'TEXT_TOO_LONG'],
  ])('%j has the problem %s', (text, problem) => expect(textProblem(text)).toBe(problem))
})
