import type { ContentCheck } from './ContentCheck'
import { describe, expect, it } from 'vitest'
import { settled, VirtualClock } from '../testing/VirtualClock'
import { compileBlockedWords } from './blockedWords'
import { createTextJudge, JUDGE_TIMEOUT_MS } from './createTextJudge'

const blockedWords = compileBlockedWords(['spam'])

function judgeWith(isTextFine?: ContentCheck['isTextFine']) {
  const clock = new VirtualClock()
  const warnings: object[] = []
  const judge = createTextJudge({ blockedWords, contentCheck: isTextFine && { isTextFine }, clock, log: { warn: fields => void warnings.push(fields) } })
  return { judge, clock, warnings }
}

describe('the judgement of a text', () => {
  it('[MO24] a blocked word blocks it, and nobody else is asked', async () => {
    const asked: string[] = []
    const { judge } = judgeWith(async text => asked.push(text) > 0)
    expect([await judge('Spam!', 'chat', 'u1'), await judge('hello', 'title', 'u1')]).toEqual(['blocked', 'fine'])
    expect(asked).toEqual(['hello'])
  })

  it('[MO24] without a list and without anybody to ask everything is fine', async () => {
    expect(await createTextJudge({ clock: new VirtualClock(), log: { warn: () => {} } })('spam', 'chat', 'u1')).toBe('fine')
  })

  it('[MO26] whoever is asked decides, and leaves no timer', async () => {
    const { judge, clock, warnings } = judgeWith(async (text, place, userId) => !`${text} ${place} ${userId}`.includes('bad nickname u2'))
    expect([await judge('bad', 'nickname', 'u2'), await judge('good', 'nickname', 'u2')]).toEqual(['blocked', 'fine'])
    expect([clock.pending, warnings]).toEqual([0, []])
  })

  it('[MO26] who fails, or has said nothing for a second, has let it through; the log says so without the text', async () => {
    const failing = judgeWith(() => Promise.reject(new Error('down')))
    expect(await failing.judge('secret words', 'chat', 'u1')).toBe('fine')
    expect(failing.warnings).toEqual([{ place: 'chat', userId: 'u1' }])

    let answer = (_isFine: boolean): void => {}
    const slow = judgeWith(() => new Promise(resolve => answer = resolve))
    let judgement: string | undefined
    void slow.judge('words', 'chat', 'u1').then(one => judgement = one)
    await slow.clock.advance(JUDGE_TIMEOUT_MS - 1)
    expect(judgement).toBeUndefined()
    await slow.clock.advance(1)
    expect([judgement, slow.warnings.length]).toEqual(['fine', 1])
    answer(false)
    await settled()
    expect(judgement).toBe('fine')
  })
})
