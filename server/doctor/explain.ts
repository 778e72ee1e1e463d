import type { Source } from '../../shared/troubles/Trouble'
import type { Outcome } from './Finding'
import { troubleOf } from '../../shared/troubles/troubles'
import { failed, text } from './Finding'

/** A cloud's refusal by its code, as the table of troubles has it; the cloud's own words are not repeated, for they may quote us. */
export function explain(source: Source, code: number | string): Outcome {
  const trouble = troubleOf(source, code) ?? troubleOf(source, String(code).split('.', 1)[0])
  if (trouble === undefined)
    return failed(text(`被拒绝：${code}`, `Refused: ${code}`), text('在厂商的错误码文档里查这个代码', 'Look the code up in the vendor\'s list'))
  const { meaning, causes, fixes } = trouble
  return failed(
    text(`${code}：${meaning.zh}（${causes.map(cause => cause.zh).join('；')}）`, `${code}: ${meaning.en} (${causes.map(cause => cause.en).join('; ')})`),
    text(fixes.map(fix => fix.zh).join('；'), fixes.map(fix => fix.en).join('; ')),
  )
}
