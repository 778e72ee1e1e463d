/** People who speak in turn, at an even rate, and note how long their texts take to come back to them. */
import { wsConnect } from '../../server/chat/testing/wsConnect'
import { systemClock } from '../../server/clock'
import { createEmbeddedImClient } from '../../src/adapters/socket/EmbeddedImClient'

export interface Talk {
  /** Texts sent so far. */
  readonly sent: () => number
  /** Milliseconds from sending to hearing, of every text heard since the last call. */
  readonly takeDelays: () => number[]
  readonly stop: () => void
}

const PEOPLE = ['ann', 'bob', 'cyd', 'dee', 'eli', 'fay', 'gus', 'hal']

export async function startTalk(url: string, perSecond: number): Promise<Talk> {
  let delays: number[] = []
  let sent = 0
  const sentAt = new Map<string, number>()
  const clients = PEOPLE.map(() => createEmbeddedImClient({ url, clock: systemClock, random: Math.random, connect: wsConnect }))
  for (const [index, client] of clients.entries()) {
    client.login({ kind: 'embedded' }, PEOPLE[index])
    await client.join('rone')
    client.listen({ messages: messages => messages.forEach((message) => {
      if (message.type !== 'chat' || message.from.id !== `u${PEOPLE[index]}`)
        return
      delays.push(performance.now() - sentAt.get(message.text)!)
      sentAt.delete(message.text)
    }) })
  }
  const timer = setInterval(() => {
    const text = `${sent} ${'主播你好呀 '.repeat(5)}`.trim()
    sentAt.set(text, performance.now())
    clients[sent++ % clients.length].sendText(text).catch(() => {})
  }, 1000 / perSecond)
  return {
    sent: () => sent,
    takeDelays() {
      const taken = delays
      delays = []
      return taken
    },
    stop() {
      clearInterval(timer)
      clients.forEach(client => client.logout())
    },
  }
}
