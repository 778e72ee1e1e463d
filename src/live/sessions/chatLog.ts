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
  /** Rows. A list that is full loses its oldest page at once. */
  readonly pageSize: number
  readonly pages: number
  /** A new page takes the place of the one that went, so that in WeChat nothing that still stands is sent again. */
  readonly isRing: boolean
  /** How long news waits while much is said. */
  readonly busyFlushMs: number
}

/** WeChat's audit allows 60 children of one node. */
export const MINI_PROGRAM_LIMITS: ChatLimits = { pageSize: 20, pages: 3, isRing: true, busyFlushMs: 400 }
export const WEB_LIMITS: ChatLimits = { pageSize: 40, pages: 5, isRing: false, busyFlushMs: 200 }

/** Rows that stand at least once a list has been full. */
export const keptRows = ({ pages, pageSize }: ChatLimits): number => (pages - 1) * pageSize

export interface ChatLog {
  readonly rows: readonly ChatRow[]
  /** Rows that went before these: whole pages. */
  readonly gone: number
}

export interface ChatPage {
  /** Counts from the beginning of the list; a later page has a higher one. */
  readonly number: number
  readonly rows: readonly ChatRow[]
}

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

export function appendRows({ rows, gone }: ChatLog, added: readonly ChatRow[], { pages, pageSize }: ChatLimits): ChatLog {
  const all = [...rows, ...added]
  const tooMany = Math.max(0, all.length - pages * pageSize)
  const going = Math.ceil(tooMany / pageSize) * pageSize
  return { rows: all.slice(going), gone: gone + going }
}

/** By age, or in a ring each in its place. */
export function pagesOf({ rows, gone }: ChatLog, { pages, pageSize, isRing }: ChatLimits): readonly ChatPage[] {
  const list = Array.from({ length: Math.ceil(rows.length / pageSize) }, (_, index): ChatPage => ({
    number: gone / pageSize + index,
    rows: rows.slice(index * pageSize, (index + 1) * pageSize),
  }))
  return isRing ? list.sort((a, b) => a.number % pages - b.number % pages) : list
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
