import type { LinkMicView } from '../../shared/protocol/linkMic'
import type { Room } from '../../shared/protocol/rest'
import type { RoomMessage } from '../../shared/protocol/ws'
import type { Clock } from '../../src/ports/Clock'
import type { ImClient, ImJoined, ImState } from '../../src/ports/ImClient'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NOT_LINKED } from '../../shared/domain/linkMic'
import { systemClock } from '../../src/adapters/uni/systemClock'
import { aRoom, aView } from '../../src/testing/fixtures'

/** A client under test, and the far end in the hands of the test. The room `ROOM` is there, and nobody in it. */
export interface ImWorld {
  readonly client: ImClient
  readonly login: () => void
  /** With a session that the server does not take. */
  readonly loginRefused: () => void
  /** Somebody else, who is in the room, says something. */
  readonly say: (text: string) => Promise<unknown>
  /** The room's last text comes once more. */
  readonly repeat: () => void
  readonly changeRoom: (room: Room) => void
  readonly signal: (view: LinkMicView) => void
  /** The person is told that they are silenced, or may speak. */
  readonly stand: (isSilenced: boolean) => void
  /** The anchor sends the person away. */
  readonly sendAway: () => void
  /** Others come, until the room counts so many. */
  readonly crowd: (people: number) => void
  /** Texts of this client that the others have heard. */
  readonly heard: () => readonly string[]
  /** The network breaks, and is back `ms` later. */
  readonly drop: (ms: number) => void
  /** The person opens the room elsewhere, where only one place is allowed. */
  readonly openElsewhere: () => void
  readonly close: () => Promise<void>
}

export const ROOM = 'rroom0000001'
export const SELF = 'ume000000001'

/** The contract of every ImClient, over a real transport. */
export function describeImClient(name: string, open: (clock: Clock) => Promise<ImWorld>): void {
  describe(`${name} keeps the contract of ImClient`, () => {
    const clock = createCountingClock()
    let world: ImWorld
    let client: ImClient
    let states: ImState[]
    let messages: RoomMessage[]
    let online: number[]
    let views: number[]
    let standings: boolean[]
    let rejoined: ImJoined[]

    beforeEach(async () => {
      world = await open(clock)
      client = world.client
      states = []
      messages = []
      online = []
      views = []
      standings = []
      rejoined = []
      client.listen({
        state: state => states.push(state),
        messages: some => messages.push(...some),
        online: people => online.push(people),
        linkMic: ({ version }) => views.push(version),
        standing: ({ roomId, isSilenced }) => roomId === ROOM && standings.push(isSilenced),
        rejoined: joined => rejoined.push(joined),
      })
    })
    afterEach(async () => {
      client.logout()
      await world.close()
      expect(clock.pending()).toBe(0)
    })

    const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 15_000, interval: 10 })
    const texts = () => messages.flatMap(message => message.type === 'chat' ? [message.text] : [])

    async function enter(): Promise<ImJoined> {
      world.login()
      return client.join(ROOM)
    }

    it('[TI1] logs in, and lets in: the room, who is there', async () => {
      expect(client.state).toEqual({ status: 'offline' })
      await expect(client.join(ROOM)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
      await expect(client.sendText('hi')).rejects.toMatchObject({ code: 'NOT_IN_ROOM' })
      const joined = await enter()
      expect(joined.room).toMatchObject({ id: ROOM, status: 'live' })
      expect(joined.online).toBeGreaterThanOrEqual(0)
      expect(joined.messages.filter(({ type }) => type === 'chat')).toEqual([])
      expect(states.map(({ status }) => status)).toEqual(['connecting', 'online'])
    })

    it('[TI1] a login that is there already is kept', async () => {
      await enter()
      world.login()
      world.login()
      expect(await client.sendText('still here')).toEqual(expect.any(String))
      expect(states.map(({ status }) => status)).toEqual(['connecting', 'online'])
    })

    it('[TI1] a room that does not exist is refused', async () => {
      world.login()
      await expect(client.join('rnowhere0001')).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
      expect(client.state.status).toBe('online')
    })

    it('[TI1] what others say is heard once, in order', async () => {
      await enter()
      const said = Array.from({ length: 20 }, (_, index) => `text ${index}`)
      await Promise.all(said.map(text => world.say(text)))
      world.repeat()
      await world.say('last')
      await until(() => expect(texts()).toContain('last'))
      expect(texts()).toEqual([...said, 'last'])
      const chats = messages.filter(message => message.type === 'chat')
      expect(new Set(chats.map(({ id }) => id)).size).toBe(21)
      expect(chats[0].from).toEqual({ id: expect.stringMatching(/^u/), nickname: 'bob', avatar: 1 })
    })

    it('[TI1] a text is heard once by the others and answered with its id; one that cannot be said is not sent', async () => {
      await enter()
      const ids = await Promise.all(['one', 'two', 'three'].map(text => client.sendText(text)))
      expect(new Set(ids).size).toBe(3)
      await until(() => expect([...world.heard()].sort()).toEqual(['one', 'three', 'two']))
      await expect(client.sendText('  ')).rejects.toMatchObject({ code: 'TEXT_EMPTY' })
      await expect(client.sendText('字'.repeat(201))).rejects.toMatchObject({ code: 'TEXT_TOO_LONG' })
      expect(world.heard()).toHaveLength(3)
    })

    it('[TI1] the room\'s changes, its people and one\'s own way to the mic are told', async () => {
      await enter()
      world.changeRoom(aRoom({ id: ROOM, title: 'Another title' }))
      world.crowd(3)
      world.signal(aView(5, NOT_LINKED, { roomId: ROOM }))
      await until(() => {
        expect(messages).toContainEqual(expect.objectContaining({ type: 'roomChanged', room: expect.objectContaining({ title: 'Another title' }) }))
        expect(online.at(-1)).toBe(3)
        expect(views).toContain(5)
      })
    })

    it('[TI1] [MO45] whether one may speak is told; who comes back may, until told otherwise', async () => {
      await enter()
      expect(standings).toEqual([false])
      world.stand(true)
      await until(() => expect(standings).toEqual([false, true]))
      world.drop(0)
      await until(() => expect(standings).toEqual([false, true, false]))
      world.stand(true)
      world.stand(false)
      await until(() => expect(standings).toEqual([false, true, false, true, false]))
    })

    it('[TI1] [MO45] who is sent away is out for good: told why, texts fail, and nothing tries again', async () => {
      await enter()
      world.sendAway()
      await until(() => expect(client.state).toEqual({ status: 'refused', code: 'REMOVED' }))
      await expect(client.sendText('but')).rejects.toMatchObject({ code: 'NOT_IN_ROOM' })
      await expect(client.join(ROOM)).rejects.toMatchObject({ code: 'REMOVED' })
      client.retryNow()
      await world.say('gone?')
      await new Promise(resolve => setTimeout(resolve, 50))
      expect([texts(), client.state.status]).toEqual([[], 'refused'])
    })

    it('[TI1] a drop is told and survived: what is said meanwhile arrives once, and news goes on', async () => {
      await enter()
      await client.sendText('before')
      world.drop(300)
      await until(() => expect(client.state.status).toBe('connecting'))
      const sent = client.sendText('meanwhile')
      expect(await sent).toEqual(expect.any(String))
      await until(() => expect(client.state.status).toBe('online'))
      await world.say('after')
      await until(() => expect(texts()).toContain('after'))
      expect(world.heard()).toEqual(['before', 'meanwhile'])
      expect(rejoined.length).toBeLessThanOrEqual(1)
    })

    it('[TI1] a session that is refused is told, and another login begins anew', async () => {
      world.loginRefused()
      await expect(client.join(ROOM)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
      await until(() => expect(client.state).toEqual({ status: 'refused', code: 'UNAUTHORIZED' }))
      await expect(client.join(ROOM)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
      await enter()
      expect(client.state.status).toBe('online')
    })

    it('[TI1] who opens the room elsewhere is told, and may come back', async () => {
      await enter()
      world.openElsewhere()
      await until(() => expect(client.state).toEqual({ status: 'refused', code: 'REPLACED' }))
      const joined = await enter()
      expect(joined.room.id).toBe(ROOM)
      expect(await client.sendText('back')).toEqual(expect.any(String))
    })

    it('[TI1] who has left hears nothing, and texts on their way fail', async () => {
      await enter()
      client.leave()
      await world.say('too late')
      await expect(client.sendText('too late')).rejects.toMatchObject({ code: 'NOT_IN_ROOM' })
      await enter()
      await world.say('again')
      await until(() => expect(texts()).toContain('again'))
      expect(texts()).not.toContain('too late')
    })

    it('[TI1] leaving and logging out end what waits, and leave no timer', async () => {
      world.login()
      const joining = client.join(ROOM)
      client.leave()
      await expect(joining).rejects.toMatchObject({ code: 'NOT_IN_ROOM' })
      const again = client.join(ROOM)
      const text = client.sendText('hi')
      client.logout()
      await expect(again).rejects.toMatchObject({ code: 'NOT_IN_ROOM' })
      await expect(text).rejects.toMatchObject({ code: 'NOT_IN_ROOM' })
      expect([client.state.status, clock.pending()]).toEqual(['offline', 0])
      client.logout()
    })

    it('[TI1] who stops listening is told nothing', async () => {
      const heard: unknown[] = []
      client.listen({ state: state => heard.push(state), messages: some => heard.push(some) })()
      await enter()
      await world.say('hello')
      await until(() => expect(texts()).toContain('hello'))
      expect(heard).toEqual([])
    })
  })
}

/** The real clock, and how many of its timers wait. */
function createCountingClock(): Clock & { readonly pending: () => number } {
  const timers = new Set<object>()
  const track = (start: (ended: () => void) => () => void) => {
    const timer = {}
    timers.add(timer)
    const stop = start(() => timers.delete(timer))
    return () => {
      timers.delete(timer)
      stop()
    }
  }
  return {
    now: systemClock.now,
    after: (ms, action) => track(ended => systemClock.after(ms, () => {
      ended()
      action()
    })),
    every: (ms, action) => track(() => systemClock.every(ms, action)),
    pending: () => timers.size,
  }
}
