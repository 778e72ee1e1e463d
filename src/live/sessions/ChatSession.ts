/**
 * What is said in a room, at a pace a phone can draw: news is gathered and shown every 200 ms, in a busy room less often,
 * one's own words at once.
 * While the person reads further up, or the page is hidden, the list stands still.
 */
import type { Arrival, ArrivalSlot } from './arrivalSlot'
import type { ChatLimits, ChatLog, ChatRow } from './chatLog'
import type { Pace } from './pace'
import type { RoomChannel, Utterance } from './RoomChannel'
import type { Timers } from './timers'
import type { User } from '@/shared/protocol/rest'
import type { Clock } from '@/src/ports/Clock'
import { TEXT_MAX } from '@/shared/protocol/ws'
import { ApiFailure } from '@/src/ports/RoomApi'
import { createArrivalSlot } from './arrivalSlot'
import { appendRows, gapRow, keptRows, lengthOf, markRow, ownRow, rowOf, SAFETY_ROW, signRow, tidyText } from './chatLog'
import { Observable } from './Observable'
import { createPace } from './pace'
import { createTimers } from './timers'

export const FLUSH_MS = 200
/** A flush of more than these rows tells that much is being said. */
export const BUSY_ROWS = 4
/** Of a flood, only the newest of each flush are shown. */
export const ROWS_PER_FLUSH = 20
/** When the server does not say how long to wait. */
export const COOLDOWN_MS = 3000

/** Why one may not speak; `none`: one may. The anchor always may. */
export type Silence = 'none' | 'self' | 'everyone'

export interface ChatState extends ChatLog {
  /** Came while the person was reading further up. */
  readonly unread: number
  readonly arrival: Arrival | null
  /** Seconds until one may speak again; 0 when one may. */
  readonly cooldown: number
  readonly silence: Silence
  /** The last text that was not let through: back in one's own hands. */
  readonly returned: { readonly text: string } | null
}

export interface ChatPorts {
  readonly channel: RoomChannel
  readonly clock: Clock
}

type Said = Extract<Utterance, { type: 'chat' }>

export class ChatSession {
  private now: ChatState = { rows: [SAFETY_ROW], gone: 0, unread: 0, arrival: null, cooldown: 0, silence: 'none', returned: null }
  /** As it is drawn: behind `now` on a page that nobody sees. */
  readonly state = new Observable<ChatState>(this.now)
  private buffer: Said[] = []
  /** Left out of the buffer since the last flush. */
  private skipped = 0
  private anchorId = ''
  private isSilenced = false
  private isEveryoneSilenced = false
  /** Who said the rows that stand. */
  private readonly speakers = new Map<string, User>()
  private ownCount = 0
  private gapCount = 0
  /** Ids of own messages that stand in the list already. */
  private readonly ownIds = new Set<string>()
  private isBusy = false
  private isReading = false
  private isHidden = false
  private stopListening: (() => void) | undefined
  private readonly pace: Pace
  private readonly timers: Timers
  private readonly arrivals: ArrivalSlot

  constructor(private readonly ports: ChatPorts, private readonly self: () => User, private readonly limits: ChatLimits) {
    this.pace = createPace(ports.clock, () => this.isBusy ? limits.busyFlushMs : FLUSH_MS, () => this.flush(ROWS_PER_FLUSH))
    this.timers = createTimers(ports.clock)
    this.arrivals = createArrivalSlot(ports.clock, arrival => this.change({ arrival }))
  }

  /** Listens to the room; returns its stop. */
  start(): () => void {
    this.stopListening = this.ports.channel.listen({
      room: (room) => {
        this.anchorId = room.anchor.id
        this.isEveryoneSilenced = room.isSilenced
        this.judge()
      },
      standing: (isSilenced) => {
        this.isSilenced = isSilenced
        this.judge()
      },
      utterances: utterances => this.receive(utterances),
      history: history => this.begin(history.filter(isSaid)),
    })
    return () => {
      this.stopListening?.()
      this.pace.stop()
      this.timers.stop()
      this.arrivals.stop()
    }
  }

  /** Answers whether the text was taken: not when it is blank or too long, nor while one has to wait or be silent. */
  send(draft: string): boolean {
    const text = tidyText(draft)
    if (text === '' || lengthOf(text) > TEXT_MAX || this.now.cooldown > 0 || this.now.silence !== 'none')
      return false
    this.setReading(false)
    this.flush(keptRows(this.limits))
    const row = ownRow(this.self(), text, `own-${++this.ownCount}`)
    this.change(appendRows(this.now, [row], this.limits))
    this.say(row)
    return true
  }

  retry(key: string): void {
    const { cooldown, rows, silence } = this.now
    const row = rows.find(row => row.key === key && row.mark === 'failed')
    if (!row || cooldown > 0 || silence !== 'none')
      return
    this.change({ rows: markRow(rows, key, 'pending') })
    this.say(row)
  }

  /** Who said this row; undefined when nobody else did, or it is long gone. */
  speakerOf(key: string): User | undefined {
    return this.speakers.get(key)
  }

  /** The person scrolled up to read, or is back at the newest line. */
  setReading(isReading: boolean): void {
    if (this.isReading === isReading)
      return
    this.isReading = isReading
    if (!isReading)
      this.flush(keptRows(this.limits))
  }

  /** Nothing is drawn on a page that nobody sees. */
  setHidden(isHidden: boolean): void {
    this.isHidden = isHidden
    if (isHidden)
      return
    this.flush(keptRows(this.limits))
    this.state.set(this.now)
  }

  private say(row: ChatRow): void {
    this.ports.channel.say(row.text).then(
      id => this.settle(row.key, id),
      (error) => {
        if (!(error instanceof ApiFailure))
          throw error
        if (error.code === 'TEXT_BLOCKED')
          return this.change({ rows: this.now.rows.filter(({ key }) => key !== row.key), returned: { text: row.text } })
        this.change({ rows: markRow(this.now.rows, row.key, 'failed') })
        if (error.code === 'SENDING_TOO_FAST')
          this.coolDown(Math.ceil((error.retryAfterMs ?? COOLDOWN_MS) / 1000))
      },
    )
  }

  /** The server has it. It may have been heard through the room before or may be after, or not at all. */
  private settle(key: string, id: string): void {
    const { rows } = this.now
    this.buffer = this.buffer.filter(said => said.id !== id)
    if (rows.some(row => row.key === id)) {
      this.change({ rows: rows.filter(row => row.key !== key) })
      return
    }
    this.ownIds.add(id)
    const self = this.self()
    this.change({ rows: signRow(rows, key, self, self.id === this.anchorId ? 'anchor' : 'mine') })
  }

  private judge(): void {
    const isAnchor = this.self().id === this.anchorId
    const silence = isAnchor ? 'none' : this.isSilenced ? 'self' : this.isEveryoneSilenced ? 'everyone' : 'none'
    if (silence !== this.now.silence)
      this.change({ silence })
  }

  private coolDown(seconds: number): void {
    this.change({ cooldown: seconds })
    if (seconds > 0)
      this.timers.after(1000, () => this.coolDown(seconds - 1))
  }

  private receive(utterances: readonly Utterance[]): void {
    for (const utterance of utterances) {
      if (utterance.type === 'joinNotice')
        this.arrivals.add({ name: utterance.user.nickname, others: utterance.others })
      else if (!this.ownIds.delete(utterance.id))
        this.buffer.push(utterance)
    }
    const overflow = this.buffer.length - keptRows(this.limits)
    if (overflow > 0) {
      this.buffer.splice(0, overflow)
      this.skipped += overflow
    }
    this.pace.ask()
  }

  private begin(history: readonly Said[]): void {
    const unsent = this.now.rows.filter(({ mark }) => mark === 'pending' || mark === 'failed')
    this.buffer = []
    this.skipped = 0
    const rows = history.slice(-keptRows(this.limits)).map(said => this.row(said))
    this.change({ ...appendRows({ rows: [], gone: 0 }, [SAFETY_ROW, ...rows, ...unsent], this.limits), unread: 0 })
  }

  private flush(atMost: number): void {
    if (this.isHidden)
      return
    if (this.isReading)
      return this.change({ unread: this.buffer.length + this.skipped })
    this.isBusy = this.buffer.length > BUSY_ROWS
    const shown = this.buffer.slice(-atMost)
    const skipped = this.skipped + this.buffer.length - shown.length
    this.buffer = []
    this.skipped = 0
    if (shown.length === 0 && this.now.unread === 0)
      return
    const gap = skipped > 0 ? [gapRow(skipped, `gap-${++this.gapCount}`)] : []
    this.change({ ...appendRows(this.now, [...gap, ...shown.map(said => this.row(said))], this.limits), unread: 0 })
  }

  private row(said: Said): ChatRow {
    this.speakers.set(said.id, said.from)
    const [oldest] = this.speakers.keys()
    if (this.speakers.size > this.limits.pages * this.limits.pageSize)
      this.speakers.delete(oldest)
    return rowOf(said, this.anchorId, this.self().id)
  }

  private change(part: Partial<ChatState>): void {
    this.now = { ...this.now, ...part }
    if (!this.isHidden)
      this.state.set(this.now)
  }
}

const isSaid = (utterance: Utterance): utterance is Said => utterance.type === 'chat'
