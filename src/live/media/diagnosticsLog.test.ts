import type { DiagnosticLine } from './diagnosticsLog'
import { describe, expect, it } from 'vitest'
import { KEPT_LINES, presentDiagnosis, streamName, withLine } from './diagnosticsLog'
import { eventText } from './eventText'

const AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
const line = (text: string, from = 'pusher r1-u1', at = AT) => ({ at, from, text })
const log = (...lines: Parameters<typeof withLine>[1][]) => lines.reduce<readonly DiagnosticLine[]>(withLine, [])

describe('the diagnostics log', () => {
  it('[PB39] keeps the last 200 lines', () => {
    const kept = log(...Array.from({ length: 250 }, (_, index) => line(`line ${index}`)))
    expect(kept).toHaveLength(KEPT_LINES)
    expect([kept[0].text, kept.at(-1)!.text]).toEqual(['line 50', 'line 249'])
  })

  it('[PB39] counts what repeats itself, apart for each medium', () => {
    const kept = log(line('statechange 1101'), line('statechange 1101', undefined, AT + 1000), line('statechange 1101', 'player r1-u2'), line('statechange 1101'))
    expect(kept.map(({ from, times }) => [from, times])).toEqual([['pusher r1-u1', 2], ['player r1-u2', 1], ['pusher r1-u1', 1]])
    expect(kept[0].at).toBe(AT + 1000)
  })

  it.each([
    ['rtmp://a.example:1935/live/r1-u1?txSecret=abc&txTime=5F', 'rtmp://a.example:1935/live/r1-u1'],
    ['no connection to wss://a.example/ws?token=abc.', 'no connection to wss://a.example/ws'],
    ['{"url":"/live/x.flv?txSecret=abc"}', '{"url":"/live/x.flv"}'],
    ['http://anna:secret@a.example/x', 'http://a.example/x'],
    ['what is this? a question', 'what is this? a question'],
  ])('[PB39] no secret of %s is kept', (text, kept) => {
    expect(log(line(text))[0].text).toBe(kept)
  })

  it('[PB39] a long text is cut', () => {
    expect(log(line('x'.repeat(1000)))[0].text).toHaveLength(200)
  })

  it.each([
    ['rtmp://a:1935/live/r1-u1?txSecret=abc', 'r1-u1'],
    ['http://a/live/r1-u1.flv?txSecret=a/b.c', 'r1-u1'],
    ['', ''],
  ])('[PB39] the stream of %s', (address, name) => {
    expect(streamName(address)).toBe(name)
  })

  it('[PB40] is copied with what there is to know of app, device, room and figures, and its last 50 lines', () => {
    const text = presentDiagnosis({
      at: AT,
      about: ['Lianmai 1.0.0', 'WeChat 8.0.50, base library 3.8.0'],
      roomId: 'r1',
      figures: [['pusher r1-u1', { at: AT, transport: 'rtmp', bitrateKbps: 845.4, fps: 23.9, width: 360, height: 640, rttMs: 20.4, lossPercent: 0.25, bufferMs: 900 }]],
      lines: [...Array.from({ length: 60 }, (_, index) => ({ ...line(`line ${index}`), times: 1 })), { ...line('statechange 1101'), times: 3 }],
    })
    expect(text.split('\n').slice(0, 8)).toEqual([
      'Lianmai 1.0.0',
      'WeChat 8.0.50, base library 3.8.0',
      'room r1',
      '2026-01-02T03:04:05.678Z',
      '',
      'pusher r1-u1: rtmp, 845 kbit/s, 24 fps, 360×640, round trip 20 ms, loss 0.3 %, buffer 900 ms',
      '',
      '03:04:05.678 pusher r1-u1: line 11',
    ])
    expect(text.split('\n')).toHaveLength(57)
    expect(text.endsWith('statechange 1101 ×3')).toBe(true)
  })

  it('[PB40] without a room and without figures it has no empty lines for them', () => {
    expect(presentDiagnosis({ at: AT, about: ['Lianmai 1.0.0'], figures: [], lines: [] })).toBe('Lianmai 1.0.0\n2026-01-02T03:04:05.678Z\n')
  })
})

describe('what media tell', () => {
  it.each([
    ['status', 'live', 'status live'],
    ['problem', { code: 'CAMERA_DENIED', nativeCode: 10001 }, 'problem CAMERA_DENIED 10001'],
    ['problem', { code: 'NETWORK' }, 'problem NETWORK'],
    ['trouble', null, 'trouble over'],
    ['trouble', { kind: 'weak' }, 'trouble weak'],
    ['trouble', { kind: 'waiting', attempt: 2, until: 5 }, 'trouble waiting, attempt 2'],
    ['trouble', { kind: 'paused', by: 'call' }, 'trouble paused by call'],
    ['diagnostic', { at: AT, code: 1002, text: 'statechange 1002' }, 'statechange 1002'],
    ['diagnostic', { at: AT, code: 10014, isUnknown: true, text: 'statechange 10014' }, 'statechange 10014 (unknown)'],
    ['bgm', { type: 'started' }, 'bgm started'],
    ['size', { width: 360, height: 640 }, 'size 360 640'],
    ['casting', { type: 'changed', detail: { state: 'fail' } }, 'casting changed {"state":"fail"}'],
    ['fullscreen', true, 'fullscreen true'],
    ['autoplayMuted', undefined, 'autoplayMuted'],
  ] as const)('[PB39] %s %j is a line', (event, detail, text) => {
    expect(eventText(event, detail)).toBe(text)
  })

  it('[PB39] figures, levels and progress are not', () => {
    expect(eventText('statistics', {})).toBeUndefined()
    expect(eventText('volume', 7)).toBeUndefined()
    expect(eventText('bgm', { type: 'progress', ms: 1, durationMs: 2 })).toBeUndefined()
  })
})
