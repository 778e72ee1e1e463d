import type { Finding } from './Finding'
import { describe, expect, it } from 'vitest'
import { failed, ok, skipped, text, unknown } from './Finding'
import { createReport, reportText } from './report'

const subject = { title: text('端口', 'Port'), why: text('启动不了', 'It cannot start'), doc: 'docs/DEPLOY.md', variables: ['PORT'] }
const FINDINGS: Finding[] = [
  { ...subject, id: 'port', area: 'machine', ...failed(text('被占用', 'Taken'), text('换一个\n或停掉它', 'Take another\nor stop it')) },
  { ...subject, id: 'node', area: 'machine', ...ok('可以', 'Fine') },
  { ...subject, id: 'im', area: 'im', ...skipped('没有', 'None') },
  { ...subject, id: 'tags', area: 'weChat', ...unknown(text('看不到', 'Not seen'), null) },
]

describe('the report', () => {
  it('[DR9] groups findings by area; what is wrong says why, what to do, with which variables, and where to read', () => {
    const told = reportText(createReport(FINDINGS, 'en'), 'en', false)
    expect(told).toContain('This machine\n  ✗ Port: Taken [port]\n      why: It cannot start\n      do: Take another\n        or stop it\n      set: PORT\n      see: docs/DEPLOY.md\n  ✓ Port: Fine [node]\n')
    expect(told).toContain('Tencent IM\n  · not in use')
    expect(told).toContain('  ? Port: Not seen [tags]\n      why: It cannot start\n      see: docs/DEPLOY.md\n')
    expect(told).toContain('1 to put right, 0 to think about, 1 that cannot be seen from here, 1 fine, 1 not in use')
  })

  it('[DR9] speaks Chinese where that is asked for, and colours where there is a terminal', () => {
    const told = reportText(createReport(FINDINGS, 'zh'), 'zh', true)
    expect(told).toContain('\x1B[31m✗\x1B[0m 端口: 被占用')
    expect(told).toContain('办法: 换一个')
    expect(reportText(createReport(FINDINGS, 'zh'), 'zh', false)).not.toContain('\x1B')
  })

  it('[DR9] for programs it is a status, counts and the findings in one language', () => {
    expect(createReport(FINDINGS, 'en')).toMatchObject({ status: 'failed', counts: { ok: 1, warning: 0, failed: 1, unknown: 1, skipped: 1 }, findings: [{ id: 'port', status: 'failed', fix: 'Take another\nor stop it' }, { fix: null }, { fix: null }, { fix: null }] })
    expect(createReport(FINDINGS.slice(1), 'en').status).toBe('ok')
  })
})
