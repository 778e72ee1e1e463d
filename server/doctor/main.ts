/** `npm run doctor`: looks at everything and says it. Exit code 0: nothing has to be put right; 1: something; 2: it could not look. */
import type { Language } from './report'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock'
import { examine } from './examine'
import { createNodeWorld } from './nodeWorld'
import { readSettings } from './readSettings'
import { createReport, reportText } from './report'

const USAGE = 'npm run doctor [-- --json] [-- --lang=zh|en]'

export interface DoctorOptions {
  readonly args: readonly string[]
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly out: (text: string) => void
  readonly hasColours: boolean
}

export async function runDoctor({ args, hasColours, out, variables }: DoctorOptions): Promise<0 | 1 | 2> {
  const wish = readArgs(args, variables)
  if (wish === undefined) {
    out(`${USAGE}\n`)
    return 2
  }
  const report = createReport(await examine(createNodeWorld(readSettings(variables), systemClock)), wish.language)
  out(wish.isJson ? `${JSON.stringify(report, null, 2)}\n` : reportText(report, wish.language, hasColours))
  return report.status === 'failed' ? 1 : 0
}

function readArgs(args: readonly string[], { LANG, LC_ALL }: DoctorOptions['variables']): { readonly isJson: boolean, readonly language: Language } | undefined {
  try {
    const { values: { json = false, lang = (LC_ALL ?? LANG)?.startsWith('zh') ? 'zh' : 'en' } } = parseArgs({ args: [...args], options: { json: { type: 'boolean' }, lang: { type: 'string' } } })
    return lang === 'zh' || lang === 'en' ? { isJson: json, language: lang } : undefined
  }
  catch {
    return undefined
  }
}
