import type { Utterance } from './RoomChannel'
import type { FakeImClient } from '@/src/testing/fakeImClient'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { TEXT_MAX } from '@/shared/protocol/ws'
import { ApiFailure } from '@/src/ports/RoomApi'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aUser, NOW } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { MINI_PROGRAM_LIMITS, SAFETY_ROW } from './chatLog'
import { ChatSession } from './ChatSession'
import { RoomChannel } from './RoomChannel'

const SELF = aUser({ id: 'uself0000001', nickname: '我' })
let self = SELF
const viewer = aUser({ id: 'uviewer00001', nickname: '小红' })
let im: FakeImClient
let chat: ChatSession
let stop: () => void
let seq: number

const said = (text: string, from = viewer): Extract<Utterance, { type: 'chat' }> => ({ type: 'chat', seq: ++seq, id: `m${seq}`, at: NOW, from, text })
const many = (count: number) => Array.from({ length: count }, (_, index) => said(String(index)))
const came = (nickname: string, others = 0): Utterance => ({ type: 'joinNotice', seq: ++seq, at: NOW, user: aUser({ nickname }), others })
const texts = () => chat.state.value.rows.filter(row => row.mark !== 'safety').map(row => row.text)
const marks = () => chat.state.value.rows.map(row => row.mark)

beforeEach(async () => {
  const { clock, imClient } = fakes()
  im = imClient
  seq = 0
  self = SELF
  const channel = new RoomChannel({ im, clock, random: () => 0.5, signIn: async () => {}, time: { observe: () => {} } })
  chat = new ChatSession({ channel, clock }, () => self, MINI_PROGRAM_LIMITS)
  stop = chat.start()
  channel.enter('rroom0000001')
  await settle()
})

describe('chat', () => {
  it('[UI70] what comes after a quiet moment is shown at once, what follows every 200 ms', async () => {
    const changes = vi.fn()
    chat.state.watch(changes)
    im.receive(said('a'))
    expect(texts()).toEqual(['a'])
    im.receive(said('b'))
    im.receive(said('c'))
    await fakes().clock.advance(199)
    expect(texts()).toEqual(['a'])
    await fakes().clock.advance(1)
    expect(texts()).toEqual(['a', 'b', 'c'])
    expect(changes).toHaveBeenCalledTimes(2)
  })

  it('[UI70] of a flood the newest 20 of each flush are shown, and the others counted', async () => {
    im.receive(said('first'))
    im.receive(...many(35))
    await fakes().clock.advance(200)
    expect(texts()).toEqual(['first', '15', ...Array.from({ length: 20 }, (_, index) => String(index + 15))])
    expect(chat.state.value.rows[2]).toMatchObject({ mark: 'gap', text: '15' })
  })

  it('[UI70] while much is said it is shown every 400 ms in WeChat, and again every 200 ms in a quieter room', async () => {
    const changes = vi.fn()
    im.receive(said('first'))
    chat.state.watch(changes)
    const speak = async (count: number, ms: number) => {
      im.receive(...many(count))
      await fakes().clock.advance(ms)
      return changes.mock.calls.length
    }
    expect(await speak(5, 200)).toBe(1)
    expect(await speak(5, 399)).toBe(1)
    expect(await speak(0, 1)).toBe(2)
    expect(await speak(4, 400)).toBe(3)
    expect(await speak(1, 200)).toBe(4)
  })

  it('[UI71] of 60 rows the oldest 20 go at once', async () => {
    const seen: { length: number, gone: number }[] = []
    chat.state.watch(({ gone, rows }) => seen.push({ length: rows.length, gone }))
    for (let minute = 0; minute < 10; minute++) {
      im.receive(...many(10))
      await fakes().clock.advance(400)
    }
    expect(Math.max(...seen.map(({ length }) => length))).toBe(51)
    expect([...new Set(seen.map(({ gone }) => gone))]).toEqual([0, 20, 40, 60])
    expect(seen.at(-1)).toEqual({ length: 41, gone: 60 })
    expect(chat.state.value.rows.at(-1)?.text).toBe('9')
  })

  it('[UI72] the list stands still while somebody reads further up, and counts what comes', async () => {
    im.receive(said('a'))
    chat.setReading(true)
    im.receive(...many(3))
    await fakes().clock.advance(200)
    expect(texts()).toEqual(['a'])
    expect(chat.state.value.unread).toBe(3)
    chat.setReading(false)
    expect(texts()).toEqual(['a', '0', '1', '2'])
    expect(chat.state.value.unread).toBe(0)
  })

  it('[UI72] what came while reading is bounded, and the rest is counted', async () => {
    chat.setReading(true)
    im.receive(...many(100))
    await fakes().clock.advance(200)
    expect(chat.state.value.unread).toBe(100)
    chat.setReading(false)
    expect(texts()).toHaveLength(41)
    expect(chat.state.value.rows.find(row => row.mark === 'gap')?.text).toBe('60')
  })

  it('[UI72] nothing is drawn while the page is hidden', async () => {
    const changes = vi.fn()
    chat.setHidden(true)
    chat.state.watch(changes)
    im.receive(said('a'))
    await fakes().clock.advance(1000)
    im.rejoin({ room: aRoom(), online: 2, messages: [said('anew'), came('丁')] })
    im.receive(came('甲'))
    expect(changes).not.toHaveBeenCalled()
    chat.setHidden(false)
    expect(texts()).toEqual(['anew'])
    expect(changes).toHaveBeenCalledTimes(1)
  })

  it('[UI73] arrivals share one slot of 1.5 s, and those that came meanwhile are one notice', async () => {
    im.receive(came('甲'))
    expect(chat.state.value.arrival).toEqual({ name: '甲', others: 0 })
    im.receive(came('乙', 2), came('丙'))
    expect(chat.state.value.arrival?.name).toBe('甲')
    await fakes().clock.advance(1500)
    expect(chat.state.value.arrival).toEqual({ name: '丙', others: 3 })
    await fakes().clock.advance(1500)
    expect(chat.state.value.arrival).toBeNull()
  })

  it('[UI74] one\'s own words stand there at once, first pending, then said', async () => {
    expect(chat.send('  你 \n 好 ')).toBe(true)
    expect(chat.state.value.rows.at(-1)).toMatchObject({ text: '你 好', mark: 'pending', name: '我' })
    await settle()
    expect(im.sent).toEqual(['你 好'])
    expect(marks().at(-1)).toBe('mine')
  })

  it('[UI74] words said before signing in stand there at once, and get their name when they are said', async () => {
    self = { id: '', nickname: '', avatar: 0 }
    chat.send('early')
    expect(chat.state.value.rows.at(-1)).toMatchObject({ text: 'early', mark: 'pending', name: '' })
    self = SELF
    await settle()
    expect(chat.state.value.rows.at(-1)).toMatchObject({ text: 'early', mark: 'mine', name: '我' })
  })

  it.each(['before', 'after'] as const)('[UI74] heard again %s the server\'s answer, one\'s own words stand there once', async (order) => {
    const echo = { ...said('hi', self), id: 'mown' }
    let answer = (_id: string) => {}
    im.sendText = () => new Promise(resolve => answer = resolve)
    chat.send('hi')
    if (order === 'before')
      im.receive(echo)
    answer('mown')
    await settle()
    if (order === 'after')
      im.receive(echo)
    await fakes().clock.advance(200)
    expect(texts()).toEqual(['hi'])
    expect(marks().at(-1)).toBe('mine')
  })

  it('[UI74] words that did not arrive are marked, and said again at a tap', async () => {
    im.nextFailure = 'NETWORK'
    chat.send('hi')
    await settle()
    const row = chat.state.value.rows.at(-1)!
    expect(row.mark).toBe('failed')
    chat.retry(row.key)
    expect(marks().at(-1)).toBe('pending')
    await settle()
    expect(marks()).toEqual(['safety', 'mine'])
    chat.retry(row.key)
    expect(im.sent).toEqual(['hi'])
  })

  it('[UI75] speaking too fast: nothing is taken until the time is over', async () => {
    im.sendText = vi.fn().mockRejectedValueOnce(new ApiFailure('SENDING_TOO_FAST', '', undefined, 1800)).mockResolvedValue('m9')
    chat.send('one')
    await settle()
    expect(chat.state.value.cooldown).toBe(2)
    expect(chat.send('two')).toBe(false)
    chat.retry(chat.state.value.rows.at(-1)!.key)
    expect(im.sendText).toHaveBeenCalledTimes(1)
    await fakes().clock.advance(2000)
    expect(chat.state.value.cooldown).toBe(0)
    expect(chat.send('two')).toBe(true)
  })

  it('[UI76] blank and too long texts are not taken; an emoji is one character', async () => {
    expect(chat.send(' \n ')).toBe(false)
    expect(chat.send('字'.repeat(TEXT_MAX + 1))).toBe(false)
    expect(chat.send('🎉'.repeat(TEXT_MAX))).toBe(true)
    await settle()
    expect(im.sent).toHaveLength(1)
  })

  it('[UI78] after a long drop the list is made anew, and what was not sent stays', async () => {
    im.receive(said('old'))
    im.nextFailure = 'NETWORK'
    chat.send('unsent')
    await settle()
    im.rejoin({ room: aRoom(), online: 2, messages: [said('new'), came('丁')] })
    expect(texts()).toEqual(['new', 'unsent'])
    expect(chat.state.value.rows[0]).toEqual(SAFETY_ROW)
  })

  it('[UI74] an anchor\'s own words are marked as the anchor\'s', async () => {
    im.rejoin({ room: aRoom({ anchor: self }), online: 1, messages: [] })
    chat.send('hi')
    await settle()
    expect(marks()).toEqual(['safety', 'anchor'])
  })

  it('marks the anchor\'s words, and keeps one colour for one person', () => {
    im.receive(said('welcome', aRoom().anchor), said('a'), said('b'))
    const [, anchor, a, b] = chat.state.value.rows
    expect(anchor.mark).toBe('anchor')
    expect(a.tone).toBe(b.tone)
  })

  it('[UI59] stops twice, and hears nothing more', async () => {
    im.receive(said('a'), came('甲'))
    stop()
    stop()
    im.receive(said('b'))
    expect(fakes().clock.pending).toBe(0)
    expect(texts()).toEqual(['a'])
  })
})

describe('the order in a room', () => {
  const isSilencedRoom = (isSilenced: boolean) => im.receive({ type: 'roomChanged', seq: ++seq, at: NOW, room: aRoom({ isSilenced }) })

  it('[MO42] who is silenced, or while everybody is, says nothing; one\'s own standing is named first', async () => {
    const silence = () => chat.state.value.silence
    im.tellStanding(true)
    expect([silence(), chat.send('hello')]).toEqual(['self', false])
    isSilencedRoom(true)
    expect(silence()).toBe('self')
    im.tellStanding(false)
    expect([silence(), chat.send('hello')]).toEqual(['everyone', false])
    isSilencedRoom(false)
    expect([silence(), chat.send('hello')]).toEqual(['none', true])
    await settle()
    expect(im.sent).toEqual(['hello'])
  })

  it('[MO42] a text on its way stands as not sent, and is not sent again before one may speak', async () => {
    im.nextFailure = 'SILENCED'
    chat.send('hello')
    im.tellStanding(true)
    await settle()
    const { key, mark } = chat.state.value.rows.at(-1)!
    expect(mark).toBe('failed')
    chat.retry(key)
    im.tellStanding(false)
    chat.retry(key)
    await settle()
    expect(im.sent).toEqual(['hello'])
  })

  it('[MO42] the anchor may always speak', () => {
    self = aRoom().anchor
    isSilencedRoom(true)
    expect(chat.state.value.silence).toBe('none')
  })

  it('[MO44] a text that is not let through leaves the list and comes back into one\'s hands', async () => {
    im.nextFailure = 'TEXT_BLOCKED'
    chat.send('one')
    await settle()
    expect([texts(), chat.state.value.returned]).toEqual([[], { text: 'one' }])
    const before = chat.state.value.returned
    im.nextFailure = 'TEXT_BLOCKED'
    chat.send('one')
    await settle()
    expect(chat.state.value.returned).not.toBe(before)
  })

  it('[MO40] who said a row is known while it stands', async () => {
    im.receive(said('hello'))
    expect(chat.speakerOf('m1')).toEqual(viewer)
    expect([chat.speakerOf('safety'), chat.speakerOf('own-1')]).toEqual([undefined, undefined])
    im.receive(...many(100))
    await fakes().clock.advance(10_000)
    for (const { key, mark } of chat.state.value.rows)
      expect(chat.speakerOf(key) === undefined).toBe(mark !== 'said')
    for (let page = 0; page < 4; page++) {
      im.receive(...many(20))
      await fakes().clock.advance(1000)
    }
    expect(chat.speakerOf('m1')).toBeUndefined()
  })
})
