import type { Room } from '../../shared/protocol/rest'
import type { Database } from '../database/createDatabase'
import type { ReminderStore } from './reminderStore'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createDatabase } from '../database/createDatabase'
import { settled, VirtualClock } from '../testing/VirtualClock'
import { createReminders, SEND_TIMEOUT_MS, SENDS_AT_ONCE } from './createReminders'
import { createReminderStore, REMINDERS_PER_PERSON } from './reminderStore'

let db: Database
let clock: VirtualClock
let store: ReminderStore
beforeEach(async () => {
  db = await createDatabase(':memory:')
  clock = new VirtualClock()
  store = createReminderStore(db, clock)
})
afterEach(() => db.destroy())

async function addUser(id: string) {
  await db.insertInto('users').values({ id, nickname: id, avatar: 1, picture: null, wechat_open_id: `open-${id}`, created_at: 1, updated_at: 1 }).execute()
}
const all = () => db.selectFrom('reminders').select('anchor_id').execute()

it('[WX46] taken once: of two that take at the same time, one has them', async () => {
  await addUser('uboris')
  await store.add('uboris', 'uanna')
  const taken = await Promise.all([store.take('uanna'), store.take('uanna')])
  expect(taken.flat()).toEqual([{ userId: 'uboris', openId: 'open-uboris' }])
  expect(await all()).toEqual([])
})

it('[WX47] of more than one person may have, the one asked for longest ago goes', async () => {
  await addUser('uboris')
  for (let i = 0; i < REMINDERS_PER_PERSON; i++) {
    await store.add('uboris', `uanchor${i}`)
    await clock.advance(1)
  }
  await store.add('uboris', 'uanchor0') // asked for again: the newest
  await clock.advance(1)
  await store.add('uboris', 'uone-more')
  const kept = (await all()).map(row => row.anchor_id)
  expect(kept).toHaveLength(REMINDERS_PER_PERSON)
  expect(kept).toEqual(expect.arrayContaining(['uanchor0', 'uone-more']))
  expect(kept).not.toContain('uanchor1')
})

const room = { id: 'rone', title: 'Evening', anchor: { id: 'uanna', nickname: 'Anna', avatar: 1 }, startedAt: 5 } as Room

async function begin(send: (openId: string) => Promise<void>, people: number) {
  const warned: object[] = []
  const log = { info: () => {}, warn: (fields: object) => void warned.push(fields), error: (fields: object) => expect.unreachable(JSON.stringify(fields)) }
  const reminders = createReminders({ store, sender: { send }, clock, log: log as never })
  for (let i = 0; i < people; i++) {
    await addUser(`u${i}`)
    await reminders.add(`u${i}`, 'uanna')
  }
  reminders.wentLive(room)
  await settled()
  return { reminders, warned }
}

it('[WX46] a WeChat that says nothing does not hold the others up', async () => {
  const tried: string[] = []
  const { warned } = await begin(openId => new Promise(() => tried.push(openId)), SENDS_AT_ONCE + 1)
  expect(tried).toHaveLength(SENDS_AT_ONCE)
  await clock.advance(SEND_TIMEOUT_MS)
  expect(tried).toHaveLength(SENDS_AT_ONCE + 1)
  expect(warned).toHaveLength(SENDS_AT_ONCE)
  await clock.advance(SEND_TIMEOUT_MS)
  expect([warned.length, clock.pending]).toEqual([SENDS_AT_ONCE + 1, 0])
})

it('[WX46] once the server stops, none is begun', async () => {
  let answer = () => {}
  const tried: string[] = []
  const { reminders } = await begin((openId) => {
    tried.push(openId)
    return new Promise(resolve => answer = resolve)
  }, SENDS_AT_ONCE + 1)
  await reminders.close()
  answer()
  await settled()
  expect(tried).toHaveLength(SENDS_AT_ONCE)
})
