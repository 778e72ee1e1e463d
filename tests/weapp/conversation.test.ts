/** Whole conversations of old apps with the server, as their libraries hold them: what each generation says, in its order and at its times. */
import type { OldClient } from './support/OldClient'
import type { OldWorld } from './support/OldWorld'
import type { Generation } from './support/people'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publishRtmp } from '@/server/media/embedded/testing/rtmpPublisher'
import { codeOf } from './support/answers'
import { openOldWorld, WRONG_BY_MS } from './support/OldWorld'
import { GENERATIONS } from './support/people'

let world: OldWorld

beforeEach(async () => {
  world = await openOldWorld()
})
afterEach(() => world.close())

const idsOf = (people: readonly { readonly userID: string }[]) => people.map(({ userID }) => userID)

describe.each(GENERATIONS)('%s', (generation: Generation) => {
  const isFirst = generation === 'wx 2018'
  const action = (newer: string, first: string) => isFirst ? first : newer

  async function loggedIn(account: string): Promise<OldClient> {
    const person = world.person(account, generation)
    await person.login()
    return person
  }

  /** Has an address, and a room around what it sends there. */
  async function live(account: string, roomInfo = '晚上好', roomID?: string): Promise<OldClient> {
    const anchor = await loggedIn(account)
    await anchor.fetchPushURL()
    await anchor.createRoom(roomInfo, roomID)
    return anchor
  }

  async function watching(account: string, roomID: string): Promise<OldClient> {
    const viewer = await loggedIn(account)
    await viewer.enterRoom(roomID)
    return viewer
  }

  async function guest(account: string, roomID: string): Promise<OldClient> {
    const person = await watching(account, roomID)
    await person.joinAnchor()
    return person
  }

  /** Who joined or left is told by beats, by a message of theirs, or by the server's notice in the group. */
  async function newsSpread(roomID: string): Promise<void> {
    if (isFirst)
      world.apps.private.tim.notifyPusherChange(roomID)
    await world.pass(8000)
  }

  it('[RS11] [RS14] logs in with a UserSig of its kind, and knows the server\'s time', async () => {
    const anna = await loggedIn('anna')
    expect(anna.token).toMatch(new RegExp(`^[\\da-f]{32}\\*${isFirst ? world.apps.private.sdkAppID : world.apps.secret.sdkAppID}$`))
    expect(anna.timeDiff).toBeGreaterThan(WRONG_BY_MS - 60_000)
    expect(anna.timeDiff).toBeLessThan(WRONG_BY_MS + 60_000)
    expect(await anna.listRooms()).toEqual([])
  })

  it('[RS14] a token dies at logout, and at the next login', async () => {
    const anna = await loggedIn('anna')
    const { token } = anna
    await anna.login()
    const second = anna.token
    expect(second).not.toBe(token)
    anna.token = token
    expect(await codeOf(anna.listRooms())).toBe(202_001)
    anna.token = second
    await anna.logout()
    anna.token = second
    expect(await codeOf(anna.listRooms())).toBe(202_001)
    anna.token = ''
    expect(await codeOf(anna.listRooms())).toBe(201_002)
  })

  it('[RS40] [RS42] [RS44] a room is listed once its creator has joined it, with them first and nobody\'s publish address', async () => {
    const anna = await loggedIn('anna')
    const pushURL = await anna.fetchPushURL()
    const roomID = await anna.reserveRoom('晚上好')
    expect(await anna.listRooms()).toEqual([])
    expect(await codeOf(anna.getAnchors())).toBe(204_002)
    await anna.startRoom()

    const ben = await loggedIn('ben')
    const [room, ...others] = await ben.listRooms()
    expect(others).toEqual([])
    expect(room).toMatchObject({ roomID, roomInfo: '晚上好', roomCreator: 'anna', audienceCount: 0, pushers: [{ userID: 'anna', userName: 'anna 的名字', userAvatar: 'https://example.com/face.png' }] })
    expect(room.mixedPlayURL).toMatch(/^https?:\/\/.+\.flv/)
    expect(room.pushers[0].accelerateURL).toMatch(/^rtmp:\/\//)
    expect(await ben.getAnchors(roomID)).toMatchObject({ roomID, roomCreator: 'anna', pushers: room.pushers })
    const secret = new URL(pushURL).searchParams.get('txSecret')!
    expect(secret).toMatch(/^[\da-f]{32}/)
    expect(JSON.stringify([room, await ben.getAnchors(roomID), await ben.audiences(roomID)])).not.toContain(secret)
  })

  it('[RS46] [RS53] [RS62] asks for the mic, is let in, is seen by the others\' beats, and leaves', async () => {
    const anna = await live('anna')
    const ben = await watching('ben', anna.roomID)
    const asking = ben.requestJoinAnchor()
    await world.pass(500)
    expect(anna.events).toContain('asked by ben')
    await anna.acceptJoinAnchor('ben')
    expect(await asking).toBe('accept')
    await ben.joinAnchor()
    await newsSpread(anna.roomID)
    expect(anna.events).toEqual(['asked by ben', 'enter ben', 'merged 1'])
    expect(idsOf(ben.pushers)).toEqual(['anna', 'ben'])

    await ben.quitJoinAnchor()
    await newsSpread(anna.roomID)
    expect(anna.events).toEqual(['asked by ben', 'enter ben', 'merged 1', 'exit ben', 'merged 0'])
    expect(ben.events.filter(event => event.startsWith('failed'))).toEqual(generation === 'wx 2020' ? ['failed anchor_heartbeat 203010'] : [])
    expect(await ben.listRooms()).toHaveLength(1)
  })

  it('[RS46] [RS51] who was refused does not join, and who was sent away leaves', async () => {
    const anna = await live('anna')
    const ben = await watching('ben', anna.roomID)
    const asking = ben.requestJoinAnchor()
    await anna.rejectJoinAnchor('ben')
    expect(await asking).toBe('reject')
    const again = ben.requestJoinAnchor()
    await world.pass(10_500)
    expect(await again).toBe('timeout')
    await ben.joinAnchor()
    await anna.kickoutJoinAnchor('ben')
    expect(ben.events).toContain('kicked')
    await ben.quitJoinAnchor()
    expect(idsOf((await anna.getAnchors()).pushers)).toEqual(['anna'])
  })

  it('[RS45] [RS48] four anchors fill a room; a fifth is 203007, until one has left', async () => {
    const anna = await live('anna')
    const guests = [await guest('ben', anna.roomID), await guest('cat', anna.roomID), await guest('dan', anna.roomID)]
    const eve = await watching('eve', anna.roomID)
    expect(await codeOf(eve.joinAnchor())).toBe(203_007)
    expect(idsOf((await eve.getAnchors()).pushers)).toEqual(['anna', 'ben', 'cat', 'dan'])
    await guests[1].quitJoinAnchor()
    await eve.joinAnchor()
    expect(idsOf((await eve.getAnchors()).pushers)).toEqual(['anna', 'ben', 'dan', 'eve'])
  })

  it('[RS45] who joins again is there once, with the newer name', async () => {
    const anna = await live('anna')
    const ben = await guest('ben', anna.roomID)
    const { roomID, userID, pushURL } = ben
    await ben.ask(action('add_anchor', 'add_pusher'), { roomID, userID, userName: 'Ben', userAvatar: '', pushURL })
    expect((await anna.getAnchors()).pushers.map(({ userName, userAvatar }) => [userName, userAvatar])).toEqual([['anna 的名字', 'https://example.com/face.png'], ['Ben', '']])
  })

  it('[RS53] [RS54] a guest without a sign of life is gone after 20 s, unless their stream is there', async () => {
    const anna = await live('anna')
    const ben = await guest('ben', anna.roomID)
    const cat = await guest('cat', anna.roomID)
    const stream = await publishRtmp(cat.pushURL)
    await newsSpread(anna.roomID)
    ben.vanish()
    cat.vanish()
    await world.pass(14_000)
    expect(idsOf((await anna.getAnchors()).pushers)).toEqual(['anna', 'ben', 'cat'])
    await world.pass(14_000)
    await newsSpread(anna.roomID)
    expect(idsOf((await anna.getAnchors()).pushers)).toEqual(['anna', 'cat'])
    expect(anna.events).toContain('exit ben')
    expect(await codeOf(ben.ask(action('anchor_heartbeat', 'pusher_heartbeat'), { roomID: ben.roomID, userID: 'ben', roomStatusCode: 0 }))).toBe(203_010)

    stream.socket.destroy()
    await world.pass(30_000)
    expect(idsOf((await anna.getAnchors()).pushers)).toEqual(['anna'])
  })

  it('[RS54] without its creator a room ends', async () => {
    const anna = await live('anna')
    const ben = await guest('ben', anna.roomID)
    const stream = await publishRtmp(anna.pushURL)
    anna.vanish()
    await world.pass(40_000)
    expect(await ben.listRooms()).toHaveLength(1)
    stream.socket.destroy()
    await world.pass(30_000)
    expect(await ben.listRooms()).toEqual([])
    expect(await codeOf(ben.getAnchors())).toBe(204_002)
  })

  it('[RS40] [RS41] a room that its creator never joined is forgotten after 30 s', async () => {
    const anna = await loggedIn('anna')
    await anna.fetchPushURL()
    await anna.reserveRoom('晚上好', 'evening')
    const ben = await loggedIn('ben')
    await ben.fetchPushURL()
    expect(await codeOf(ben.reserveRoom('早上好', 'evening'))).toBe(203_002)
    await world.pass(36_000)
    expect(await ben.reserveRoom('早上好', 'evening')).toBe('evening')
    await ben.startRoom()
    expect(await ben.listRooms()).toMatchObject([{ roomID: 'evening', roomCreator: 'ben', roomInfo: '早上好' }])
  })

  it('[RS5] [RS51] only the creator destroys a room, judged by the token', async () => {
    const anna = await live('anna', '晚上好', 'evening')
    const ben = await watching('ben', 'evening')
    expect(await codeOf(ben.destroyRoom('evening', 'anna'))).toBe(201_003)
    expect(await codeOf(ben.destroyRoom('evening', 'ben'))).toBe(203_003)
    expect(await codeOf(ben.ask(action('delete_anchor', 'delete_pusher'), { roomID: 'evening', userID: 'anna' }))).toBe(201_003)
    expect(await ben.listRooms()).toMatchObject([{ roomID: 'evening', roomCreator: 'anna' }])
    await anna.exitRoom()
    expect(await ben.listRooms()).toEqual([])
    if (!isFirst)
      expect(ben.events).toEqual(['destroyed'])
    await ben.fetchPushURL()
    await ben.reserveRoom('我的', 'evening') // its name is free
  })

  it('[RS59] custom fields are set, counted, and in every list', async () => {
    const anna = await live('anna')
    const ben = await watching('ben', anna.roomID)
    await ben.setCustomField('topic', 'set', '唱歌')
    await ben.setCustomField('likes', 'set', 3)
    await ben.setCustomField('likes', 'inc', isFirst ? undefined : 2)
    await ben.setCustomField('likes', 'dec', isFirst ? undefined : 1)
    const custom = { topic: '唱歌', likes: isFirst ? 3 : 4 }
    expect(await anna.customInfo()).toEqual(custom)
    expect(await ben.listRooms()).toMatchObject([{ custom }])
    expect(await codeOf(ben.setCustomField('likes', 'set'))).toBe(201_009)
    expect(await codeOf(ben.setCustomField('', 'set', 1))).toBe(201_007)
    expect(await codeOf(ben.setCustomField('likes', 'grow' as 'inc', 1))).toBe(201_008)
    expect(await anna.customInfo()).toEqual(custom)
  })

  it('[RS60] an audience is counted in full and named to thirty, until they leave or are forgotten', async () => {
    const anna = await live('anna')
    const people: OldClient[] = []
    for (let index = 0; index < 32; index++)
      people.push(await watching(`viewer${index}`, anna.roomID))
    const { audiences, audienceCount } = await anna.audiences()
    expect(audienceCount).toBe(32)
    expect(audiences).toHaveLength(30)
    expect(JSON.parse(audiences![0].userInfo)).toEqual({ userName: 'viewer31 的名字', userAvatar: 'https://example.com/face.png' })
    await Promise.all(people.slice(4).map(person => person.ask('delete_audience', { roomID: anna.roomID, userID: person.userID })))
    expect(idsOf((await anna.audiences()).audiences!)).toEqual(['viewer3', 'viewer2', 'viewer1', 'viewer0'])
    expect(await anna.listRooms()).toMatchObject([{ audienceCount: 4 }])
  })

  it('[RS62] the creator has the stage mixed, and nobody else', async () => {
    const anna = await live('anna')
    const ben = await guest('ben', anna.roomID)
    await newsSpread(anna.roomID)
    expect(anna.events).toContain('merged 1')
    const streams = (await anna.getAnchors()).pushers.map(({ accelerateURL }) => new URL(accelerateURL).pathname.split('/').at(-1)!)
    await anna.mergeStreams([streams[1]])
    expect(await codeOf(anna.mergeStreams(['somebodyelse']))).toBe(207_002)
    expect(await codeOf(ben.mergeStreams([streams[0]]))).toBe(207_002)
  })

  it('[RS15] [RS56] a restart of the server ends nothing', async () => {
    const anna = await live('anna', '晚上好', 'evening')
    const ben = await guest('ben', 'evening')
    const cat = await watching('cat', 'evening')
    const publish = () => Promise.all([anna, ben].map(({ pushURL }) => publishRtmp(pushURL)))
    await publish()
    await cat.setCustomField('likes', 'set', 7)
    await newsSpread('evening')
    await world.restart()
    await world.pass(10_000)
    await publish() // as pushers do by themselves
    expect(anna.events).toEqual(['enter ben', 'merged 1'])
    expect(ben.events.filter(event => event.startsWith('failed'))).toEqual([])
    expect(await cat.listRooms()).toMatchObject([{ roomID: 'evening', roomInfo: '晚上好', roomCreator: 'anna', custom: { likes: 7 }, pushers: [{ userID: 'anna', userName: 'anna 的名字' }, { userID: 'ben' }] }])
    await world.pass(60_000)
    expect(idsOf((await cat.getAnchors('evening')).pushers)).toEqual(['anna', 'ben'])
  })
})
