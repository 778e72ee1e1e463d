import { describe, expect, it } from 'vitest'
import { readSettings } from './readSettings'

describe('readSettings', () => {
  it('[DR7] reads what is right beside what is wrong, and tells each problem once', () => {
    const { problems, values } = readSettings({ PORT: 'eighty', MEDIA: 'tencent', TENCENT_PUSH_DOMAIN: 'https://push.example.com/', TENCENT_PLAY_DOMAIN: 'play.example.com', GUESTS: '' })
    expect(values).toMatchObject({ PORT: 8080, MEDIA: 'tencent', TENCENT_PLAY_DOMAIN: 'play.example.com', GUESTS: true })
    expect(values.TENCENT_PUSH_DOMAIN).toBeUndefined()
    expect(problems.filter(problem => problem.startsWith('TENCENT_PUSH_DOMAIN '))).toEqual([expect.stringContaining('must be a domain')])
    expect(problems.map(problem => problem.split(' ')[0])).toEqual(expect.arrayContaining(['PORT', 'TENCENT_SECRET_ID', 'PUSH_KEY', 'PLAY_KEY']))
  })

  it('[DR7] contradictions are told as at a start', () => {
    expect(readSettings({ PUSH_KEY: 'the-same-key', PLAY_KEY: 'the-same-key' }).problems).toEqual([expect.stringMatching(/^PLAY_KEY must differ/)])
    expect(readSettings({}).problems).toEqual([])
  })
})
