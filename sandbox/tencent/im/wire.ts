/** What goes over the wire: JSON with Tencent's names. */
export type Json = Record<string, unknown>

export type Priority = 'High' | 'Normal' | 'Low' | 'Lowest'

/** One part of a message, such as { MsgType: 'TIMTextElem', MsgContent: { Text } }. */
export interface Element {
  readonly MsgType: string
  readonly MsgContent: Json
}

/** A message that is about to be said in a group. */
export interface Speech {
  readonly from: string
  /** Who asked for it: the administrator may speak for others. */
  readonly operator: string
  readonly elements: readonly Element[]
  readonly priority: Priority
  /** By which one message is told from another. */
  readonly random: number
  readonly cloudCustomData?: string
}

/** A message that is about to be said to one person. */
export interface PersonalSpeech extends Pick<Speech, 'from' | 'elements' | 'random' | 'cloudCustomData'> {
  readonly to: string
  /** Of the sender's choice. */
  readonly seq?: number
}

/** What a group member hears of `event`: 3 a message, 4 a tip, 5 a system notification. */
export interface GroupMessage extends Json {
  readonly Event: 3 | 4 | 5
  readonly MsgSeq: number
}

/** ReportType of a system notification. https://cloud.tencent.com/document/product/269/75395 */
export const NOTICE = { dismissed: 5, banned: 21, custom: 255 } as const

export const seconds = (ms: number) => Math.floor(ms / 1000)
export const random32 = () => Math.floor(Math.random() * 2 ** 32)
