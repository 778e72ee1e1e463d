import type { MessageStore, StoredMessage } from '../../server/chat/MessageStore'
import type { ChatMessage, RoomMessage } from '../../shared/protocol/ws'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const anna = { id: 'uanna', nickname: 'Anna 🎤', avatar: 3 }
const ben = { id: 'uben', nickname: '本', avatar: 0 }

function chat(seq: number, text = `text ${seq}`, from = anna): ChatMessage {
  return { type: 'chat', seq, id: `m${seq}`, at: 1_790_000_000_000 + seq, from, text }
}

function said(roomId: string, message: ChatMessage, requestId = `q${message.seq}`): StoredMessage {
  return { roomId, message, requestId }
}

function arrival(roomId: string, seq: number): StoredMessage {
  return { roomId, message: { type: 'joinNotice', seq, at: 5, user: ben, others: 2 } }
}

/** The contract of every MessageStore. `open` answers an empty store and what closes it. */
export function describeMessageStore(name: string, open: () => Promise<{ store: MessageStore, close: () => Promise<void> }>): void {
  describe(`${name} keeps the contract of MessageStore`, () => {
    let store: MessageStore
    let close: () => Promise<void>
    beforeEach(async () => {
      ({ store, close } = await open())
    })
    afterEach(() => close())

    const seqs = (messages: readonly RoomMessage[]) => messages.map(({ seq }) => seq)

    it('[CH6] gives messages of every kind back as they were, in order', async () => {
      const text = chat(1, '你好 "quoted" 👩‍👩‍👧 \\ line', ben)
      await store.append([said('rone', text)])
      await store.append([arrival('rone', 2), said('rone', chat(3))])
      expect(await store.latest('rone', 10)).toEqual([text, arrival('rone', 2).message, chat(3)])
    })

    it('[CH6] a limit keeps the last ones', async () => {
      await store.append([said('rone', chat(1)), arrival('rone', 2), said('rone', chat(3)), arrival('rone', 4), said('rone', chat(5))])
      expect(seqs(await store.latest('rone', 3))).toEqual([3, 4, 5])
      expect(seqs(await store.latestChats('rone', 2))).toEqual([3, 5])
    })

    it('[CH6] rooms do not mix, and an unknown room is empty', async () => {
      await store.append([said('rone', chat(1)), said('rtwo', chat(1, 'elsewhere'), 'q9')])
      expect(await store.latest('rtwo', 10)).toEqual([chat(1, 'elsewhere')])
      expect(await store.latest('rnone', 10)).toEqual([])
      expect(await store.latestChats('rnone', 10)).toEqual([])
    })

    it('[CH7] finds what a request has brought, by room, person and request', async () => {
      await store.append([said('rone', chat(1), 'qa')])
      expect(await store.findSaid('rone', 'uanna', 'qa')).toEqual(chat(1))
      expect(await store.findSaid('rtwo', 'uanna', 'qa')).toBeUndefined()
      expect(await store.findSaid('rone', 'uben', 'qa')).toBeUndefined()
      expect(await store.findSaid('rone', 'uanna', 'qb')).toBeUndefined()
    })

    it('[CH7] keeps a person\'s request in a room once, and others apart', async () => {
      await store.append([said('rone', chat(1), 'qa')])
      await expect(store.append([said('rone', chat(2), 'qa')])).rejects.toThrow()
      await store.append([said('rone', chat(2, 'mine', ben), 'qa'), said('rtwo', chat(1), 'qa')])
      expect(seqs(await store.latest('rone', 10))).toEqual([1, 2])
    })

    it('[CH6] all of a batch or none of it', async () => {
      await store.append([said('rone', chat(1))])
      await expect(store.append([said('rone', chat(2)), said('rone', chat(1, 'again'), 'qx')])).rejects.toThrow()
      expect(await store.latest('rone', 10)).toEqual([chat(1)])
    })

    it('[CH6] one caller\'s failure is not another\'s', async () => {
      await store.append([said('rone', chat(1))])
      const [bad, good] = await Promise.allSettled([store.append([said('rone', chat(1, 'again'), 'qx')]), store.append([said('rtwo', chat(1))])])
      expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled'])
      expect(seqs(await store.latest('rtwo', 10))).toEqual([1])
    })

    it('[CH6] takes a thousand at once', async () => {
      const many = Array.from({ length: 1200 }, (_, index) => index % 3 === 0 ? arrival('rone', index + 1) : said('rone', chat(index + 1)))
      await Promise.all([store.append(many.slice(0, 600)), store.append(many.slice(600))])
      expect(seqs(await store.latest('rone', 2000))).toEqual(many.map(({ message }) => message.seq))
    })
  })
}
