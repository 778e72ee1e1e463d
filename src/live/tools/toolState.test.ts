import type { ToolEvent, ToolState } from './toolState'
import { describe, expect, it } from 'vitest'
import { ADDRESS_MAX } from './address'
import { IDLE_TOOL, transitionTool } from './toolState'
import { reasonWords } from './toolWords'

const rules = { kinds: ['rtmp', 'flv'], isSecurePage: false } as const
const url = 'rtmp://a/live/s?txSecret=1'

function after(...events: ToolEvent[]) {
  return events.reduce<{ state: ToolState, effects: string[] }>(({ effects, state }, event) => {
    const next = transitionTool(state, event)
    return { state: next.state, effects: [...effects, ...next.effects.map(({ type }) => type)] }
  }, { state: IDLE_TOOL, effects: [] })
}
const write = (text: string): ToolEvent => ({ type: 'write', text })
const start: ToolEvent = { type: 'start', rules }
const live: ToolEvent = { type: 'status', status: 'live' }

describe('a tool', () => {
  it('[TL3] starts what the field holds, and nothing that cannot work', () => {
    expect(after(write(url), start)).toMatchObject({ effects: ['start'], state: { run: { address: { kind: 'rtmp', url }, status: 'connecting' } } })
    for (const text of ['', 'nonsense', 'https://a/whep/s'])
      expect(after(write(text), start)).toMatchObject({ effects: [], state: { run: null, fault: { code: expect.any(String) } } })
  })

  it('[TL3] complains when somebody wants to start, and not while they write', () => {
    expect(after(write('nonsense')).state.fault).toBeNull()
    expect(after(write('nonsense'), start, write('rtmp')).state.fault).toBeNull()
  })

  it('[TL3] keeps no more of a text than is needed to refuse it', () => {
    expect(after(write('x'.repeat(1e6))).state.text).toHaveLength(ADDRESS_MAX + 1)
    expect(after(write('x'.repeat(1e6)), start).state.fault).toEqual({ code: 'TOO_LONG' })
  })

  it('[TL4] says how it is going; a problem is over with the next picture, a trouble when the medium says so', () => {
    const trouble = { kind: 'reconnecting', attempt: 2 } as const
    const troubled = after(write(url), start, live, { type: 'status', status: 'interrupted' }, { type: 'problem', problem: 'NETWORK' }, { type: 'trouble', trouble })
    expect(troubled.state.run).toMatchObject({ status: 'interrupted', problem: 'NETWORK', trouble })
    expect(transitionTool(troubled.state, live).state.run).toMatchObject({ status: 'live', problem: null, trouble })
    expect(transitionTool(troubled.state, { type: 'trouble', trouble: null }).state.run).toMatchObject({ trouble: null })
  })

  it('[TL4] what a medium says that nobody asked for changes nothing', () => {
    for (const event of [live, { type: 'problem', problem: 'NETWORK' }, { type: 'trouble', trouble: { kind: 'weak' } }, { type: 'stop' }, { type: 'blocked' }] as const)
      expect(after(event)).toEqual({ state: IDLE_TOOL, effects: [] })
    const running = after(write(url), start, live)
    expect(transitionTool(running.state, { type: 'status', status: 'idle' }).state).toBe(running.state)
  })

  it('[TL4] tries what it lost again at once, and what is in the field when that one failed for good', () => {
    const waiting = after(write(url), start, live, { type: 'status', status: 'interrupted' }, write('rtmp://b/live/t'))
    expect(transitionTool(waiting.state, start).effects).toEqual([{ type: 'start', address: { kind: 'rtmp', url } }])
    const failed = transitionTool(waiting.state, { type: 'status', status: 'failed' }).state
    expect(transitionTool(failed, start).effects).toEqual([{ type: 'start', address: { kind: 'rtmp', url: 'rtmp://b/live/t' } }])
  })

  it('[TL4] stops once', () => {
    expect(after(write(url), start, live, { type: 'stop' }, { type: 'stop' })).toMatchObject({ effects: ['start', 'stop'], state: { run: null, text: url } })
  })

  it('[TL3] an address that the page may not reach stops it, and says so', () => {
    expect(after(write(url), start, { type: 'blocked' })).toMatchObject({ effects: ['start', 'stop'], state: { run: null, fault: { code: 'BLOCKED' } } })
  })

  it('[TL4] an address that nobody sends to is told as such, not as a bad network', () => {
    const run = { address: { kind: 'rtmp', url }, status: 'connecting', trouble: { kind: 'waiting', attempt: 2, until: 0 }, problem: null } as const
    expect(reasonWords(run)).toEqual(['tools.trouble.waiting', { attempt: 2 }])
    expect(reasonWords({ ...run, problem: 'STREAM_GONE' })).toEqual(['tools.gone'])
    expect(reasonWords({ ...run, problem: 'STREAM_GONE', trouble: { kind: 'offline' } })?.[0]).toBe('tools.trouble.offline')
  })
})
