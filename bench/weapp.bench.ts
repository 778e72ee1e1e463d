import type { Buffer } from 'node:buffer'
import type { BenchRow } from './bench'
import type { Child } from './fanout/child'
import type { Usage } from './fanout/usage'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild } from './fanout/child'
import { requestOf, startLoad } from './weapp/load'

export const name = 'The old room service\'s interface'

const PEOPLE = 100
const WARM_UP_MS = 1500
const MEASURE_MS = 3000
/** Each is measured so often, in turns. */
const ROUNDS = 3
const SHARE = 0.5

type Reply = Readonly<Record<string, any>>

export async function run(): Promise<BenchRow[]> {
  const [service, bare] = [startChild('../weapp/oldService'), startChild('../weapp/bareRoute')]
  try {
    const { port } = await service.ask<{ port: number }>({ what: 'port' })
    const everybody = await Promise.all(Array.from({ length: PEOPLE }, () => meet(port)))
    const logins = await compare(service, bare, everybody)
    const beats = await compare(service, bare, await Promise.all(everybody.map(login => goLive(port, login))))
    return [
      row('login, by people who were here before', logins),
      row(`anchor_heartbeat, ${PEOPLE} rooms`, beats),
    ]
  }
  finally {
    await service.stop()
    await bare.stop()
  }
}

function row(what: string, { ours, bare }: { ours: number, bare: number }): BenchRow {
  return {
    measure: `${what}: requests per second of one core`,
    value: ours,
    unit: '/s',
    target: { atLeast: bare * SHARE },
    floor: { what: 'a bare Express route with the same JSON', value: bare },
  }
}

interface Asked {
  readonly path: string
  readonly body: object
}

/** @returns their login */
async function meet(port: number): Promise<Asked> {
  const { sdkAppID, userID, userSig } = await post(port, { path: '/weapp/utils/get_login_info', body: {} })
  return { path: `/weapp/live_room/login?sdkAppID=${sdkAppID}&userID=${userID}&userSig=${userSig}&accountType=0&platform=WeChat`, body: {} }
}

/** @returns their heartbeat */
async function goLive(port: number, login: Asked): Promise<Asked> {
  const { userID, token } = await post(port, login)
  const asked = (action: string, body: object): Asked => ({ path: `/weapp/live_room/${action}?userID=${userID}&token=${token}`, body: { userID, ...body } })
  const { pushURL } = await post(port, asked('get_anchor_url', {}))
  const { roomID } = await post(port, asked('create_room', { roomInfo: 'Evening' }))
  await post(port, asked('add_anchor', { roomID, userName: 'Anna', userAvatar: '', pushURL }))
  return asked('anchor_heartbeat', { roomID, roomStatusCode: 0 })
}

async function post(port: number, { path, body }: Asked): Promise<Reply> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  const reply = await response.json() as Reply
  if (reply.code !== 0)
    throw new Error(`${path.split('?', 1)[0]} answers ${reply.code}: ${reply.message}`)
  return reply
}

/** What the one and the other answer in a second of their process's time. */
async function compare(service: Child, bare: Child, asked: readonly Asked[]): Promise<{ ours: number, bare: number }> {
  const requests = asked.map(({ path, body }) => requestOf(path, body))
  const { port } = await service.ask<{ port: number }>({ what: 'port' })
  await bare.ask({ what: 'reply', reply: await post(port, asked[0]) })
  const totals = { ours: { answers: 0, cpuMs: 0 }, bare: { answers: 0, cpuMs: 0 } }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, child] of [['bare', bare], ['ours', service]] as const) {
      const { answers, cpuMs } = await measure(child, requests)
      totals[name].answers += answers
      totals[name].cpuMs += cpuMs
    }
  }
  return { ours: perSecond(totals.ours), bare: perSecond(totals.bare) }
}

async function measure(child: Child, requests: readonly Buffer[]) {
  const { port } = await child.ask<{ port: number }>({ what: 'port' })
  const load = await startLoad(port, requests, body => body.startsWith('{"code":0,'))
  try {
    await sleep(WARM_UP_MS)
    const [from, answered] = [await child.ask<Usage>({ what: 'usage' }), load.answers()]
    await sleep(MEASURE_MS)
    const [to, done] = [await child.ask<Usage>({ what: 'usage' }), load.answers()]
    return { answers: done - answered, cpuMs: to.cpuMs - from.cpuMs }
  }
  finally {
    load.stop()
  }
}

const perSecond = ({ answers, cpuMs }: { readonly answers: number, readonly cpuMs: number }): number => answers / (cpuMs / 1000)
