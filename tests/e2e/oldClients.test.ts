/** Old apps and the new one in the same rooms: a real browser on one side, a client of the retired room service with a real picture on the other. */
import type { Browser, Page } from 'playwright-core'
import type { OldApps } from '../weapp/support/OldApp'
import type { OldClient } from '../weapp/support/OldClient'
import type { Generation, OldPeople } from '../weapp/support/people'
import type { RunningApp } from './support/app'
import type { Colour } from './support/senses'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '@/server/clock'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { probe } from '@/server/media/embedded/testing/ffmpeg'
import { createOldApps } from '../weapp/support/OldApp'
import { createOldPeople } from '../weapp/support/people'
import { startApp } from './support/app'
import { until } from './support/browser'
import { endLive, enterRoom, goLive } from './support/person'
import { startPhone, tonesPlayed } from './support/phone'
import { coloursSeen, tonesHeard } from './support/senses'
import { createVisitors } from './support/visitors'

const RED = { colour: 'red', hz: 500 } as const
const GREEN = { colour: 'green', hz: 900 } as const
const BLUE = { colour: 'blue', hz: 1500 } as const
const TONES = [500, 900, 1500]

let apps: OldApps
let app: RunningApp
let people: OldPeople
let browser: Browser
let phones: Encoder[] = []
const visitors = createVisitors(() => browser)

beforeAll(async () => {
  browser = await launchChromium()
})
beforeEach(async () => {
  apps = createOldApps()
  app = await startApp(apps.env)
  people = createOldPeople(() => app.url.replace('localhost', '127.0.0.1'), apps, systemClock)
})
afterEach(async () => {
  const problems = await visitors.leave()
  await people.close()
  await Promise.all(phones.map(phone => phone.stop()))
  phones = []
  await app.stop()
  apps.close()
  expect(problems).toEqual([])
})
afterAll(() => browser?.close())

async function loggedIn(account: string, generation: Generation = 'wx 2020'): Promise<OldClient> {
  const person = people.person(account, generation)
  await person.login()
  return person
}

/** Sends its picture to the address it was given, as the pusher tag does. */
async function push(person: OldClient, feed: typeof RED | typeof GREEN): Promise<void> {
  const phone = startPhone(await person.fetchPushURL(), feed)
  phones.push(phone)
  const { accelerateURL } = await person.ask('get_anchor_url', { userID: person.userID })
  await until(async () => (await probe(accelerateURL!, 0.5)).streams?.length > 0, `the picture of ${person.userID} flows\n${phone.log()}`)
}

async function senses(page: Page, colours: Colour[], tones: number[], what: string): Promise<void> {
  let last = ''
  await until(async () => {
    const [seen, heard] = [await coloursSeen(page), await tonesHeard(page, TONES)]
    last = `${seen} · ${heard}`
    return seen.join() === colours.join() && heard.join() === tones.join()
  }, what, 30_000).catch((error) => {
    throw new Error(`${error.message}; it was ${last}`)
  })
}

describe('an old anchor', () => {
  it('[RS42] [RS48] [LN30] [LN33] is in our list under their own name and is seen and heard in our app, guests too, until the end', { timeout: 150_000 }, async () => {
    const anna = await loggedIn('anna')
    await push(anna, RED)
    await anna.createRoom('旧客户端的直播间', 'evening')

    const { page } = await visitors.open()
    await page.goto(app.url)
    await page.getByText('anna 的名字').first().waitFor({ timeout: 15_000 })
    await enterRoom(page, app.url, /旧客户端的直播间/)
    await senses(page, ['red'], [500], 'the viewer sees and hears the old anchor')

    const ben = await loggedIn('ben')
    await ben.enterRoom('evening')
    await push(ben, GREEN)
    await ben.joinAnchor()
    await senses(page, ['red', 'green'], [500, 900], 'the viewer sees and hears both')
    await until(async () => anna.events.includes('enter ben'), 'the anchor\'s own app has noticed')

    await ben.quitJoinAnchor()
    await senses(page, ['red'], [500], 'only the anchor is left')
    await anna.exitRoom()
    await page.getByText('直播已结束').first().waitFor({ timeout: 10_000 })
    expect(await ben.listRooms()).toEqual([])
  })
})

describe('an anchor of our app', () => {
  it('[RS48] [RS50] [RS51] is in the old list, is watched by an old client, decides alone who comes on stage, and ends for them, too', { timeout: 120_000 }, async () => {
    const anchor = await visitors.open(BLUE)
    const roomId = await goLive(anchor.page, app.url)
    const name = await anchor.nickname

    const ben = await loggedIn('ben', 'Android 2019')
    const room = await until(async () => (await ben.listRooms())[0], 'the room is in the old list')
    expect(room).toMatchObject({ roomID: roomId, roomInfo: expect.stringContaining(name), pushers: [{ userName: name }] })
    expect(room.roomCreator).toBe(room.pushers[0].userID)
    await apps.secret.tim.open(room.roomCreator).createGroup(roomId) // with IM=embedded nobody makes one
    await ben.enterRoom(roomId)
    expect(await tonesPlayed(room.pushers[0].accelerateURL, TONES)).toEqual([1500])
    expect(await tonesPlayed(ben.mixedPlayURL, TONES)).toEqual([1500])
    await until(async () => (await (await fetch(`${app.url}/api/rooms/${roomId}`)).json() as { room: { viewers: number, viewersElsewhere?: number } }).room.viewers > 0, 'the old viewer counts')

    await push(ben, GREEN)
    await expect(ben.joinAnchor()).rejects.toMatchObject({ code: 203_006 })
    await expect(ben.destroyRoom(roomId)).rejects.toMatchObject({ code: 203_003 })
    expect(await coloursSeen(anchor.page)).toEqual(['blue'])

    await endLive(anchor.page)
    expect(await ben.listRooms()).toEqual([])
    await expect(ben.getAnchors(roomId)).rejects.toMatchObject({ code: 204_002 })
  })
})
