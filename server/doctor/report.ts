/** Findings as a person reads them in a terminal, and as a program does. */
import type { DoctorFinding, DoctorReport } from './DoctorReport'
import type { Finding, Status, Text } from './Finding'
import { AREAS, STATUSES } from './Finding'

export type Language = keyof Text

export function createReport(findings: readonly Finding[], language: Language): DoctorReport {
  const counts = Object.fromEntries(STATUSES.map(status => [status, findings.filter(finding => finding.status === status).length])) as Record<Status, number>
  return { status: counts.failed > 0 ? 'failed' : 'ok', counts, findings: findings.map(finding => viewOf(finding, language)) }
}

function viewOf(finding: Finding, language: Language): DoctorFinding {
  const { area, doc, found, id, status, title, variables, why } = finding
  return { id, area, status, title: title[language], found: found[language], why: why[language], fix: 'fix' in finding ? finding.fix?.[language] ?? null : null, doc, variables: [...variables] }
}

const MARKS: Readonly<Record<Status, { readonly sign: string, readonly colour: number }>> = {
  ok: { sign: '✓', colour: 32 },
  warning: { sign: '!', colour: 33 },
  failed: { sign: '✗', colour: 31 },
  unknown: { sign: '?', colour: 36 },
  skipped: { sign: '·', colour: 90 },
}

const WORDS = {
  zh: {
    areas: { machine: '这台机器', settings: '设置', address: '地址', live: '腾讯云直播', srs: 'SRS', im: '腾讯云 IM', weChat: '微信小程序', accounts: '账号与管理' },
    why: '影响',
    fix: '办法',
    variables: '变量',
    doc: '文档',
    skipped: '没有用到',
    sum: ({ failed, ok, skipped, unknown, warning }: DoctorReport['counts']) => `${failed} 处要改，${warning} 处提醒，${unknown} 处看不到，${ok} 处正常，${skipped} 处没有用到`,
  },
  en: {
    areas: { machine: 'This machine', settings: 'Settings', address: 'Address', live: 'Tencent Cloud Live', srs: 'SRS', im: 'Tencent IM', weChat: 'WeChat mini-program', accounts: 'Accounts and operation' },
    why: 'why',
    fix: 'do',
    variables: 'set',
    doc: 'see',
    skipped: 'not in use',
    sum: ({ failed, ok, skipped, unknown, warning }: DoctorReport['counts']) => `${failed} to put right, ${warning} to think about, ${unknown} that cannot be seen from here, ${ok} fine, ${skipped} not in use`,
  },
} as const

/** One block for each area; what is not right with the reason and what to do. */
export function reportText({ counts, findings }: DoctorReport, language: Language, hasColours: boolean): string {
  const words = WORDS[language]
  const paint = (colour: number, line: string) => hasColours ? `\x1B[${colour}m${line}\x1B[0m` : line
  const blocks = AREAS.map((area) => {
    const here = findings.filter(finding => finding.area === area)
    const used = here.filter(finding => finding.status !== 'skipped')
    const idle = used.length === 0 ? [paint(MARKS.skipped.colour, `  · ${words.skipped}`)] : []
    return [paint(1, words.areas[area]), ...idle, ...used.flatMap(finding => linesOf(finding, words, paint))].join('\n')
  })
  return ['', blocks.join('\n\n'), '', paint(counts.failed > 0 ? MARKS.failed.colour : MARKS.ok.colour, words.sum(counts)), ''].join('\n')
}

function linesOf({ doc, fix, found, id, status, title, variables, why }: DoctorFinding, words: (typeof WORDS)[Language], paint: (colour: number, line: string) => string): string[] {
  const { colour, sign } = MARKS[status]
  const rest = (label: string, line: string) => `      ${label}: ${line.replaceAll('\n', '\n        ')}`
  const head = `  ${paint(colour, sign)} ${title}: ${found.replaceAll('\n', '\n      ')} ${paint(MARKS.skipped.colour, `[${id}]`)}`
  if (status === 'ok')
    return [head]
  return [
    head,
    rest(words.why, why),
    ...fix === null ? [] : [rest(words.fix, fix)],
    ...variables.length === 0 || status === 'unknown' ? [] : [rest(words.variables, variables.join(', '))],
    ...doc === null ? [] : [rest(words.doc, doc)],
  ]
}
