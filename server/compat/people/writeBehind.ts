/** Rows that nobody waits for: the newest of each is written soon, many at once. */
import type { Logger } from 'pino'
import type { Clock } from '../../clock'

export const WRITE_AFTER_MS = 1000

export interface WriteBehind<Row> {
  add: (id: string, row: Row) => void
  /** Writes what is not written yet. @throws what the store says */
  close: () => Promise<void>
}

export function createWriteBehind<Row>(save: (rows: readonly Row[]) => Promise<void>, { clock, log }: { readonly clock: Pick<Clock, 'after'>, readonly log: Pick<Logger, 'error'> }): WriteBehind<Row> {
  let waiting = new Map<string, Row>()
  let cancel: (() => void) | undefined
  let writing = Promise.resolve()

  function write(): Promise<void> {
    cancel?.()
    cancel = undefined
    const rows = waiting
    waiting = new Map()
    return rows.size === 0 ? Promise.resolve() : save([...rows.values()])
  }

  function writeSoon(): void {
    const rows = waiting
    writing = writing.then(write).catch((error: unknown) => {
      log.error({ err: error }, 'people of the old room service could not be written')
      // What has changed meanwhile is newer.
      waiting = new Map([...rows, ...waiting])
      cancel ??= clock.after(WRITE_AFTER_MS, writeSoon)
    })
  }

  return {
    add(id, row) {
      waiting.set(id, row)
      cancel ??= clock.after(WRITE_AFTER_MS, writeSoon)
    },
    async close() {
      await writing
      await write()
    },
  }
}
