/** On the mic in `MEDIA=tencent IM=tencent` mode: real browsers, with the clouds' doubles between them. */
import type { Browser } from 'playwright-core'
import type { BrowserPerson, Feed } from '../support/browser'
import type { Colour } from '../support/senses'
import type { TencentApp } from './support/tencentApp'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import type { Room } from '@/shared/protocol/rest'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openSandboxWorld } from '@/sandbox/testing/sandboxWorld'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { until } from '../support/browser'
import { acceptOnNotice, applyForMic, leaveStage } from '../support/onTheMic'
import { goLive, roomPage } from '../support/person'
import { startPhone } from '../support/phone'
import { coloursSeen, tonesHeard } from '../support/senses'
import { createVisitors } from '../support/visitors'
import { startTencentApp } from './support/tencentApp'

const RED: Feed = { colour: 'red', hz: 500 }
const GREEN: Feed = { colour: 'green', hz: 900 }
const TONES = [500, 900]

let browser: Browser
let running: TencentApp
let phones: Encoder[] = []
const visitors = createVisitors(() => browser)

beforeAll(async () => browser = await launchChromium())
afterEach(async () => {
  const problems = await visitors.leave()
  await Promise.all(phones.map(phone => phone.stop()))
  phones = []
  const { unknown } = running.clouds.im
  await running.stop()
  expect(problems).toEqual([])
  expect(unknown).toEqual([])
})
afterAll(() => browser?.close())

const stageOf = async (roomId: string): Promise<Room['stage']> => (await (await fetch(`${running.url}/api/rooms/${roomId}`)).json()).room.stage

/** Exactly these colours are on the page and exactly these tones come out of it. */
async function sensesOnly({ page }: BrowserPerson, colours: Colour[], tones: number[], what: string) {
  let last = ''
  await until(async () => {
    const [seen, heard] = [await coloursSeen(page), await tonesHeard(page, TONES)]
    last = `${seen} · ${heard}`
    return seen.join() === colours.join() && heard.join() === tones.join()
  }, what, 40_000).catch((error) => {
    throw new Error(`${error.message}; it was ${last}`)
  })
}

async function openRoom() {
  running = await startTencentApp({ isMixing: false, env: { MIX: 'off' } })
  const anchor = await visitors.open(RED)
  const roomId = await goLive(anchor.page, running.url)
  const guest = await visitors.open(GREEN)
  await guest.page.goto(running.url + roomPage(roomId))
  await sensesOnly(guest, ['red'], [500], 'the viewer sees and hears the anchor')
  await applyForMic(guest.page)
  await acceptOnNotice(anchor.page, await guest.nickname)
  return { anchor, guest, roomId }
}

describe('on the mic over the clouds', () => {
  it('[SB17] [SB21] anchor and guest see and hear each other, and the guest goes back to the audience', { timeout: 180_000 }, async () => {
    const { anchor, guest, roomId } = await openRoom()
    await sensesOnly(anchor, ['red', 'green'], [900], 'the anchor sees both and hears the guest')
    await sensesOnly(guest, ['red', 'green'], [500], 'the guest sees both and hears the anchor')
    expect((await stageOf(roomId)).guests.map(({ status }) => status)).toEqual(['linked'])

    await leaveStage(guest.page)
    await sensesOnly(guest, ['red'], [500], 'the guest watches')
    await sensesOnly(anchor, ['red'], [], 'the anchor is alone')
    expect((await stageOf(roomId)).guests).toEqual([])
    await until(async () => running.clouds.live.online().length === 1, 'only the anchor publishes')
  })

  it('[SB17] who watches gets one picture of both, mixed by the cloud', { timeout: 180_000 }, async () => {
    const world = await openSandboxWorld({ isMixing: true })
    running = { url: world.server.origin, clouds: world.clouds, stop: world.close }
    const [anchor, guest] = [await world.person('anchor'), await world.person('guest')]
    const { room: { id: roomId }, publish } = await anchor.createRoom()
    await anchor.enter(roomId)
    phones.push(startPhone(publish.rtmp, RED))
    await until(async () => (await world.roomOf(roomId)).status === 'live', 'the room is live')
    await guest.enter(roomId)
    await guest.linkMic(roomId, { type: 'apply', requestId: 'r', medium: 'video' })
    await anchor.linkMic(roomId, { type: 'accept', requestId: 'r', userId: guest.user.id })
    phones.push(startPhone((await guest.call('GET', `/rooms/${roomId}/link-mic`)).body.publish.rtmp, GREEN))
    await until(async () => (await stageOf(roomId)).isMixed, 'the cloud mixes', 60_000)

    const viewer = await visitors.open()
    await viewer.page.goto(running.url + roomPage(roomId))
    await sensesOnly(viewer, ['red', 'green'], [500, 900], 'the viewer sees and hears both')
    await until(async () => (await viewer.page.locator('video').count()) === 1, 'in one picture')
    expect(world.clouds.live.calls.map(({ action }) => action)).toContain('CreateCommonMixStream')
  })
})
