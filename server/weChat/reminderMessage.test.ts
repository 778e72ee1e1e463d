import { describe, expect, it } from 'vitest'
import { checkFields } from '../../sandbox/weChat/fields'
import { fillKeywords, keywordsOf } from './reminderMessage'

const REMINDER = { roomId: 'rone', title: '晚上好，一起看海', anchorName: '小海豚', startedAt: Date.UTC(2026, 0, 31, 12, 5) }
function fill(content: string, changes: Partial<typeof REMINDER> = {}) {
  const data = fillKeywords(keywordsOf(content), { ...REMINDER, ...changes })
  checkFields(content, data)
  return Object.fromEntries(Object.entries(data).map(([key, { value }]) => [key, value]))
}

describe('a reminder in the keywords of a template', () => {
  it('[WE30] title, anchor and time stand where the template wants them, whatever their numbers', () => {
    expect(fill('直播标题:{{thing7.DATA}}\n主播名称：{{thing2.DATA}}\n开播时间:{{time3.DATA}}\n')).toEqual({ thing7: '晚上好，一起看海', thing2: '小海豚', time3: '2026年1月31日 20:05' })
  })

  it('[WE30] other kinds of keywords are filled as WeChat wants them', () => {
    expect(fill('主播:{{name1.DATA}}\n开播日期:{{date2.DATA}}\n状态:{{phrase3.DATA}}\n直播主题:{{thing4.DATA}}\n温馨提示:{{thing5.DATA}}\n')).toEqual({ name1: '小海豚', date2: '2026年1月31日 20:05', phrase3: '直播中', thing4: '晚上好，一起看海', thing5: '点击进入直播间' })
  })

  it('[WE30] midnight is 00, in Beijing', () => {
    expect(fill('开播时间:{{time1.DATA}}', { startedAt: Date.UTC(2026, 1, 9, 16, 0) }).time1).toBe('2026年2月10日 00:00')
  })

  it.each([
    ['x'.repeat(20), 'x'.repeat(20)],
    ['x'.repeat(21), `${'x'.repeat(19)}…`],
    ['一二三四五六七八九十一二三四五六七八九十一二', '一二三四五六七八九十一二三四五六七八九…'],
    [`${'x'.repeat(17)}👨‍👩‍👧‍👦yy`, `${'x'.repeat(17)}…`],
    [`${'x'.repeat(18)} yyy`, `${'x'.repeat(18)}…`],
  ])('[WE30] the title %s is told as %s', (title, told) => {
    expect(fill('直播标题:{{thing1.DATA}}', { title }).thing1).toBe(told)
  })

  it.each([
    ['Anna 2026', 'Anna'],
    ['小海豚🐬99', '小海豚'],
    ['一二三四五六七八九十甲乙', '一二三四五六七八九十'],
    ['abcdefghijklmnopqrstuvwxyz', 'abcdefghijklmnopqrst'],
    ['2026 🐬', '主播'],
  ])('[WE30] who is called %s is %s where only letters may stand', (anchorName, told) => {
    expect(fill('主播:{{name1.DATA}}', { anchorName }).name1).toBe(told)
  })

  it('[WE30] a keyword that a reminder has nothing for is named', () => {
    expect(() => fill('订单金额:{{amount1.DATA}}')).toThrow('订单金额 (amount1)')
  })
})
