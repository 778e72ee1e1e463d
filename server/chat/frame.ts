import type { Line } from './RoomLog'

/** One JSON array of messages that are JSON already; undefined when there are none. */
export function frameOf(lines: readonly Line[], aside?: string): Buffer | undefined {
  const all = lines.map(line => line.json)
  if (aside !== undefined)
    all.push(aside)
  return all.length === 0 ? undefined : Buffer.from(`[${all.join(',')}]`)
}
