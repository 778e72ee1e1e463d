/** docs/TROUBLESHOOTING.md from the table of troubles, in either language. */
import type { Source, Text, Trouble } from '../../shared/troubles/Trouble'
import { SOURCES } from '../../shared/troubles/Trouble'
import { TROUBLES } from '../../shared/troubles/troubles'

type Language = keyof Text

const HEADS: Readonly<Record<Source, Text>> = {
  tag: { zh: '微信直播标签（live-pusher、live-player）', en: 'WeChat\'s live tags (live-pusher, live-player)' },
  im: { zh: '腾讯云 IM', en: 'Tencent IM' },
  weChat: { zh: '微信服务端接口', en: 'WeChat\'s server API' },
  cloud: { zh: '腾讯云 API', en: 'Tencent Cloud\'s API' },
  roomService: { zh: '旧的房间服务（liveroom）', en: 'The retired room service (liveroom)' },
}

const WORDS = {
  zh: {
    title: '# 错误码：原因与办法',
    intro: `遇到一个数字，先跑 \`npm run doctor\`：多数问题它直接指出来，并给出控制台里的路径（[TENCENT.md](TENCENT.md) 有每一步）。下面按来源列出常见的码：是什么意思，为什么，怎么办。
\`live-pusher\`、\`live-player\` 的全部数字和真机现象在 [WECHAT.md](WECHAT.md#排错表)。`,
    made: '由 `npx tsx server/troubles/write.ts` 生成，请改 `shared/troubles/`。[English](TROUBLESHOOTING.en.md)',
    columns: ['码', '意思', '原因', '办法', '文档'],
    page: '官方',
  },
  en: {
    title: '# Codes: causes and fixes',
    intro: `With a number in hand, run \`npm run doctor\` first: it names most faults itself, with the path through the console ([TENCENT.en.md](TENCENT.en.md) has every step). Below are the classic codes by source: what
each means, why it comes, and what helps. All numbers of \`live-pusher\` and \`live-player\`, and what phones show, are in [WECHAT.md](WECHAT.md#排错表) (in Chinese).`,
    made: 'Made by `npx tsx server/troubles/write.ts` from `shared/troubles/`. [中文](TROUBLESHOOTING.md)',
    columns: ['code', 'meaning', 'causes', 'what to do', 'page'],
    page: 'vendor',
  },
} as const

export function troublesDoc(language: Language): string {
  const { columns, intro, made, page, title } = WORDS[language]
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const row = ({ causes, codes, doc, fixes, meaning }: Trouble) => line([
    codes.map(code => String(code).replace('-', '−')).join(language === 'zh' ? '、' : ', '),
    cell(meaning[language]),
    cell(causes.map(cause => cause[language]).join('<br>')),
    cell(fixes.map(fix => fix[language]).join('<br>')),
    `[${page}](${doc})`,
  ])
  const sections = SOURCES.map(source => [
    `## ${HEADS[source][language]}`,
    line(columns),
    line(columns.map(() => '---')),
    ...TROUBLES.filter(trouble => trouble.source === source).map(row),
  ].join('\n'))
  return `${[title, intro, made, ...sections].join('\n\n')}\n`
}

const cell = (words: string): string => words.replaceAll('|', '\\|')
