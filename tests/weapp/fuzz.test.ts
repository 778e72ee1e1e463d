/** Thousands of requests that no client sends, at a server where people broadcast: nothing breaks, nothing leaks, and those people notice nothing. */
import type { Answer } from './support/answers'
import type { OldClient } from './support/OldClient'
import type { OldWorld } from './support/OldWorld'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freshSeed } from '@/server/testing/seededRandom'
import { createNoise } from './support/noise'
import { openOldWorld } from './support/OldWorld'
import { createWire } from './support/wire'

const REQUESTS = 6000
const AT_ONCE = 24
const TIMEOUT_MS = 20_000
const PLENTY = { requests: 1e9, perMs: 1000 }

let world: OldWorld

beforeEach(async () => {
  world = await openOldWorld({ env: { WEAPP_LOGIN_INFO: '0' }, weappRates: { application: PLENTY, person: PLENTY, rooms: PLENTY, address: PLENTY } })
})
afterEach(() => world.close())

async function loggedIn(account: string): Promise<OldClient> {
  const person = world.person(account, 'wx 2020')
  await person.login()
  await person.fetchPushURL()
  return person
}

/** A room without a free place, somebody who watches, and three who mean no good; one of those has logged out. */
async function openStage() {
  const [anna, ben, cat, dan, eve, mallory, oscar, gone] = await Promise.all(['anna', 'ben', 'cat', 'dan', 'eve', 'mallory', 'oscar', 'gone'].map(loggedIn))
  await anna.createRoom('晚上好', 'evening')
  for (const guest of [ben, cat, dan]) {
    await guest.enterRoom('evening')
    await guest.joinAnchor()
  }
  await eve.enterRoom('evening')
  const { token } = gone
  await gone.logout()
  gone.token = token
  return { honest: [anna, ben, cat, dan, eve], bad: [mallory, oscar, gone] }
}

const secretsOf = ({ token, pushURL, userSig }: OldClient) => [token, new URL(pushURL).searchParams.get('txSecret')!, userSig]

describe('noise', () => {
  it.each([1, freshSeed()])(`[RS2] [RS5] [RS7] [RS8] [RS44] ${REQUESTS} strange requests each get a code, tell nothing secret and change nothing for the people in a room (seed %i)`, async (seed) => {
    const { honest: people, bad } = await openStage()
    const [anna, ...others] = people
    const eve = others.at(-1)!
    const [mallory, oscar] = bad
    const roomOf = async (person: OldClient) => {
      const { roomID, roomInfo, roomCreator, mixedPlayURL, roomStatusCode, pushers } = await person.getAnchors('evening')
      return { roomID, roomInfo, roomCreator, mixedPlayURL, roomStatusCode, pushers }
    }
    const before = await roomOf(eve)
    expect(before.pushers).toHaveLength(4)
    const secrets = people.flatMap(secretsOf)
    const noise = createNoise(seed, {
      sdkAppID: world.apps.secret.sdkAppID,
      accounts: [...people, ...bad].map(({ userID }) => userID),
      credentials: [mallory, mallory, mallory, ...bad], // she has the most to say
      roomIDs: ['evening', 'noise', 'r23456789abcd'],
      userSigs: { oscar: oscar.userSig },
    })
    const wire = createWire(() => world.server.origin, TIMEOUT_MS)
    const counts = new Map<number, number>()
    let sent = 0

    async function send(): Promise<void> {
      while (sent < REQUESTS) {
        const number = ++sent
        const request = noise.next()
        const asked = `seed ${seed}, request ${number}: ${request.method} ${request.path.slice(0, 300)} ${JSON.stringify(request.headers)} ${String(request.body).slice(0, 300)}`
        const { status, text } = await wire.send(request).catch((error) => {
          throw new Error(`${asked} was not answered: ${error}`)
        })
        const answer = (status === 200 ? JSON.parse(text) : {}) as Partial<Answer>
        if (!Number.isInteger(answer.code))
          throw new Error(`${asked} answered ${status} ${text.slice(0, 300)}`)
        if (secrets.some(secret => text.includes(secret)))
          throw new Error(`${asked} told a secret: ${text.slice(0, 1000)}`)
        if (answer.code === 207_001)
          throw new Error(`${asked} was what nobody meant\n${world.server.logLines.filter(line => line.includes('"level":50')).join('')}`)
        counts.set(answer.code!, (counts.get(answer.code!) ?? 0) + 1)
        if (answer.userID !== undefined && answer.token !== undefined)
          noise.loggedIn(answer.userID, answer.token)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, send))
    wire.hangUp()

    const usual = [0, 200_100, 200_101, 201_000, 201_001, 201_002, 201_004, 201_006, 202_000, 202_001, 203_003, 203_006, 203_008, 203_010, 204_002, 206_000, 207_003, 207_005, 207_006]
    expect(usual.filter(code => !counts.has(code)), `seed ${seed}: codes that no request met`).toEqual([])
    expect(counts.get(0), `seed ${seed}`).toBeGreaterThan(REQUESTS / 20)
    for (const person of people)
      expect(await roomOf(person), `seed ${seed}`).toEqual(before)
    expect((await eve.listRooms()).map(({ roomID }) => roomID), `seed ${seed}`).toContain('evening')
    await anna.destroyRoom('evening')
    const log = world.server.logLines.join('')
    const inLog = [...secrets, ...secretsOf(mallory)].filter(secret => log.includes(secret))
    expect(inLog, `seed ${seed}: in the log`).toEqual([])
    expect(log, `seed ${seed}`).not.toMatch(/txSecret|userSig=|"level":[56]0/)
  }, 120_000)
})
