/** The app's chat client and the server's hub over real sockets that break at random. */
import type { RoomMessage } from '@/shared/protocol/ws'
import type { ImClient } from '@/src/ports/ImClient'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openChatDoor } from '@/server/chat/testing/ChatDoor'
import { wsConnect } from '@/server/chat/testing/wsConnect'
import { systemClock } from '@/server/clock'
import { seededRandom } from '@/server/testing/seededRandom'
import { createEmbeddedImClient } from '@/src/adapters/socket/EmbeddedImClient'

class Person {
  readonly client: ImClient
  readonly heard: RoomMessage[] = []
  readonly gaps: unknown[] = []
  online = 0
  private socket?: ReturnType<typeof wsConnect>

  constructor(readonly name: string, url: string, random: () => number) {
    this.client = createEmbeddedImClient({
      url,
      clock: systemClock,
      random: () => random() / 20, // the shortest pauses: the walk is about drops, not about waiting
      connect: (to, events) => (this.socket = wsConnect(to, events)),
    })
    this.client.listen({
      messages: messages => this.heard.push(...messages),
      online: online => (this.online = online),
      rejoined: joined => this.gaps.push(joined),
    })
  }

  async enter(): Promise<this> {
    this.client.login({ kind: 'embedded' }, this.name)
    const { messages, online } = await this.client.join('rone')
    this.heard.push(...messages)
    this.online = online
    return this
  }

  dropSocket(): void {
    this.socket?.terminate()
  }

  get texts(): string[] {
    return this.heard.flatMap(message => message.type === 'chat' ? [message.text] : [])
  }
}

let door: Awaited<ReturnType<typeof openChatDoor>>
let people: Person[]

beforeEach(async () => {
  door = await openChatDoor()
  people = []
})
afterEach(async () => {
  for (const { client } of people)
    client.logout()
  await door.close()
})

async function enter(name: string, random = () => 0): Promise<Person> {
  const one = new Person(name, door.url, random)
  people.push(one)
  return one.enter()
}

describe('client and server', () => {
  it.each([1, 2, 3])('[CH22] [CH23] 500 texts through sockets that break at random are heard by all, once, in one order (seed %i)', async (seed) => {
    const random = seededRandom(seed)
    for (const name of ['anna', 'ben', 'cat', 'dan'])
      await enter(name, random)
    const sent: Promise<string>[] = []
    let drops = 0
    for (let i = 0; i < 500; i++) {
      const speaker = people[Math.floor(random() * people.length)]
      sent.push(speaker.client.sendText(`${speaker.name} ${i}`))
      if (random() < 0.08) {
        people[Math.floor(random() * people.length)].dropSocket()
        drops++
      }
      if (random() < 0.3)
        await new Promise(resolve => setTimeout(resolve, random() * 15))
    }
    const ids = await Promise.all(sent)
    expect(new Set(ids).size).toBe(500)
    expect(drops).toBeGreaterThan(20)
    await expect.poll(() => people.map(one => one.texts.length), { timeout: 10_000 }).toEqual([500, 500, 500, 500])
    const [anna, ...others] = people
    expect(anna.gaps).toEqual([])
    const order = anna.heard.map(({ seq }) => seq)
    expect(order).toEqual([...order].sort((a, b) => a - b))
    for (const one of others)
      expect(one.texts).toEqual(anna.texts)
    for (const { name } of people) { // what one person said kept its order
      const own = anna.texts.filter(text => text.startsWith(`${name} `)).map(text => Number(text.split(' ')[1]))
      expect(own).toEqual([...own].sort((a, b) => a - b))
    }
  }, 40_000)

  it('[CH24] a session that is not good any more is refused, and a fresh one takes over', async () => {
    const anna = await enter('anna')
    anna.client.login({ kind: 'embedded' }, 'Expired')
    await expect.poll(() => anna.client.state).toEqual({ status: 'refused', code: 'UNAUTHORIZED' })
    anna.client.login({ kind: 'embedded' }, 'anna')
    await expect.poll(() => anna.client.state.status).toBe('online')
    await anna.client.sendText('back')
    await expect.poll(() => anna.texts).toEqual(['back'])
  })

  it('[CH9] two windows of one person hear the same and count once', async () => {
    const [one, two] = [await enter('anna'), await enter('anna')]
    await one.client.sendText('hello')
    await expect.poll(() => [one.texts, two.texts, two.online]).toEqual([['hello'], ['hello'], 1])
  })
})
