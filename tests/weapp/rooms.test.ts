/** What is not the same for every generation: rooms of other kinds, consent, applications beside each other, and the demos' helpers. */
import type { OldClient } from './support/OldClient'
import type { OldWorld } from './support/OldWorld'
import type { Generation, PersonOptions } from './support/people'
import { afterEach, describe, expect, it } from 'vitest'
import { publishRtmp } from '@/server/media/embedded/testing/rtmpPublisher'
import { codeOf } from './support/answers'
import { openOldWorld } from './support/OldWorld'

const HOUR_MS = 3_600_000

let world: OldWorld
afterEach(() => world.close())

const idsOf = (people: readonly { readonly userID: string }[]) => people.map(({ userID }) => userID)

async function loggedIn(account: string, generation: Generation = 'wx 2020', options?: PersonOptions): Promise<OldClient> {
  const person = world.person(account, generation, options)
  await person.login()
  return person
}

async function live(account: string, generation?: Generation, options?: PersonOptions): Promise<OldClient> {
  const anchor = await loggedIn(account, generation, options)
  await anchor.fetchPushURL()
  await anchor.createRoom('晚上好')
  return anchor
}

async function guest(account: string, roomID: string, generation?: Generation, options?: PersonOptions): Promise<OldClient> {
  const person = await loggedIn(account, generation, options)
  await person.enterRoom(roomID)
  await person.joinAnchor()
  return person
}

/** As anybody finds them in our app. */
async function ourList(): Promise<readonly { readonly id: string }[]> {
  return (await world.server.call('GET', '/api/rooms')).body.rooms
}

describe('rooms of other kinds', () => {
  it.each([['double_room', 2], ['multi_room', 4]] as const)('[RS45] [RS50] [RS51] a %s has %i places, is listed among its own, and ends when its creator leaves', async (roomType, places) => {
    world = await openOldWorld()
    const options = { roomType }
    const anna = await live('anna', 'wx 2018', options)
    await publishRtmp(anna.pushURL)
    const others: OldClient[] = []
    for (let place = 1; place < places; place++)
      others.push(await guest(`guest${place}`, anna.roomID, 'wx 2018', options))
    const late = await loggedIn('late', 'wx 2018', options)
    await late.enterRoom(anna.roomID)
    expect(await codeOf(late.joinAnchor())).toBe(203_007)
    expect(idsOf((await late.listRooms())[0].pushers)).toEqual(['anna', ...idsOf(others)])

    for (const other of ['live_room', 'double_room', 'multi_room'].filter(type => type !== roomType)) {
      const elsewhere = await loggedIn('elsewhere', 'wx 2018', { roomType: other })
      expect(await elsewhere.listRooms()).toEqual([])
      expect(await codeOf(elsewhere.getAnchors(anna.roomID))).toBe(204_002)
    }
    expect(await ourList()).toEqual([])

    await anna.ask('delete_pusher', { roomID: anna.roomID, userID: 'anna' })
    expect(await late.listRooms()).toEqual([])
    expect(await codeOf(others[0].getAnchors())).toBe(204_002)
  })
})

describe('side by side', () => {
  it('[RS1] three generations of one application share a room', async () => {
    world = await openOldWorld()
    const anna = await live('anna', 'wx 2020')
    const ben = await guest('ben', anna.roomID, 'Android 2019')
    const cat = await guest('cat', anna.roomID, 'wx 2018', { app: 'secret' })
    const dan = await guest('dan', anna.roomID, 'iOS 2019')
    await world.pass(9000)
    expect(anna.events).toEqual(expect.arrayContaining(['enter ben', 'enter cat', 'enter dan', 'merged 3']))
    expect(ben.events).toEqual(expect.arrayContaining(['enter cat', 'enter dan']))
    await cat.quitJoinAnchor()
    await world.pass(9000)
    for (const person of [anna, ben, dan])
      expect(person.events).toContain('exit cat')
  })

  it('[RS13] people of another application have rooms of their own, and userIDs', async () => {
    world = await openOldWorld()
    const anna = await live('anna')
    const other = await loggedIn('anna', 'wx 2018')
    expect(await other.listRooms()).toEqual([])
    expect(await codeOf(other.getAnchors(anna.roomID))).toBe(204_002)
    const stranger = await live('anna', 'wx 2018')
    expect(await anna.listRooms()).toMatchObject([{ roomID: anna.roomID }])
    expect(await stranger.listRooms()).toMatchObject([{ roomID: stranger.roomID }])
    await publishRtmp(anna.pushURL)
    await publishRtmp(stranger.pushURL)
    await expect.poll(async () => (await ourList()).map(({ id }) => id).toSorted()).toEqual([anna.roomID, stranger.roomID].toSorted())
  })

  it('[RS11] a UserSig of another application, of somebody else or out of date opens nothing', async () => {
    world = await openOldWorld()
    const { secret, private: first } = world.apps
    const login = async (sdkAppID: number, userID: string, userSig: string) => (await world.server.call('POST', `/weapp/live_room/login?sdkAppID=${sdkAppID}&userID=${userID}&userSig=${encodeURIComponent(userSig)}&accountType=0`)).body.code
    expect(await login(secret.sdkAppID, 'anna', secret.sign('anna'))).toBe(0)
    expect(await login(secret.sdkAppID, 'anna', secret.sign('ben'))).toBe(202_000)
    expect(await login(secret.sdkAppID, 'anna', first.sign('anna'))).toBe(202_000)
    expect(await login(secret.sdkAppID, 'anna', secret.sign('anna', -10))).toBe(202_000)
    expect(await login(first.sdkAppID, 'anna', secret.sign('anna'))).toBe(202_000)
    expect(await login(first.sdkAppID, 'anna', first.sign('anna'))).toBe(0)
    expect(await login(1_400_000_999, 'anna', secret.sign('anna'))).toBe(202_005)
    expect(await login(secret.sdkAppID, '', secret.sign('anna'))).toBe(201_002)
    expect(await login(secret.sdkAppID, 'anna', '')).toBe(201_001)
  })
})

describe('consent', () => {
  it('[RS46] where it is required, who was let in only among themselves does not get in', async () => {
    world = await openOldWorld({ env: { WEAPP_CONSENT: 'required' } })
    const anna = await live('anna')
    const ben = await loggedIn('ben')
    await ben.enterRoom(anna.roomID)
    const asking = ben.requestJoinAnchor()
    await anna.acceptJoinAnchor('ben')
    expect(await asking).toBe('accept')
    expect(await codeOf(ben.joinAnchor())).toBe(203_006)
    expect(idsOf((await anna.getAnchors()).pushers)).toEqual(['anna'])
  })

  it('[RS46] [RS50] an anchor of our own app decides in our app, whatever is set', async () => {
    world = await openOldWorld({ env: { WEAPP_CONSENT: 'trusted' } })
    const { server } = world
    const { token } = await server.openSession('小熊')
    const { room, publish } = await server.createRoom(token, '新的直播间')
    await publishRtmp(publish.rtmp)
    const ben = await loggedIn('ben')
    await expect.poll(() => ben.listRooms()).toMatchObject([{ roomID: room.id, roomInfo: '新的直播间', roomCreator: room.anchor.id, pushers: [{ userID: room.anchor.id, userName: '小熊' }] }])
    await ben.fetchPushURL()
    expect(await codeOf(ben.ask('add_anchor', { roomID: room.id, userID: 'ben', userName: 'Ben', userAvatar: '', pushURL: ben.pushURL }))).toBe(203_006)
    expect(await codeOf(ben.destroyRoom(room.id))).toBe(203_003)
    expect((await ben.getAnchors(room.id)).pushers).toHaveLength(1)
  })

  it('[RS50] with WEAPP_ROOMS=own the old list has none of our rooms', async () => {
    world = await openOldWorld({ env: { WEAPP_ROOMS: 'own' } })
    const { server } = world
    const { token } = await server.openSession('小熊')
    const { publish } = await server.createRoom(token, '新的直播间')
    await publishRtmp(publish.rtmp)
    const anna = await live('anna')
    await expect.poll(ourList).toHaveLength(1)
    expect(await anna.listRooms()).toMatchObject([{ roomID: anna.roomID }])
  })
})

describe('time', () => {
  it('[RS60] who watches and says nothing for hours is not counted any more', async () => {
    world = await openOldWorld()
    const anna = await live('anna')
    await publishRtmp(anna.pushURL)
    const ben = await loggedIn('ben')
    await ben.enterRoom(anna.roomID)
    const cat = await loggedIn('cat')
    await cat.enterRoom(anna.roomID)
    await world.pass(2 * HOUR_MS, 60_000)
    await cat.getAnchors()
    await world.pass(2 * HOUR_MS + 60_000, 60_000)
    expect(await anna.audiences()).toMatchObject({ audienceCount: 1, audiences: [{ userID: 'cat' }] })
  }, 60_000)

  it('[RS14] a token is good for a day, and a use in the second half is the beginning of another', async () => {
    world = await openOldWorld()
    const anna = await loggedIn('anna')
    await world.pass(23 * HOUR_MS, HOUR_MS)
    expect(await anna.listRooms()).toEqual([])
    await world.pass(23 * HOUR_MS, HOUR_MS)
    expect(await anna.listRooms()).toEqual([])
    await world.pass(24 * HOUR_MS, HOUR_MS)
    expect(await codeOf(anna.listRooms())).toBe(202_001)
    await anna.login()
    expect(await anna.listRooms()).toEqual([])
  })
})

describe('the helpers of the demos', () => {
  const get = async (path: string) => (await world.server.call('GET', `/weapp/utils/${path}`)).body

  it('[RS19] get_login_info is all that a login needs', async () => {
    world = await openOldWorld({ env: { WEAPP_LOGIN_INFO: '1' } })
    const info = await get('get_login_info?userIDPrefix=weixin&code=033abc')
    expect(info).toMatchObject({ code: 0, accType: expect.any(String), userID: expect.stringMatching(/^user_[\da-f]{8}_[\da-f]{4}$/) })
    const { sdkAppID, userID, userSig, accType } = info
    const { body } = await world.server.call('POST', `/weapp/double_room/login?accountType=${accType}&sdkAppID=${sdkAppID}&userSig=${encodeURIComponent(userSig)}&userID=${userID}`, { body: {} })
    expect(body).toMatchObject({ code: 0, userID, token: expect.any(String) })
    expect(await get('get_login_info?userID=anna')).toMatchObject({ code: 0, userID: 'anna' })
  })

  it('[RS19] in production nobody is signed for', async () => {
    const keys = { SESSION_SECRET: 's'.repeat(40), PUSH_KEY: 'p'.repeat(40), PLAY_KEY: 'q'.repeat(40), METRICS_TOKEN: 'm'.repeat(40), PUBLIC_URL: 'https://live.example.com' }
    world = await openOldWorld({ env: { NODE_ENV: 'production', ...keys } })
    const answer = await get('get_login_info?userID=anna')
    expect(answer.code).not.toBe(0)
    expect(answer.userSig).toBeUndefined()
  })

  it('[RS20] the test addresses take a push, each client has its own', async () => {
    world = await openOldWorld()
    const urls = await get('get_test_pushurl')
    expect(urls).toMatchObject({ code: 0, url_push: expect.stringMatching(/^rtmp:/), url_play_flv: expect.stringMatching(/^http.*\.flv/), url_play_rtmp: expect.stringMatching(/^rtmp:/), url_play_hls: expect.any(String), url_play_acc: expect.stringMatching(/^rtmp:/) })
    expect((await publishRtmp(urls.url_push)).heard()).toContain('NetStream.Publish.Start')
    expect(await get('get_test_rtmpaccurl')).toMatchObject({ code: 0, url_rtmpacc: expect.stringMatching(/^rtmp:/) })
  })
})
