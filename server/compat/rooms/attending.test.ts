import type { WeappWorld, WeappWorldOptions } from '../testing/WeappWorld'
import { afterEach, describe, expect, it } from 'vitest'
import { openWeappWorld, OTHER_APP } from '../testing/WeappWorld'

const here = (name: string) => ({ id: `u${name}`, nickname: name, avatar: 2 })
const [anna, boris] = ['anna', 'boris'].map(here)

let world: WeappWorld
afterEach(() => world.close())
const open = async (options?: WeappWorldOptions) => world = await openWeappWorld(options)

describe('an audience', () => {
  it('[RS60] names 30 people, who came last first, and counts all', async () => {
    const { weapp, as } = await open()
    const roomID = await world.goLive(as('ann'))
    for (let i = 0; i < 35; i++)
      await weapp.addAudience(as(`bob${i}`), roomID, `{"userName":"Bob ${i}"}`)
    const { audiences, audienceCount } = await weapp.audiences(as('ann'), roomID)
    expect(audienceCount).toBe(35)
    expect(audiences).toHaveLength(30)
    expect(audiences[0]).toEqual({ userID: 'bob34', userInfo: '{"userName":"Bob 34"}' })
    await weapp.addAudience(as('ann'), roomID, '{}')
    expect((await weapp.audiences(as('ann'), roomID)).audienceCount).toBe(35)
  })

  it('[RS60] of a room has the people of our own app, too: counted for all, named to its creator', async () => {
    const { weapp, as } = await open()
    const roomID = await world.goLive(as('ann'))
    await weapp.addAudience(as('bob'), roomID, '{"userName":"Bob"}')
    world.im.presence(roomID, boris, 'here')
    world.im.tell('onlineChanged', roomID, 1)
    const bob = { userID: 'bob', userInfo: '{"userName":"Bob"}' }
    expect(await weapp.audiences(as('ann'), roomID)).toEqual({ audiences: [bob, { userID: boris.id, userInfo: '{"userName":"boris","userAvatar":""}' }], audienceCount: 2 })
    expect(await weapp.audiences(as('cem'), roomID)).toEqual({ audiences: [bob], audienceCount: 2 })
    expect((await world.rooms.get(roomID)).viewers).toBe(2)
    expect((await weapp.get(as('cem'), roomID)).audienceCount).toBe(2)
  })

  it('[RS60] of a room of our own app has names neither of our people nor of another application\'s', async () => {
    const { weapp, as } = await open()
    const { id } = await world.goLiveHere(anna)
    world.im.presence(id, boris, 'here')
    await weapp.addAudience(as('bob'), id, '')
    await weapp.addAudience(as('eve', 'live_room', OTHER_APP), id, '')
    expect((await weapp.audiences(as('cem'), id)).audiences.map(({ userID }) => userID)).toEqual(['bob'])
    expect((await weapp.audiences(as('cem'), id)).audienceCount).toBe(2)
  })

  it('[RS61] whom the chat counts is not counted twice', async () => {
    const { weapp, as } = await open({ chatAppId: OTHER_APP })
    const { id } = await world.goLiveHere(anna)
    await weapp.addAudience(as('bob'), id, '')
    await weapp.addAudience(as('bob', 'live_room', OTHER_APP), id, '')
    expect((await world.rooms.get(id)).viewers).toBe(1)
    world.im.tell('onlineChanged', id, 1)
    expect((await world.rooms.get(id)).viewers).toBe(2)
    expect((await weapp.get(as('cem'), id)).audienceCount).toBe(2)
  })

  it('[RS60] knows people by what their userInfo says, if that is let through', async () => {
    const { weapp, as } = await open()
    const roomID = await world.goLive(as('ann'))
    await weapp.addAudience(as('bob'), roomID, '{"userName":"Robert","userAvatar":"http://x/b.png"}')
    expect(world.sessions.profileOf(world.person('bob').user.id)).toEqual({ name: 'Robert', avatar: 'http://x/b.png' })
    await weapp.addAudience(as('cem'), roomID, 'blocked')
    expect((await weapp.audiences(as('ann'), roomID)).audiences).toEqual([
      { userID: 'cem', userInfo: '{"userName":"cem","userAvatar":""}' },
      { userID: 'bob', userInfo: '{"userName":"Robert","userAvatar":"http://x/b.png"}' },
    ])
  })

  it('[RS60] codes: unknown rooms, and too much of oneself', async () => {
    const { weapp, as } = await open()
    const roomID = await world.goLive(as('ann'))
    expect(await world.codeOf(weapp.addAudience(as('bob'), 'nowhere', ''))).toBe(205_002)
    expect(await world.codeOf(weapp.addAudience(as('bob'), roomID, 'x'.repeat(1025)))).toBe(205_002)
    expect(await world.codeOf(weapp.deleteAudience(as('bob'), 'nowhere'))).toBe(205_003)
    expect(await world.codeOf(weapp.deleteAudience(as('bob'), roomID))).toBe(0)
    expect(await world.codeOf(weapp.audiences(as('bob'), 'nowhere'))).toBe(205_004)
  })
})
