/** What happened to pictures and sounds, as lines that a person can copy. Bounded, and free of secrets. Pure. */
import type { MediaStatistics } from '@/src/live/components/media'

export interface DiagnosticLine {
  /** unix ms; of the last time, where the same came several times in a row */
  readonly at: number
  /** Who says it: `pusher <stream>`, `player <stream>`. */
  readonly from: string
  readonly text: string
  readonly times: number
}

export const KEPT_LINES = 200
const COPIED_LINES = 50
const MAX_TEXT = 200

/** The lines and one more; the oldest give way. */
export function withLine(lines: readonly DiagnosticLine[], { at, from, text }: Omit<DiagnosticLine, 'times'>): readonly DiagnosticLine[] {
  const clean = withoutSecrets(text).slice(0, MAX_TEXT)
  const last = lines[lines.length - 1]
  if (last?.from === from && last.text === clean)
    return [...lines.slice(0, -1), { ...last, at, times: last.times + 1 }]
  return [...lines, { at, from, text: clean, times: 1 }].slice(-KEPT_LINES)
}

/** Addresses keep neither the names and passwords before their hosts nor their queries, where signatures and tokens are. */
export function withoutSecrets(text: string): string {
  return text.replace(/\/\/[^/\s?@]+@/g, '//').replace(/\?[^\s?"']*=[^\s"']*/g, '')
}

/** The name of the stream that an address leads to; empty without one. */
export function streamName(address = ''): string {
  const path = address.split(/[?#]/)[0]
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
}

export interface Diagnosis {
  readonly at: number
  /** The app, the device, its network: a line each. */
  readonly about: readonly string[]
  readonly roomId?: string
  /** The last figures of every medium that is open. */
  readonly figures: readonly (readonly [from: string, statistics: MediaStatistics])[]
  readonly lines: readonly DiagnosticLine[]
}

/** Times are UTC, so that they can be laid beside the server's log. */
export function presentDiagnosis({ at, about, roomId, figures, lines }: Diagnosis): string {
  return [
    ...about,
    ...roomId ? [`room ${roomId}`] : [],
    new Date(at).toISOString(),
    '',
    ...figures.map(([from, statistics]) => `${from}: ${presentFigures(statistics)}`),
    ...figures.length > 0 ? [''] : [],
    ...lines.slice(-COPIED_LINES).map(presentLine),
  ].join('\n')
}

export function presentLine({ at, from, text, times }: DiagnosticLine): string {
  return `${new Date(at).toISOString().slice(11, -1)} ${from}: ${text}${times > 1 ? ` ×${times}` : ''}`
}

function presentFigures({ transport, bitrateKbps, fps, width, height, rttMs, lossPercent, bufferMs }: MediaStatistics): string {
  return [
    transport,
    `${Math.round(bitrateKbps)} kbit/s`,
    `${Math.round(fps)} fps`,
    `${width}×${height}`,
    ...rttMs === undefined ? [] : [`round trip ${Math.round(rttMs)} ms`],
    ...lossPercent === undefined ? [] : [`loss ${lossPercent.toFixed(1)} %`],
    ...bufferMs === undefined ? [] : [`buffer ${Math.round(bufferMs)} ms`],
  ].join(', ')
}
