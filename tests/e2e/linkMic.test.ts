/** On the mic, as people do it: real browsers and an RTMP phone on one server. Everybody is known by a colour and a tone. */
import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import type { RunningApp } from './support/app'
import type { BrowserPerson, Feed } from './support/browser'
import type { Colour } from './support/senses'
import type { PhoneStage } from './support/stage'
import type { Room, RoomDetail } from '@/shared/protocol/rest'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { createPerson } from '../support/person'
import { startApp } from './support/app'
import { openPerson, until } from './support/browser'
import { acceptOnNotice, applyForMic, removeGuest, tapToColour } from './support/onTheMic'
import { goLive, roomPage } from './support/person'
import { startPhone, tonesPlayed } from './support/phone'
import { COLOURS, coloursSeen, tonesHeard } from './support/senses'
import { openPhoneStage } from './support/stage'

const RED: Feed = { colour: 'red', hz: 500 }
const GREEN: Feed = { colour: 'green', hz: 900 }
const BLUE: Feed = { colour: 'blue', hz: 1500 }
const YELLOW: Feed = { colour: 'yellow', hz: 2300 }
const TONES = [500, 900, 1500, 2300]

let app: RunningApp
let browser: Browser
let people: BrowserPerson[] = []
let stage: PhoneStage | undefined

async function person(feed?: Feed) {
  const somebody = await openPerson(browser, feed)
  people.push(somebody)
  return somebody
}

beforeAll(async () => {
  browser = await launchChromium()
})
afterEach(async () => {
  const errors = people.flatMap(({ errors }) => errors)
  await Promise.all(people.map(({ context }) => context.close()))
  people = []
  await stage?.stop()
  stage = undefined
  await app?.stop()
  expect(errors).toEqual([])
})
afterAll(() => browser?.close())

const roomOf = async (roomId: string): Promise<Room> => (await (await fetch(`${app.url}/api/rooms/${roomId}`)).json()).room
const guestsOf = async (roomId: string) => (await roomOf(roomId)).stage.guests.map(({ user, status }) => `${user.nickname} ${status}`)

/** Exactly these colours are on the page and exactly these tones come out of it. */
async function sensesOnly({ page }: BrowserPerson, colours: Colour[], tones: number[], what: string, timeoutMs = 30_000) {
  let last = ''
  await until(async () => {
    const [seen, heard] = [await coloursSeen(page), await tonesHeard(page, TONES)]
    last = `${seen} · ${heard}`
    return seen.join() === colours.join() && heard.join() === tones.join()
  }, what, timeoutMs).catch((error) => {
    throw new Error(`${error.message}; it was ${last}`)
  })
}

/** A room whose anchor sends red by RTMP, and a page that may come on stage. */
async function openStage(env: Record<string, string> = { MIX: 'off' }) {
  app = await startApp(env)
  stage = await openPhoneStage(app.url, RED)
  return stage
}

/** Watching; sends its feed once it is on stage. */
async function watcher({ roomId }: PhoneStage, feed?: Feed) {
  const somebody = await person(feed)
  await somebody.page.goto(app.url + roomPage(roomId))
  return somebody
}

/** An anchor and a guest in browsers. */
async function openRoom(env: Record<string, string>) {
  app = await startApp(env)
  const anchor = await person(RED)
  const roomId = await goLive(anchor.page, app.url)
  const guest = await person(GREEN)
  await guest.page.goto(app.url + roomPage(roomId))
  return { anchor, guest, roomId, name: await guest.nickname }
}

describe('on the mic', () => {
  it('[LM172] from the tap to the sound, composed by the viewer\'s app, and back to the audience', { timeout: 180_000 }, async () => {
    const { anchor, guest, name, roomId } = await openRoom({ MIX: 'off' })
    const viewer = await person()
    await viewer.page.goto(app.url + roomPage(roomId))
    await sensesOnly(viewer, ['red'], [500], 'the viewer sees and hears the anchor')

    await applyForMic(guest.page)
    const picture = tapToColour(anchor.page, GREEN.colour, COLOURS.green)
    await acceptOnNotice(anchor.page, name)
    console.log(`tap on accept → first remote frame: ${Math.round(await picture)} ms`)
    await sensesOnly(anchor, ['red', 'green'], [900], 'the anchor sees both and hears the guest')
    await sensesOnly(guest, ['red', 'green'], [500], 'the guest sees both and hears the anchor')
    await sensesOnly(viewer, ['red', 'green'], [500, 900], 'the viewer sees and hears both')
    expect(await guestsOf(roomId)).toEqual([`${name} linked`])

    await removeGuest(anchor.page, name)
    await sensesOnly(viewer, ['red'], [500], 'only the anchor is left')
    await sensesOnly(guest, ['red'], [500], 'the guest watches')
    await sensesOnly(anchor, ['red'], [], 'the anchor is alone')
    expect(await guestsOf(roomId)).toEqual([])
    await guest.page.getByRole('button', { name: /^连麦，\d+ 秒后可以再申请/ }).waitFor()
  })

  it('[LM173] mixed by the server: the viewer goes over to one picture of both, and back when the guest has left', { timeout: 120_000 }, async () => {
    const { detail, join, roomId } = await openStage({})
    const viewer = await watcher(stage!)
    await sensesOnly(viewer, ['red'], [500], 'the viewer sees and hears the anchor')
    const { person: bear } = await join('小熊', YELLOW)
    await until(async () => (await detail()).room.stage.isMixed, 'the server mixes', 30_000)
    await sensesOnly(viewer, ['red', 'yellow'], [500, 2300], 'the viewer sees and hears both')
    await until(async () => (await viewer.page.locator('video').count()) === 1, 'in one picture')

    await bear.linkMic(roomId, { type: 'leave', requestId: '小熊' })
    await sensesOnly(viewer, ['red'], [500], 'the viewer is back at the anchor\'s own picture')
    expect((await detail()).room.stage.isMixed).toBe(false)
  })

  it('[LM178] muted by the anchor a guest is told, and silent for everybody; a reload goes on on the same seat', { timeout: 120_000 }, async () => {
    const { accept, anchor, detail } = await openStage()
    const guest = await watcher(stage!, GREEN)
    await applyForMic(guest.page)
    await accept()
    const seated = await until(async () => (await detail()).room.stage.guests.find(({ status }) => status === 'linked'), 'the guest is on stage', 30_000)
    const heard = async () => tonesPlayed((await detail()).guests[0].play.flv!, TONES)
    await until(async () => (await heard()).join() === '900', 'the guest is heard')

    const mute = (isMicMuted: boolean) => anchor.linkMic(seated.streamId.split('-')[0], { type: 'mute', requestId: seated.requestId, userId: seated.user.id, isMicMuted, isCameraMuted: false })
    const told = guest.page.getByText('主播关闭了你的麦克风').first().waitFor()
    await mute(true)
    await told
    await until(async () => (await heard()).length === 0, 'the muted guest is silent')
    await mute(false)
    await until(async () => (await heard()).join() === '900', 'the guest is heard again')

    guest.page.on('dialog', dialog => void dialog.accept())
    await guest.page.reload()
    await sensesOnly(guest, ['red', 'green'], [500], 'after a reload the guest is back on stage')
    await until(async () => (await detail()).room.stage.guests[0]?.status === 'linked' && (await heard()).join() === '900', 'and is heard')
    expect((await detail()).room.stage.guests).toMatchObject([{ requestId: seated.requestId, seat: 1 }])
  })

  it('[LM174] a phone that has nothing but RTMP and an anchor in a browser see and hear each other', { timeout: 120_000 }, async () => {
    app = await startApp({ MIX: 'off' })
    const anchor = await person(RED)
    const roomId = await goLive(anchor.page, app.url)
    const ends: (() => void)[] = []
    const bear = await createPerson(app.url, '小熊', ends)
    const visit = await bear.enter(roomId)
    await bear.linkMic(roomId, { type: 'apply', requestId: 'one', medium: 'video' })
    await acceptOnNotice(anchor.page, '小熊')
    const { publish } = await until(async () => visit.views.at(-1)?.seat && bear.getLinkMic(roomId), 'the phone has a seat')
    const sending = startPhone(publish!.rtmp, YELLOW)
    try {
      await sensesOnly(anchor, ['red', 'yellow'], [2300], 'the anchor sees and hears the phone')
      const { play } = await (await fetch(`${app.url}/api/rooms/${roomId}`)).json() as RoomDetail
      expect(await Promise.all([tonesPlayed(play!.rtmp!, TONES), tonesPlayed(play!.flv!, TONES)])).toEqual([[500], [500]])
    }
    finally {
      ends.forEach(end => end())
      await sending.stop()
    }
  })

  it('[LM175] a killed tab keeps its seat 20 s and no longer; the fourth applicant waits in the queue and then gets it', { timeout: 120_000 }, async () => {
    const { accept, desk, join, roomId, seats } = await openStage()
    const guest = await watcher(stage!, GREEN)
    await applyForMic(guest.page)
    await accept()
    const name = await guest.nickname
    await until(async () => (await seats()).includes(`${name} linked`), 'the guest is on stage', 30_000)
    await join('小熊', YELLOW)
    await join('狐狸', BLUE)

    const fourth = await createPerson(app.url, '兔子', [])
    const wait = await fourth.enter(roomId)
    await fourth.linkMic(roomId, { type: 'apply', requestId: 'four', medium: 'voice' })
    await until(async () => wait.views.at(-1)?.position === 1, 'the fourth is first in the queue')
    expect(wait.views.at(-1)!.link).toMatchObject({ status: 'applying', deadline: null })

    await killTab(guest)
    const killedAt = Date.now()
    await until(async () => (await seats()).includes(`${name} dropped`), 'the guest has dropped')
    await until(async () => (await seats()).length === 2, 'the seat is free', 40_000)
    const keptMs = Date.now() - killedAt
    console.log(`a killed tab's seat is free after ${keptMs} ms`)
    expect(keptMs).toBeGreaterThan(15_000)
    expect(keptMs).toBeLessThan(25_000)

    await until(async () => wait.views.at(-1)?.link.status === 'applying' && desk.views.at(-1)!.queue![0].deadline, 'the fourth\'s clock runs')
    await accept()
    await until(async () => wait.views.at(-1)?.seat === 1, 'the fourth has the seat')
  })

  it('[LM176] in two windows the same person is on the mic in one; the other says so and takes over at a tap', { timeout: 120_000 }, async () => {
    const { accept, roomId, seats } = await openStage()
    const { context, errors, nickname, page } = await watcher(stage!, GREEN)
    await applyForMic(page)
    await accept()
    const linked = `${await nickname} linked`
    await until(async () => (await seats()).join() === linked, 'the guest is on stage', 30_000)
    const second = await context.newPage()
    second.on('pageerror', error => errors.push(error.stack ?? String(error)))
    await second.goto(app.url + roomPage(roomId))

    const notice = second.getByText('你正在别的页面或设备上连麦')
    await notice.waitFor({ timeout: 20_000 })
    expect(await page.getByRole('button', { name: '下麦' }).isVisible()).toBe(true)
    await second.getByRole('button', { name: '在这里继续' }).click()
    await second.getByRole('button', { name: '下麦' }).waitFor({ timeout: 20_000 })
    await page.getByText('你正在别的页面或设备上连麦').waitFor({ timeout: 20_000 })
    await until(async () => (await seats()).join() === linked, 'one seat all along')
  })

  it('[LM177] a socket that breaks and returns costs neither the seat nor the publication', { timeout: 120_000 }, async () => {
    const { accept, roomId, seats } = await openStage()
    const guest = await person(GREEN)
    const wire = await holdSocket(guest.page)
    const publications: string[] = []
    guest.page.on('response', response => response.request().method() === 'POST' && response.status() === 201 && response.url().includes('/whip/') && publications.push(response.url()))
    await guest.page.goto(app.url + roomPage(roomId))
    await applyForMic(guest.page)
    await accept()
    const name = await guest.nickname
    await until(async () => (await seats()).join() === `${name} linked`, 'the guest is on stage', 30_000)

    wire.cut()
    await until(async () => (await seats()).join() === `${name} dropped`, 'the guest has dropped')
    await guest.page.waitForTimeout(3000)
    wire.mend()
    await until(async () => (await seats()).join() === `${name} linked`, 'the guest is back', 30_000)
    expect(publications).toHaveLength(1)
    await sensesOnly(guest, ['red', 'green'], [500], 'the guest goes on')
  })
})

/** Without unload handlers or goodbyes, as when the system takes its memory. */
async function killTab({ page }: BrowserPerson) {
  const crashed = page.waitForEvent('crash')
  void page.goto('chrome://crash').catch(() => {})
  await crashed
}

/** The chat's WebSocket, to be cut while everything else goes on. */
async function holdSocket(page: Page) {
  let isCut = false
  const sockets = new Set<WebSocketRoute>()
  await page.routeWebSocket(/\/ws\?/, (socket) => {
    if (isCut)
      return void socket.close()
    sockets.add(socket)
    socket.connectToServer()
  })
  return {
    cut() {
      isCut = true
      sockets.forEach(socket => void socket.close())
      sockets.clear()
    },
    mend() {
      isCut = false
    },
  }
}
