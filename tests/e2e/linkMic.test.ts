/** On the mic, as people do it: real browsers and an RTMP phone on one server. Everybody is known by a colour and a tone. */
import type { Browser } from 'playwright-core'
import type { RunningApp } from './support/app'
import type { BrowserPerson, Feed } from './support/browser'
import type { Colour } from './support/senses'
import type { Room } from '@/shared/protocol/rest'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startApp } from './support/app'
import { openPerson, until } from './support/browser'
import { acceptOnNotice, applyForMic, openGuestMenu, removeGuest, tapToColour } from './support/onTheMic'
import { goLive, roomPage } from './support/person'
import { COLOURS, coloursSeen, tonesHeard } from './support/senses'

const RED: Feed = { colour: 'red', hz: 500 }
const GREEN: Feed = { colour: 'green', hz: 900 }
const TONES = [500, 900, 1500, 2300]

let app: RunningApp
let browser: Browser
let people: BrowserPerson[] = []

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
  await app?.stop()
  expect(errors).toEqual([])
})
afterAll(() => browser?.close())

const roomOf = async (roomId: string): Promise<Room> => (await (await fetch(`${app.url}/api/rooms/${roomId}`)).json()).room
const guestsOf = async (roomId: string) => (await roomOf(roomId)).stage.guests.map(({ user, status }) => `${user.nickname} ${status}`)

/** Exactly these colours are on the page and exactly these tones come out of it. */
async function sensesOnly({ page }: BrowserPerson, colours: Colour[], tones: number[], what: string, timeoutMs = 15_000) {
  let last = ''
  await until(async () => {
    const [seen, heard] = [await coloursSeen(page), await tonesHeard(page, TONES)]
    last = `${seen} · ${heard}`
    return seen.join() === colours.join() && heard.join() === tones.join()
  }, what, timeoutMs).catch((error) => {
    throw new Error(`${error.message}; it was ${last}`)
  })
}

async function openRoom(env: Record<string, string>) {
  app = await startApp(env)
  const anchor = await person(RED)
  const roomId = await goLive(anchor.page, app.url)
  const guest = await person(GREEN)
  await guest.page.goto(app.url + roomPage(roomId))
  return { anchor, guest, roomId, name: await guest.nickname }
}

describe('on the mic', () => {
  it('[LM172] from the tap to the sound, composed by the viewer\'s app: applied, accepted, muted, reloaded, removed', { timeout: 120_000 }, async () => {
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

    await openGuestMenu(anchor.page, name)
    await anchor.page.getByRole('button', { name: '静音麦克风' }).click()
    await sensesOnly(viewer, ['red', 'green'], [500], 'the muted guest is silent')
    await guest.page.getByText('主播关闭了你的麦克风').first().waitFor()
    await anchor.page.getByRole('button', { name: '恢复麦克风' }).click()
    await sensesOnly(viewer, ['red', 'green'], [500, 900], 'the guest is heard again')
    await anchor.page.keyboard.press('Escape')

    guest.page.on('dialog', dialog => void dialog.accept())
    await guest.page.reload()
    await sensesOnly(guest, ['red', 'green'], [500], 'after a reload the guest is back on stage')
    await sensesOnly(viewer, ['red', 'green'], [500, 900], 'and seen and heard again')
    expect(await guestsOf(roomId)).toEqual([`${name} linked`])

    await removeGuest(anchor.page, name)
    await sensesOnly(viewer, ['red'], [500], 'only the anchor is left')
    await sensesOnly(guest, ['red'], [500], 'the guest watches')
    await sensesOnly(anchor, ['red'], [], 'the anchor is alone')
    expect(await guestsOf(roomId)).toEqual([])
    await guest.page.getByRole('button', { name: /^连麦，\d+ 秒后可以再申请/ }).waitFor()
  })
})
