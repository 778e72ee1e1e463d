/** A message of Tencent IM as callbacks bring it. https://cloud.tencent.com/document/product/269/2720 */
import { jsonIn } from '../../../jsonIn'

export interface RawElement {
  readonly MsgType: string
  readonly MsgContent: Readonly<Record<string, unknown>>
}
export type RawMessage = readonly RawElement[]

/** What its custom elements hold as JSON; undefined for what is none. */
export function customDataIn(message: RawMessage): unknown[] {
  return message.filter(({ MsgType }) => MsgType === 'TIMCustomElem').map(({ MsgContent: { Data } }) => typeof Data === 'string' ? jsonIn(Data) : undefined)
}

/** Its text elements, one after the other; undefined when there is none. */
export function textIn(message: RawMessage): string | undefined {
  const texts = message.flatMap(({ MsgType, MsgContent }) => MsgType === 'TIMTextElem' && typeof MsgContent.Text === 'string' ? [MsgContent.Text] : [])
  return texts.length === 0 ? undefined : texts.join('')
}
