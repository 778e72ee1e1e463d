import type { LinkMicView } from '../../shared/protocol/linkMic'
import type { User } from '../../shared/protocol/rest'
import type { Presence } from '../im/ImServer'
import { beforeEach, describe, expect, it } from 'vitest'
import { CloseCode } from '../../shared/protocol/ws'
import { createEmbeddedIm } from '../im/embeddedIm'
import { BATCH_MS, DROP_GRACE_MS } from './limits'
import { ChatWorld, person } from './testing/ChatWorld'

const NO_LIMITS = { requestsPerSocket: { perSecond: 1e6, burst: 1e6 } }

function view(changes: Partial<LinkMicView> = {}): LinkMicView {
  return { roomId: 'rone', version: 1, at: 1, admission: 'ask', link: { status: 'idle', ending: null }, position: null, seat: null, sound: null, picture: null, ...changes }
}

describe('signals', () => {
  let world: ChatWorld
  beforeEach(() => {
    world = new ChatWorld(NO_LIMITS)
  })
  const signal = (userId: string, version = 1, roomId = 'rone') => createEmbeddedIm(world.hub).signal(roomId, userId, { type: 'linkMic', view: view({ version }) })

  it('[LM45] one person hears it in every window in that room, at once and without a seq, and nobody else does', async () => {
    const [one, two] = [await world.member('anna'), await world.member('anna')]
    const [elsewhere, other] = [await world.member('anna', 'rtwo'), await world.member('boris')]
    await signal('uanna')
    for (const window of [one, two])
      expect(window.frames.at(-1)).toEqual([{ type: 'linkMic', view: view() }])
    expect([elsewhere, other].flatMap(client => client.of('linkMic'))).toEqual([])
  })

  it('[LM45] nothing is said to who is not there, nor in a room that is not', async () => {
    const anna = await world.member('anna')
    await anna.ask({ type: 'leave', roomId: 'rone' })
    await signal('uanna')
    await signal('uanna', 1, 'rnone')
    await signal('unobody')
    expect(anna.of('linkMic')).toEqual([])
  })

  it('[LM45] what is signalled on joining comes after the room itself', async () => {
    world.hub.listen({ presenceChanged: (_, { id }) => void signal(id) })
    const anna = await world.member('anna')
    expect(anna.received.map(({ type }) => type)).toEqual(['welcome', 'joined', 'online', 'linkMic'])
  })

  it('[LM48] a reader who falls behind hears signals when texts have to wait, and is hung up on at the bound', async () => {
    const [anna, boris] = [await world.member('anna'), await world.member('boris')]
    anna.bufferedAmount = 400 * 1024
    await boris.say('later')
    await signal('uanna', 2)
    expect(anna.texts).toEqual([])
    expect(anna.of('linkMic')).toHaveLength(1)
    anna.bufferedAmount = 513 * 1024
    await signal('uanna', 3)
    expect(anna.closedWith).toBe(CloseCode.tooSlow)
    expect(anna.of('linkMic')).toHaveLength(1)
    expect(boris.closedWith).toBeUndefined()
  })
})

describe('presence', () => {
  let world: ChatWorld
  let told: [roomId: string, userId: string, presence: Presence][]
  beforeEach(() => {
    world = new ChatWorld(NO_LIMITS)
    told = []
    world.hub.listen({ presenceChanged: (roomId, { id }, presence) => void told.push([roomId, id, presence]) })
  })

  it('[LM47] is told of every socket that joins, the anchor\'s too', async () => {
    await world.member('anna')
    await world.member('anna')
    await world.member('anchor')
    expect(told).toEqual([['rone', 'uanna', 'here'], ['rone', 'uanna', 'here'], ['rone', 'uanchor', 'here']])
  })

  it('[LM47] a drop is told with the last broken socket, at once and once; the end of chat\'s own grace is not told', async () => {
    const [one, two] = [await world.member('anna'), await world.member('anna')]
    told = []
    one.drop()
    expect(told).toEqual([])
    two.drop()
    expect(told).toEqual([['rone', 'uanna', 'dropped']])
    await world.clock.advance(DROP_GRACE_MS + 2000)
    expect(world.hub.online('rone')).toBe(0)
    expect(told).toHaveLength(1)
  })

  it('[LM47] leaving is told with the last window, by leaving and by joining another room', async () => {
    const [one, two] = [await world.member('anna'), await world.member('anna')]
    told = []
    await one.ask({ type: 'leave', roomId: 'rone' })
    expect(told).toEqual([])
    await two.join('rtwo')
    expect(told).toEqual([['rone', 'uanna', 'left'], ['rtwo', 'uanna', 'here']])
  })

  it('[LM47] a window that leaves while another is dropped has left for both', async () => {
    const [one, two] = [await world.member('anna'), await world.member('anna')]
    one.drop()
    told = []
    await two.ask({ type: 'leave', roomId: 'rone' })
    expect(told).toEqual([['rone', 'uanna', 'left']])
  })

  it('[LM47] joining the same room again is no departure', async () => {
    const anna = await world.member('anna')
    told = []
    await anna.join()
    expect(told).toEqual([['rone', 'uanna', 'here']])
    await anna.say('still here')
    await world.clock.advance(BATCH_MS)
    expect(anna.texts).toEqual(['still here'])
  })

  it('[LM47] a listener that has stopped is told nothing', async () => {
    const heard: Presence[] = []
    world.hub.listen({ presenceChanged: (_room: string, _user: User, presence) => void heard.push(presence) })()
    await world.member('anna')
    expect(heard).toEqual([])
  })
})

describe('the audience', () => {
  let world: ChatWorld
  beforeEach(() => {
    world = new ChatWorld(NO_LIMITS)
  })
  const namesIn = async (roomId = 'rone', limit = 10) => (await createEmbeddedIm(world.hub).audience(roomId, limit)).map(({ nickname }) => nickname)

  it('[LM54] names who is connected, who came last first and each once, but not the anchor', async () => {
    for (const name of ['anna', 'boris', 'anchor', 'clara', 'anna'])
      await world.member(name)
    expect(await namesIn()).toEqual(['clara', 'boris', 'anna'])
    expect(await namesIn('rone', 2)).toEqual(['clara', 'boris'])
    expect(await namesIn('rtwo')).toEqual([])
  })

  it('[LM54] leaves out who dropped, though they still count', async () => {
    const [anna] = [await world.member('anna'), await world.member('boris')]
    anna.drop()
    expect(await namesIn()).toEqual(['boris'])
    expect(world.hub.online('rone')).toBe(2)
    await world.member('anna')
    expect(await namesIn()).toEqual(['boris', 'anna'])
  })

  it('[LM54] knows a new name at once', async () => {
    await world.member('anna')
    world.hub.profileChanged({ ...person('anna'), nickname: 'Anne' })
    expect(await namesIn()).toEqual(['Anne'])
  })
})
