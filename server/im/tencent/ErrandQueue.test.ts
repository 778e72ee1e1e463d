import type { Errand } from './ErrandQueue'
import { beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../chat/testing/ChatWorld'
import { settled, VirtualClock } from '../../testing/VirtualClock'
import { ErrandQueue } from './ErrandQueue'
import { COMMAND_RATE, ERRANDS_IN_FLIGHT, ERRANDS_MAX, ERRANDS_OF_ONE_MAX, GROUP_RATE, NEWS_MS } from './limits'
import { ImCode, TencentImError } from './TencentImError'

let clock: VirtualClock
let queue: ErrandQueue
let done: string[]
let open: () => void
let gate: Promise<void>

beforeEach(() => {
  clock = new VirtualClock()
  queue = new ErrandQueue({ clock, random: () => 0, log: silentLog })
  done = []
  gate = Promise.resolve()
})

function shut(): void {
  gate = new Promise(resolve => open = resolve)
}

function errand(name: string, part: Partial<Errand> = {}): Errand {
  return {
    key: 'rone',
    command: 'send_group_msg',
    priority: 'Normal',
    ttlMs: NEWS_MS,
    async run() {
      await gate
      done.push(name)
    },
    ...part,
  }
}
function failing(code: number | undefined, times: number, name = 'tried') {
  let tries = 0
  return async () => {
    if (++tries <= times)
      throw new TencentImError('send_group_msg', code, 'told to')
    done.push(`${name} ${tries}`)
  }
}

describe('the order', () => {
  it('[IS4] is by importance, then by age; those of one key one after the other', async () => {
    shut()
    for (const name of ['first', 'lowest', 'low', 'normal', 'high', 'high too'])
      queue.add(errand(name, { priority: name.startsWith('high') ? 'High' : name === 'low' ? 'Low' : name === 'lowest' ? 'Lowest' : 'Normal' }))
    open()
    await settled()
    expect(done).toEqual(['first', 'high', 'high too', 'normal', 'low', 'lowest'])
  })

  it('[IS4] of one key keeps nobody else waiting', async () => {
    shut()
    queue.add(errand('slow'))
    gate = Promise.resolve()
    queue.add(errand('other', { key: 'rtwo' }))
    await settled()
    expect(done).toEqual(['other'])
    open()
    await settled()
    expect(done).toEqual(['other', 'slow'])
  })

  it('[IS4] holds through a failure: what comes after waits for it', async () => {
    queue.add(errand('one', { run: failing(ImCode.tooManyMessages, 1, 'one') }))
    queue.add(errand('two'))
    await settled()
    expect(done).toEqual([])
    await clock.advance(1000)
    expect(done).toEqual(['one 2', 'two'])
  })
})

describe('a failure', () => {
  it.each([[10_002], [60_008], [undefined]])('[IS4] that passes (%s) is tried again after growing pauses', async (code) => {
    queue.add(errand('', { run: failing(code, 3) }))
    await clock.advance(149)
    expect(done).toEqual([])
    await clock.advance(5000)
    expect(done).toEqual(['tried 4'])
    expect(queue.figures).toEqual({ done: 1, givenUp: 0, waiting: 0 })
  })

  it('[IS4] that does not pass is given up at once', async () => {
    queue.add(errand('', { run: failing(10_007, 1) }))
    await clock.advance(60_000)
    expect(done).toEqual([])
    expect(queue.figures).toEqual({ done: 0, givenUp: 1, waiting: 0 })
  })

  it('[IS4] that lasts is given up when the news is stale', async () => {
    queue.add(errand('', { ttlMs: 5000, run: failing(undefined, 1000) }))
    await clock.advance(10_000)
    expect(queue.figures).toEqual({ done: 0, givenUp: 1, waiting: 0 })
    expect(clock.pending).toBe(0)
  })
})

describe('the pace', () => {
  it('[IS4] is at most 20 messages of a group and 100 calls of a command a second', async () => {
    for (let i = 0; i < 60; i++)
      queue.add(errand(`m${i}`, { isMessage: true }))
    for (let i = 0; i < 20; i++)
      await settled()
    expect(done).toHaveLength(GROUP_RATE.burst)
    await clock.advance(1000)
    expect(done).toHaveLength(GROUP_RATE.burst + GROUP_RATE.perSecond)
    done = []
    for (let i = 0; i < 300; i++)
      queue.add(errand(`p${i}`, { key: `u${i}`, command: 'sendmsg' }))
    for (let i = 0; i < 20; i++)
      await settled()
    expect(done.filter(name => name.startsWith('p'))).toHaveLength(COMMAND_RATE.burst)
    await clock.advance(1000)
    expect(done.filter(name => name.startsWith('p'))).toHaveLength(COMMAND_RATE.burst + COMMAND_RATE.perSecond)
  })

  it('[IS5] a cloud that hangs is not asked everything at once', async () => {
    shut()
    let asked = 0
    for (let i = 0; i < 100; i++)
      queue.add(errand('', { key: `u${i}`, run: async () => void await (asked++, gate) }))
    await settled()
    expect(asked).toBe(ERRANDS_IN_FLIGHT)
    open()
  })
})

describe('the bounds', () => {
  it('[IS5] of one room: the least important goes, the oldest of them first; what is vital for nothing less', async () => {
    shut()
    queue.add(errand('first'))
    queue.add(errand('end', { priority: 'High', isVital: true }))
    for (let i = 0; i < ERRANDS_OF_ONE_MAX; i++)
      queue.add(errand(`likes ${i}`, { priority: 'Lowest' }))
    queue.add(errand('change', { priority: 'High' }))
    expect(queue.figures.waiting).toBe(ERRANDS_OF_ONE_MAX)
    open()
    for (let i = 0; i < 30; i++)
      await settled()
    expect(done.slice(0, 4)).toEqual(['first', 'end', 'change', 'likes 3'])
  })

  it('[IS5] of all', async () => {
    shut()
    for (let i = 0; i < ERRANDS_MAX + 10; i++)
      queue.add(errand('', { key: `r${i}`, priority: 'Low' }))
    queue.add(errand('vital', { key: 'rlast', priority: 'High', isVital: true }))
    expect(queue.figures).toMatchObject({ waiting: ERRANDS_MAX, givenUp: 11 })
    open()
    await settled()
    expect(done).toContain('vital')
  })

  it('[IS5] of what only its newest matters, one waits', async () => {
    shut()
    queue.add(errand('first'))
    for (const name of ['1', '2', '3'])
      queue.add(errand(name, { replaces: 'online' }))
    queue.add(errand('other', { key: 'rtwo', replaces: 'online' }))
    open()
    await settled()
    expect(done.sort()).toEqual(['3', 'first', 'other'])
  })

  it('[IS4] after the end nothing is done any more', async () => {
    shut()
    queue.add(errand('running'))
    queue.add(errand('waiting'))
    queue.close()
    queue.add(errand('late'))
    open()
    await clock.advance(60_000)
    expect(done).toEqual(['running'])
    expect(clock.pending).toBe(0)
  })
})
