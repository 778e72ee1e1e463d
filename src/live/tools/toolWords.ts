/** Which words of the locales say what a tool has to say. Pure. */
import type { AddressFault, AddressKind } from './address'
import type { Run } from './toolState'
import type { MediaStatistics, MediaTrouble } from '@/src/live/components/media'
import type { TextKey, TextParams } from '@/src/locales/translate'

type Words = readonly [key: TextKey, params?: TextParams]

export const KIND_NAMES: Readonly<Record<AddressKind, string>> = { whip: 'WHIP', whep: 'WHEP', leb: '快直播 LEB', flv: 'HTTP-FLV', wsFlv: 'WS-FLV', hls: 'HLS', rtmp: 'RTMP' }

export const EXAMPLES: Readonly<Record<AddressKind, string>> = { whip: 'http(s)://…/whip/…', whep: 'http(s)://…/whep/…', leb: 'https://…/pullstream?streamurl=…', flv: 'http(s)://….flv', wsFlv: 'ws(s)://….flv', hls: 'http(s)://….m3u8', rtmp: 'rtmp://…' }

export const kindsInWords = (kinds: readonly AddressKind[]): string => kinds.map(kind => KIND_NAMES[kind]).join(', ')

export function faultWords(fault: AddressFault, kinds: readonly AddressKind[]): Words {
  return [`tools.fault.${fault.code}`, { kind: 'kind' in fault ? KIND_NAMES[fault.kind] : '', kinds: kindsInWords(kinds) }]
}

export function statusWords({ status }: Run, isPush: boolean): Words {
  return [status === 'live' ? `tools.status.live.${isPush ? 'push' : 'play'}` : `tools.status.${status}`]
}

/** What is to be added to the status: why it ended, or what troubles it. */
export function reasonWords({ problem, trouble }: Run): Words | undefined {
  if (trouble && trouble.kind !== 'offline' && problem === 'STREAM_GONE')
    return ['tools.gone']
  if (trouble)
    return troubleWords(trouble)
  return problem ? [`media.${problem}`] : undefined
}

function troubleWords(trouble: MediaTrouble): Words {
  return trouble.kind === 'paused' ? [`tools.trouble.${trouble.by}`] : [`tools.trouble.${trouble.kind}`, { attempt: 'attempt' in trouble ? trouble.attempt : 0 }]
}

/** Whether a tap may do better than waiting. */
export const canRetry = ({ status, trouble }: Run): boolean => status === 'failed' || trouble?.kind === 'waiting' || trouble?.kind === 'stuck'

/** `WHEP · 1200 kbps · 25 fps · 720×1280 · buffer 120 ms · RTT 30 ms`; a line breaks between two figures only. */
export function figuresLine({ bitrateKbps, bufferMs, fps, height, rttMs, transport, width }: MediaStatistics, buffer: string): string {
  return [
    KIND_NAMES[transport],
    `${Math.round(bitrateKbps)} kbps`,
    `${Math.round(fps)} fps`,
    ...width > 0 ? [`${width}×${height}`] : [],
    ...bufferMs === undefined ? [] : [`${buffer} ${Math.round(bufferMs)} ms`],
    ...rttMs === undefined ? [] : [`RTT ${Math.round(rttMs)} ms`],
  ].map(figure => figure.replace(/ /g, '\u00A0')).join(' · ')
}
