/** The rows of a chat. Pure; each row holds what the screen draws and no more, because in WeChat every byte crosses a bridge. */
import type * as v from 'valibot'
import type { User } from '@/shared/protocol/rest'
import type { ChatMessage } from '@/shared/protocol/ws'

export type ChatMark
  = | 'said'
    /** The anchor's, also one's own when one is the anchor. */
    | 'anchor'
  /** One's own, in its three states. */
    | 'mine' | 'pending' | 'failed'
  /** The notice that every chat begins with; the screen has its words. */
    | 'safety'
  /** Too many came at once; `text` counts those not shown. */
    | 'gap'

export interface ChatRow {
  readonly key: string
  readonly name: string
  /** 0 to TONES − 1: one person keeps one colour. */
  readonly tone: number
  readonly text: string
  readonly mark: ChatMark
}

export interface ChatLimits {
  /** A list that grew beyond this is cut to `trimTo` at once: cutting a row at a time would send the whole list each time. */
  readonly max: number
  readonly trimTo: number
}

/** WeChat's audit allows 60 children of one node. */
export const MINI_PROGRAM_LIMITS: ChatLimits = { max: 60, trimTo: 40 }
export const WEB_LIMITS: ChatLimits = { max: 200, trimTo: 160 }

export const TONES = 8

export const SAFETY_ROW: ChatRow = { key: 'safety', name: '', tone: 0, text: '', mark: 'safety' }

export function gapRow(count: number, key: string): ChatRow {
  return { key, name: '', tone: 0, text: String(count), mark: 'gap' }
}

export function rowOf(message: v.InferOutput<typeof ChatMessage>, anchorId: string, selfId: string): ChatRow {
  const { from, id, text } = message
  const mark = from.id === anchorId ? 'anchor' : from.id === selfId ? 'mine' : 'said'
  return { key: id, name: from.nickname, tone: toneOf(from.id), text, mark }
}

export function ownRow(self: User, text: string, key: string): ChatRow {
  return { key, name: self.nickname, tone: toneOf(self.id), text, mark: 'pending' }
}

export function appendRows(rows: readonly ChatRow[], added: readonly ChatRow[], limits: ChatLimits): readonly ChatRow[] {
  const all = [...rows, ...added]
  return all.length > limits.max ? all.slice(-limits.trimTo) : all
}

export function markRow(rows: readonly ChatRow[], key: string, mark: ChatMark): readonly ChatRow[] {
  return rows.map(row => row.key === key ? { ...row, mark } : row)
}

/** One's own row once it is said. Who spoke before signing in had no name yet. */
export function signRow(rows: readonly ChatRow[], key: string, self: User, mark: ChatMark): readonly ChatRow[] {
  return rows.map(row => row.key === key ? { ...ownRow(self, row.text, key), mark } : row)
}

/** One line, as the server will store it. */
export const tidyText = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Characters as people count them: an emoji is one. */
export const lengthOf = (text: string): number => Array.from(text).length

function toneOf(userId: string): number {
  let sum = 0
  for (const letter of userId)
    sum = (sum * 31 + letter.charCodeAt(0)) % 9973
  return sum % TONES
}
