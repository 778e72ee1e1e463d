/** docs/LIVE-TAGS.md, made from the definition of the native tags and the comments that stand in it. */
import type { NativeNews } from '../../src/live/media/nativeCodes'
import type { Attribute } from '../../src/live/media/tags/attribute'
import type { EventRow } from './events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { PLAYER_CODES, PUSHER_CODES, PUSHER_ERRORS } from '../../src/live/media/nativeCodes'
import { PLAYER_ATTRIBUTES, PLAYER_CALLS_ON_WEB } from '../../src/live/media/tags/playerTag'
import { PUSHER_ATTRIBUTES, PUSHER_CALLS_ON_WEB } from '../../src/live/media/tags/pusherTag'
import { PLAYER_EVENTS, PUSHER_EVENTS } from './events'

const MEDIA = path.resolve(import.meta.dirname, '../../src/live/media')
const read = (file: string) => readFileSync(path.join(MEDIA, file), 'utf8')

export function createLiveTagsDoc(): string {
  const pusher = read('tags/pusherTag.ts')
  const player = read('tags/playerTag.ts')
  const codes = read('nativeCodes.ts')
  return `# Live tags

<!-- Made from src/live/media/tags, nativeCodes.ts and scripts/liveTags/events.ts: npx tsx scripts/liveTags/write.ts -->

\`MediaPusher\` and \`MediaPlayer\` (src/live/components) send and play on every platform. In WeChat they are \`<live-pusher>\` and
\`<live-player>\`, on the web WebRTC, FLV and HLS. Pages give them props and hear their events (\`src/live/components/media.ts\`); everything else
that WeChat's tags can do goes through three doors:

- \`:attributes="{ beauty: 5 }"\`: any attribute below. It comes over what the app chooses itself; numbers are brought into their range, and a value
  that makes no sense is told as \`diagnostic\` and changes nothing.
- \`handle.call('setZoom', { zoom: 2 })\`: any call below. The promise rejects with a \`MediaCallError\`: \`INVALID\` (the options make no sense),
  \`UNSUPPORTED\` (not here), \`FAILED\` (refused, or no answer in 5 s).
- \`handle.supports('setZoom')\`: whether this platform, and this version of WeChat, has it.

"Web" means that browsers do it, too, where the device can. "Since" is the version of WeChat's base library where it is above 2.9.1.

## \`<live-pusher>\`: attributes

${attributes(PUSHER_ATTRIBUTES, pusher)}

## \`<live-pusher>\`: calls

start, stop, pause, resume, switchCamera, snapshot, startPreview and stopPreview have methods of their own on the handle. \`Effect\`, \`Makeup\` and
their like are a \`path\` in the package or on the phone, with \`alpha\` from 0 to 1, \`md5\` and what WeChat's page of the call names.

${calls('PusherCalls', PUSHER_CALLS_ON_WEB, pusher)}

## \`<live-pusher>\`: events

${events(PUSHER_EVENTS)}

## \`<live-player>\`: attributes

${attributes(PLAYER_ATTRIBUTES, player)}

## \`<live-player>\`: calls

play, stop, pause and resume have methods of their own on the handle.

${calls('PlayerCalls', PLAYER_CALLS_ON_WEB, player)}

## \`<live-player>\`: events

${events(PLAYER_EVENTS)}

## Numbers

Every one is a \`diagnostic\`. One that is not here is marked as unknown there and changes nothing. A number is a hint: whether a room is
live, the server says.

### Of both tags

${numbers('NETWORK_CODES', PUSHER_CODES, codes)}

### \`statechange\` of \`<live-pusher>\`

${numbers('PUSHER_CODES', PUSHER_CODES, codes)}

### \`error\` of \`<live-pusher>\`

${numbers('PUSHER_ERRORS', PUSHER_ERRORS, codes)}

### \`statechange\` of \`<live-player>\`

${numbers('PLAYER_CODES', PLAYER_CODES, codes)}
`
}

function attributes(table: Readonly<Record<string, Attribute<unknown>>>, source: string): string {
  const rows = Object.entries(table).map(([name, { usual, range, unit, values, onWeb }]) => {
    const takes = range ? `${range[0]} to ${range[1]}${unit ? ` ${unit}` : ''}` : values ? values.map(value => `\`${value}\``).join(' ') : typeof usual === 'boolean' ? 'yes or no' : 'text'
    return [`\`${name}\``, Array.isArray(usual) ? `some of ${takes}` : takes, presentUsual(usual), onWeb ? 'yes' : '', ...about(name, source)]
  })
  return tableOf(['attribute', 'takes', 'usual', 'web', 'since', 'what it does'], rows)
}

function presentUsual(usual: unknown): string {
  if (usual === true || usual === false)
    return usual ? 'yes' : 'no'
  return Array.isArray(usual) || usual === '' ? 'none' : `\`${usual}\``
}

function calls(name: string, onWeb: readonly string[], source: string): string {
  const body = block(`export interface ${name} {`, source)
  const rows = [...body.matchAll(/^ {2}(\w+): \((?:options: (.+))?\) => (.+)$/gm)].map(([, call, options = '', answer]) =>
    [`\`${call}\``, code(options), answer === 'void' ? '' : code(answer), onWeb.includes(call) ? 'yes' : '', ...about(call, body)])
  return tableOf(['call', 'options', 'answers', 'web', 'since', 'what it does'], rows)
}

function events(rows: Readonly<Record<string, EventRow>>): string {
  return tableOf(['in WeChat', 'here', 'since', 'what it tells'], Object.entries(rows).map(([event, { tells, about, since = '' }]) => [`\`${event}\``, tells.map(name => `\`${name}\``).join(' '), since, about]))
}

function numbers(name: string, table: Readonly<Record<number, NativeNews>>, source: string): string {
  const rows = [...block(`const ${name}`, source).matchAll(/^ {2}\[?(-?\d+)\]?: .+?,(?: \/\/ (.+))?$/gm)].map(([, number, meaning = '']) =>
    [number.replace('-', '−'), presentNews(table[Number(number)]), meaning])
  return tableOf(['number', 'taken as', 'meaning'], rows)
}

function presentNews(news: NativeNews): string {
  const more = 'code' in news ? news.code : 'by' in news ? news.by : ''
  return `${code(news.type)} ${more && code(more)}`.trimEnd()
}

/** Since when, and the comment right above a line. */
function about(name: string, source: string): [since: string, comment: string] {
  const [, comment = ''] = new RegExp(`/\\*\\* (.*) \\*/\\n  ${name}:`).exec(source) ?? []
  const [, since = ''] = /Since (\d+\.\d+\.\d+)/.exec(comment) ?? []
  return [since, comment.replace(/ ?Since \d+\.\d+\.\d+\./, '')]
}

/** What is between a line and the brace that closes it. */
function block(line: string, source: string): string {
  const from = source.indexOf(line)
  return from < 0 ? '' : source.slice(from, source.indexOf('\n}', from) + 1)
}

const code = (text: string) => text && `\`${text.replaceAll('readonly ', '')}\``

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n')
}
