/** A real server process is killed in the middle of its work; everything it has acknowledged is still there. */
import type { ChildProcess } from 'node:child_process'
import type { CreatedRoom, RoomDetail, Session } from '@/shared/protocol/rest'
import type { RoomMessage } from '@/shared/protocol/ws'
import type { ImClient } from '@/src/ports/ImClient'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { wsConnect } from '@/server/chat/testing/wsConnect'
import { systemClock } from '@/server/clock'
import { createDatabase } from '@/server/database/createDatabase'
import { seededRandom } from '@/server/testing/seededRandom'
import { HISTORY_LENGTH } from '@/shared/protocol/ws'
import { createEmbeddedImClient } from '@/src/adapters/socket/EmbeddedImClient'

const ROUNDS = 3
const TALKERS = 4
/** What each round acknowledges at least before it is cut short, somewhere in the middle of the next. */
const TEXTS = 60
const ROOMS = 6

let dataDir: string
let child: ChildProcess | undefined

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'lianmai-kill-'))
})
afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

async function startChild(): Promise<string> {
  child = fork(path.join(import.meta.dirname, 'serverProcess.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', RTMP_PORT: '0', DATA_DIR: dataDir, DEMO_ROOM: '0', LOG_LEVEL: 'silent', NODE_ENV: 'test' },
  })
  const [url] = await once(child, 'message') as [string]
  return url.replace('localhost', '127.0.0.1')
}

async function kill(): Promise<void> {
  child!.kill('SIGKILL')
  await once(child!, 'exit')
}

async function call<Answer>(url: string, body?: object, token?: string): Promise<Answer> {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    body: body && JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
  })
  if (!response.ok)
    throw new Error(`${response.status} ${await response.text()}`)
  return response.json() as Promise<Answer>
}

/** Does the same again and again until it fails, as it will when the server is killed. */
async function untilKilled(act: () => Promise<void>): Promise<void> {
  let failure: unknown
  while (!failure)
    await act().catch(error => void (failure = error ?? true))
}

async function talker(url: string, roomId: string, random: () => number, said: (messageId: string, text: string) => void, name: string): Promise<{ client: ImClient, talking: Promise<void> }> {
  const { token } = await call<Session>(`${url}/api/sessions`, { nickname: name })
  const client = createEmbeddedImClient({ url: `${url.replace('http', 'ws')}/ws`, clock: systemClock, random, connect: wsConnect })
  client.login({ kind: 'embedded' }, token)
  await client.join(roomId)
  let count = 0
  const talking = untilKilled(async () => {
    const text = `${name} ${++count}`
    said(await client.sendText(text), text)
  })
  return { client, talking }
}

it('[CH6] [RM13] a server killed at work has lost no acknowledged room and no acknowledged text', async () => {
  const random = seededRandom(9)
  const rooms = new Map<string, string>()
  const texts = new Map<string, string>()
  let lastRound = { roomId: '', kept: [] as string[] }

  for (let round = 0; round < ROUNDS; round++) {
    const url = await startChild()
    const { token } = await call<Session>(`${url}/api/sessions`, { nickname: 'anchor' })
    const home = (await call<CreatedRoom>(`${url}/api/rooms`, { title: `round ${round}` }, token)).room
    rooms.set(home.id, home.title)

    const talkers = await Promise.all(Array.from({ length: TALKERS }, (_, index) =>
      talker(url, home.id, random, (id, text) => texts.set(id, `${home.id} ${text}`), `talker${round}x${index}`)))
    const creating = untilKilled(async () => {
      const session = await call<Session>(`${url}/api/sessions`, { nickname: 'another' })
      const title = `room ${rooms.size}`
      const { room } = await call<CreatedRoom>(`${url}/api/rooms`, { title }, session.token)
      rooms.set(room.id, title)
    })
    await expect.poll(() => texts.size >= (round + 1) * TEXTS && rooms.size >= (round + 1) * ROOMS, { timeout: 20_000, interval: 5 }).toBe(true)
    await new Promise(resolve => setTimeout(resolve, random() * 100))
    await kill()
    for (const { client } of talkers)
      client.logout()
    await Promise.all([creating, ...talkers.map(({ talking }) => talking)])

    const db = await createDatabase(path.join(dataDir, 'lianmai.db'))
    const kept = await db.selectFrom('messages').select(['id', 'room_id', 'text']).orderBy('seq').execute()
    const keptTexts = new Map(kept.map(({ id, room_id, text }) => [id, `${room_id} ${text}`]))
    const keptRooms = new Map((await db.selectFrom('rooms').select(['id', 'title']).execute()).map(({ id, title }) => [id, title]))
    await db.destroy()
    expect([...texts].filter(([id, text]) => keptTexts.get(id) !== text)).toEqual([])
    expect([...rooms].filter(([id, title]) => keptRooms.get(id) !== title)).toEqual([])
    lastRound = { roomId: home.id, kept: kept.filter(({ room_id }) => room_id === home.id).map(({ id }) => id) }
  }

  const url = await startChild()
  for (const [id, title] of [...rooms].slice(-10))
    expect((await call<RoomDetail>(`${url}/api/rooms/${id}`)).room.title).toBe(title)
  const { token } = await call<Session>(`${url}/api/sessions`, { nickname: 'late' })
  const late = createEmbeddedImClient({ url: `${url.replace('http', 'ws')}/ws`, clock: systemClock, random, connect: wsConnect })
  late.login({ kind: 'embedded' }, token)
  const { messages } = await late.join(lastRound.roomId)
  expect(messages.map(message => message.type === 'chat' && message.id)).toEqual(lastRound.kept.slice(-HISTORY_LENGTH))
  const heard: RoomMessage[] = []
  late.listen({ messages: fresh => heard.push(...fresh) })
  const next = await late.sendText('and on')
  await expect.poll(() => heard.find(message => message.type === 'chat' && message.id === next)?.seq).toBeGreaterThan(messages.at(-1)!.seq)
  late.logout()
}, 90_000)
