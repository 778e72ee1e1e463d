import type { Moderation } from '../../shared/domain/moderation'
import type { Judgement } from '../moderation/createTextJudge'
import type { TestClient } from './testing/ChatWorld'
import { beforeEach, describe, expect, it } from 'vitest'
import { UNMODERATED } from '../../shared/domain/moderation'
import { createEmbeddedIm } from '../im/embeddedIm'
import { settled } from '../testing/VirtualClock'
import { BATCH_MS, DROP_GRACE_MS, ROOM_REST_MS, TICK_MS } from './limits'
import { ChatWorld } from './testing/ChatWorld'

const NO_LIMITS = { requestsPerSocket: { perSecond: 1e6, burst: 1e6 }, saysPerUser: { perSecond: 1e6, burst: 1e6 } }

let world: ChatWorld
beforeEach(() => {
  world = new ChatWorld(NO_LIMITS)
})
const moderate = (order: Partial<Moderation<string>>, roomId = 'rone') => createEmbeddedIm(world.hub).moderate(roomId, 'uanchor', { ...UNMODERATED, ...order })
const spread = () => world.clock.advance(BATCH_MS)
const refusals = (client: TestClient) => client.of('failed').map(({ code }) => code)

describe('who may speak', () => {
  it('[MO20] who is silenced is refused, others and other rooms are not', async () => {
    const [anna, boris] = [await world.member('anna'), await world.member('boris')]
    const elsewhere = await world.member('anna', 'rtwo')
    await moderate({ silenced: ['uanna'] })
    const asked = await anna.say('one')
    await boris.say('two')
    await elsewhere.say('three', 'rtwo')
    await spread()
    expect(anna.of('failed')).toMatchObject([{ re: asked, code: 'SILENCED' }])
    expect([boris.texts, elsewhere.texts]).toEqual([['two'], ['three']])
    await moderate({})
    await anna.say('four')
    await spread()
    expect(boris.texts).toEqual(['two', 'four'])
  })

  it('[MO20] when everybody is silenced the anchor alone speaks, and so does an anchor who is on a list', async () => {
    const [anchor, anna] = [await world.member('anchor'), await world.member('anna')]
    await moderate({ isEveryoneSilenced: true, silenced: ['uanchor'] })
    await anna.say('one')
    await anchor.say('quiet, please')
    await spread()
    expect([refusals(anna), anchor.texts]).toEqual([['SILENCED'], ['quiet, please']])
  })

  it('[MO20] [CH7] a text said before is answered as before', async () => {
    const anna = await world.member('anna')
    const say = JSON.stringify([{ type: 'say', id: 'mine', roomId: 'rone', text: 'hello' }])
    await anna.raw(say)
    await moderate({ silenced: ['uanna'] })
    await anna.raw(say)
    expect(anna.of('said').map(({ re, seq }) => [re, seq])).toEqual([['mine', 2], ['mine', 2]])
    expect(refusals(anna)).toEqual([])
  })
})

describe('who may be there', () => {
  it('[MO21] every window of who is sent away is told and out of the room; the socket and their other rooms stay', async () => {
    const told: string[] = []
    world.hub.listen({ presenceChanged: (roomId, { id }, presence) => void told.push(`${roomId} ${id} ${presence}`) })
    const windows = [await world.member('anna'), await world.member('anna')]
    const [elsewhere, boris] = [await world.member('anna', 'rtwo'), await world.member('boris')]
    told.length = 0
    await moderate({ removed: ['uanna'] })
    await boris.say('gone?')
    await spread()
    for (const window of windows) {
      expect(window.of('failed')).toMatchObject([{ re: null, code: 'REMOVED' }])
      expect([window.texts, window.closedWith]).toEqual([[], undefined])
    }
    expect(told).toEqual(['rone uanna left'])
    expect(world.hub.audience('rone', 10).map(({ id }) => id)).toEqual(['uboris'])
    await elsewhere.say('still here', 'rtwo')
    await spread()
    expect([refusals(elsewhere), elsewhere.texts, refusals(boris)]).toEqual([[], ['still here'], []])
  })

  it('[MO21] they are not let in, with a past or without, until they are readmitted', async () => {
    const anna = await world.member('anna')
    await moderate({ removed: ['uanna'] })
    await moderate({ removed: ['uanna'] })
    expect(refusals(anna)).toEqual(['REMOVED']) // told once
    await anna.join()
    await anna.join('rone', 0)
    await anna.say('let me in')
    expect(refusals(anna)).toEqual(['REMOVED', 'REMOVED', 'REMOVED', 'NOT_IN_ROOM'])
    await moderate({})
    await anna.join()
    expect(anna.of('joined')).toHaveLength(2)
  })

  it('[MO21] who is sent away while their text is judged or their room is looked up is not heard and not in', async () => {
    let judge = (_judgement: Judgement): void => {}
    world.judgeText = () => new Promise(resolve => judge = resolve)
    const anna = await world.member('anna')
    await anna.say('wait for it')
    await moderate({ removed: ['uanna'] })
    judge('fine')
    await settled()
    expect([refusals(anna), world.store.stored.filter(({ message }) => message.type === 'chat')]).toEqual([['REMOVED', 'REMOVED'], []])

    const boris = world.client('boris')
    await boris.hello()
    const joining = boris.join()
    await moderate({ removed: ['uboris'] })
    await joining
    expect([refusals(boris), world.hub.online('rone')]).toEqual([['REMOVED'], 0])
  })

  it('[MO22] it holds when the room has left memory meanwhile, and ends with the room', async () => {
    await moderate({ removed: ['uanna'], isEveryoneSilenced: true })
    ;(await world.member('boris')).drop()
    await world.clock.advance(DROP_GRACE_MS + ROOM_REST_MS + 2 * TICK_MS)
    expect(world.hub.figures().rooms).toBe(0)
    const boris = await world.member('boris')
    await boris.say('psst')
    const anna = await world.member('anna')
    expect([refusals(boris), refusals(anna)]).toEqual([['SILENCED'], ['REMOVED']])
    await world.hub.end('rone')
    await world.hub.begin('rone')
    await anna.join()
    await anna.say('a new day')
    await spread()
    expect([refusals(anna), anna.texts]).toEqual([['REMOVED'], ['a new day']])
  })
})

describe('what is said', () => {
  it('[MO27] a text that is not let through is refused, stored nowhere, and may be said otherwise', async () => {
    const asked: string[][] = []
    world.judgeText = async (text, place, userId) => {
      asked.push([text, place, userId])
      return text.includes('spam') ? 'blocked' : 'fine'
    }
    const anna = await world.member('anna')
    await anna.say(' \u202Espam ')
    await anna.say('ham')
    await spread()
    expect([refusals(anna), anna.texts]).toEqual([['TEXT_BLOCKED'], ['ham']])
    expect(asked).toEqual([['spam', 'chat', 'uanna'], ['ham', 'chat', 'uanna']])
    expect(JSON.stringify(world.store.stored)).not.toContain('spam')
  })

  it('[MO28] one person\'s texts keep their order however long each is judged, and nobody waits for another', async () => {
    const judges = new Map<string, (judgement: Judgement) => void>()
    world.judgeText = text => new Promise(resolve => judges.set(text, resolve))
    const [anna, boris] = [await world.member('anna'), await world.member('boris')]
    for (const text of ['one', 'two', 'three'])
      await anna.say(text)
    await boris.say('hello')
    judges.get('three')!('fine')
    judges.get('two')!('blocked')
    judges.get('hello')!('fine')
    await settled()
    await spread()
    expect(boris.texts).toEqual(['hello'])
    judges.get('one')!('fine')
    await settled()
    await spread()
    expect(boris.texts).toEqual(['hello', 'one', 'three'])
  })
})
