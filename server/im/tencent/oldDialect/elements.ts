/** A message of Tencent IM as callbacks bring it. https://cloud.tencent.com/document/product/269/2720 */
export interface RawElement {
  readonly MsgType: string
  readonly MsgContent: Readonly<Record<string, unknown>>
}
export type RawMessage = readonly RawElement[]

/** What the first custom element holds as JSON; undefined when there is none. */
export function customDataIn(message: RawMessage): unknown {
  const custom = message.find(({ MsgType }) => MsgType === 'TIMCustomElem')
  try {
    return custom && JSON.parse(String(custom.MsgContent.Data))
  }
  catch {
    return undefined
  }
}

/** Its text elements, one after the other; undefined when there is none. */
export function textIn(message: RawMessage): string | undefined {
  const texts = message.flatMap(({ MsgType, MsgContent }) => MsgType === 'TIMTextElem' && typeof MsgContent.Text === 'string' ? [MsgContent.Text] : [])
  return texts.length === 0 ? undefined : texts.join('')
}
