/** What old clients publish and play, with real pictures: ffmpeg is the pusher and the player. */
import type { OldApps } from './support/OldApp'
import type { OldClient } from './support/OldClient'
import type { OldPeople } from './support/people'
import type { TestServer } from '@/server/testing/startTestServer'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '@/server/clock'
import { person, probe, startEncoder, stopAll } from '@/server/media/embedded/testing/ffmpeg'
import { decode, loudness, recordStream } from '@/server/media/mixer/testing/recordStream'
import { coloursOf, pause, scenesOf } from '@/server/media/mixer/testing/stage'
import { startTestServer } from '@/server/testing/startTestServer'
import { createOldApps } from './support/OldApp'
import { createOldPeople } from './support/people'

const RED = person('red', 440, '360x640')
const GREEN = person('lime', 1000)
/** Long enough to be seen in a recording. */
const LOOK_MS = 2000

let apps: OldApps
let server: TestServer
let people: OldPeople

beforeEach(async () => {
  apps = createOldApps()
  server = await startTestServer({ env: apps.env })
  people = createOldPeople(() => server.origin, apps, systemClock)
})
afterEach(async () => {
  stopAll()
  await people.close()
  await server.stop()
  apps.close()
})

const detailOf = async (roomId: string) => (await server.call('GET', `/api/rooms/${roomId}`)).body

async function loggedIn(account: string): Promise<OldClient> {
  const somebody = people.person(account, 'wx 2020')
  await somebody.login()
  return somebody
}

/** Red, and a room around it once the picture flows. */
async function live(): Promise<OldClient> {
  const anna = await loggedIn('anna')
  startEncoder(await anna.fetchPushURL(), RED)
  await pause(1500)
  await anna.createRoom('晚上好', 'evening')
  return anna
}

/** Plays an FLV address from now on. */
function watch(url: string) {
  const aborter = new AbortController()
  const chunks: Uint8Array[] = []
  const reading = (async () => {
    const { body } = await fetch(url, { signal: aborter.signal })
    for await (const chunk of body!)
      chunks.push(chunk)
  })()
  return {
    /** What was seen and heard, or why it broke off. */
    async stop() {
      aborter.abort()
      await reading.catch((error: Error) => {
        if (error.name !== 'AbortError')
          throw error
      })
      return decode(Buffer.concat(chunks))
    },
  }
}

describe('an old anchor', { timeout: 60_000 }, () => {
  it('[RS42] [RS58] publishes before there is a room, which is live at once; its addresses play', async () => {
    const anna = await loggedIn('anna')
    const sending = startEncoder(await anna.fetchPushURL(), RED)
    await pause(2000)
    expect((await server.call('GET', '/api/rooms')).body.rooms).toEqual([])
    await anna.createRoom('晚上好', 'evening')
    expect((await server.call('GET', '/api/rooms')).body.rooms).toMatchObject([{ title: '晚上好', status: 'live', anchor: { nickname: 'anna 的名字' } }])

    const [room] = await anna.listRooms()
    expect((await probe(room.pushers[0].accelerateURL)).streams.map(({ codec_name }) => codec_name).toSorted()).toEqual(['aac', 'h264'])
    const mixed = await recordStream(room.mixedPlayURL, LOOK_MS)
    expect(coloursOf(mixed, mixed.pictures.at(-1)!)).toBe('red red red red')
    expect(Math.max(...loudness(mixed.sound, 440))).toBeGreaterThan(0.02)
    expect(sending.log()).toBe('')

    await anna.exitRoom()
    await sending.exited // nothing is published to nobody
    expect((await probe(room.pushers[0].accelerateURL)).streams ?? []).toEqual([])
  })

  it('[RS62] [PG1] whoever watches the mixed address sees a guest come and go without opening it again', async () => {
    const anna = await live()
    const ben = await loggedIn('ben')
    await ben.enterRoom('evening')
    const { id } = (await server.call('GET', '/api/rooms')).body.rooms[0]
    const isMixed = async () => (await detailOf(id)).room.stage.isMixed as boolean
    const viewing = watch(ben.mixedPlayURL)
    await pause(LOOK_MS)

    const sending = startEncoder(await ben.fetchPushURL(), GREEN)
    await pause(1500)
    await ben.joinAnchor()
    await expect.poll(isMixed, { timeout: 20_000 }).toBe(true)
    await pause(LOOK_MS)
    expect((await anna.getAnchors()).mixedPlayURL.split('?')[0]).toBe(ben.mixedPlayURL.split('?')[0])
    const guestUrl = (await anna.getAnchors()).pushers[1].accelerateURL
    expect((await probe(guestUrl)).streams).toMatchObject([{ codec_name: 'h264' }, { codec_name: 'aac' }])

    await ben.quitJoinAnchor()
    await sending.stop()
    await expect.poll(isMixed, { timeout: 20_000 }).toBe(false)
    await pause(LOOK_MS)
    const seen = await viewing.stop()
    expect(scenesOf(seen)).toEqual(['red red red red', 'red green red red', 'red red red red'])
    expect(Math.max(...loudness(seen.sound, 1000))).toBeGreaterThan(0.02)
  })
})

describe('the helpers of the demos', { timeout: 30_000 }, () => {
  it('[RS20] what is pushed to the test address is played at those beside it', async () => {
    const urls = (await server.call('GET', '/weapp/utils/get_test_pushurl')).body
    startEncoder(urls.url_push, GREEN)
    await pause(2000)
    const { pictures } = await recordStream(urls.url_play_flv, LOOK_MS)
    expect(pictures.length).toBeGreaterThan(10)
    expect((await probe(urls.url_play_acc)).streams).toMatchObject([{ codec_name: 'h264' }, { codec_name: 'aac' }])
  })
})
