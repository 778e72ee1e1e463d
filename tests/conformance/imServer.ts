import type { ImServer, Presence } from '../../server/im/ImServer'
import type { Moderation } from '../../shared/domain/moderation'
import type { Standing } from '../../shared/protocol/moderation'
import type { Room, User } from '../../shared/protocol/rest'
import type { RoomMessage } from '../../shared/protocol/ws'
import type { ImClient, ImJoined, ImState } from '../../src/ports/ImClient'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { UNMODERATED } from '../../shared/domain/moderation'
import { aRoom, aUser, aView } from '../../src/testing/fixtures'

/** A chat server, and apps that come to it over real transports. */
export interface ImServerWorld {
  /** Of the process that runs now. */
  readonly im: ImServer
  /** What the server knows of its rooms; a test may change it. */
  readonly rooms: Map<string, Room>
  /** An app of this person that is logged in, and how its connection is broken for a moment. */
  readonly open: (user: User) => Promise<{ readonly client: ImClient, readonly drop: () => void }>
  /** The process ends and another begins; apps come back by themselves. */
  readonly restart: () => Promise<void>
  readonly close: () => Promise<void>
}

const ROOM = 'rroom0000001'
const anchor = aUser({ id: 'uanchor00001', nickname: 'anchor', avatar: 2 })
const anna = aUser({ id: 'uanna0000001', nickname: 'anna', avatar: 3 })
const boris = aUser({ id: 'uboris000001', nickname: 'boris', avatar: 4 })

const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 20 })

/** The contract of every ImServer, as people see it. */
export function describeImServer(name: string, openWorld: () => Promise<ImServerWorld>): void {
  describe(`${name} keeps the contract of ImServer`, () => {
    let world: ImServerWorld
    let told: { joined: string[], said: number, online: number[], presences: string[] }

    beforeEach(async () => {
      world = await openWorld()
      world.rooms.set(ROOM, aRoom({ id: ROOM, anchor }))
      told = { joined: [], said: 0, online: [], presences: [] }
      listen()
      await world.im.createRoom(ROOM, anchor.id)
    })
    afterEach(() => world.close())

    function listen(): void {
      world.im.listen({
        joined: (_, { nickname }) => told.joined.push(nickname),
        said: () => told.said++,
        onlineChanged: (_, online) => told.online.push(online),
        presenceChanged: (_, user, presence) => told.presences.push(`${user.nickname} ${presence}`),
      })
    }
    const sawPresence = (user: User, presence: Presence) => until(() => expect(told.presences).toContain(`${user.nickname} ${presence}`))
    const moderate = (part: Partial<Moderation<string>>) => world.im.moderate(ROOM, anchor.id, { ...UNMODERATED, ...part })
    const change = (title: string) => world.im.broadcast(ROOM, { type: 'roomChanged', room: aRoom({ id: ROOM, anchor, title }) })

    async function open(user: User): Promise<Guest> {
      const { client, drop } = await world.open(user)
      return new Guest(client, drop)
    }
    async function enter(user: User): Promise<Guest> {
      const guest = await open(user)
      await guest.client.join(ROOM)
      await sawPresence(user, 'here')
      return guest
    }

    it('[IS1] what one says everybody hears, with who said it; rooms are told', async () => {
      const [annas, boriss] = [await enter(anna), await enter(boris)]
      await annas.client.sendText('hello')
      await boriss.client.sendText('hi')
      await until(() => expect(boriss.said).toContain('anna: hello'))
      await until(() => expect(annas.said).toContain('boris: hi'))
      await until(() => expect(told).toMatchObject({ joined: ['anna', 'boris'], said: 2 }))
    })

    it('[IS1] news reaches all, in order', async () => {
      const guests = [await enter(anna), await enter(boris)]
      for (const title of ['one', 'two', 'three'])
        await change(title)
      for (const { titles } of guests)
        await until(() => expect(titles).toEqual(['one', 'two', 'three']))
    })

    it('[IS1] a signal reaches one person alone', async () => {
      const [annas, boriss] = [await enter(anna), await enter(boris)]
      await world.im.signal(ROOM, anna.id, { type: 'linkMic', view: aView(7, { status: 'applying', requestId: 'request-1', medium: 'video', at: 1, deadline: null, lostAt: null }, { roomId: ROOM }) })
      await world.im.signal(ROOM, anna.id, { type: 'standing', standing: { roomId: ROOM, isSilenced: true } })
      await until(() => expect([annas.views, annas.standings.at(-1)]).toEqual([expect.arrayContaining([7]), { roomId: ROOM, isSilenced: true }]))
      await change('after it')
      await until(() => expect(boriss.titles).toEqual(['after it']))
      expect([boriss.views.includes(7), boriss.standings.some(({ isSilenced }) => isSilenced)]).toEqual([false, false])
    })

    it('[IS1] who is there, who was dropped and who has left is told; the anchor is not counted', async () => {
      await enter(anchor)
      const annas = await enter(anna)
      const boriss = await enter(boris)
      await until(() => expect(told.online.at(-1)).toBe(2))
      expect(await world.im.onlineCount(ROOM)).toBe(2)
      expect((await world.im.audience(ROOM, 10)).map(({ nickname }) => nickname)).toEqual(['boris', 'anna'])
      expect(await world.im.audience(ROOM, 1)).toMatchObject([{ nickname: 'boris' }])
      expect(told.joined).toEqual(['anna', 'boris'])

      annas.drop()
      await sawPresence(anna, 'dropped')
      await until(() => expect(told.presences.at(-1)).toBe('anna here'))
      boriss.client.leave()
      await sawPresence(boris, 'left')
      await until(() => expect(told.online.at(-1)).toBe(1))
      expect(await world.im.audience(ROOM, 10)).toMatchObject([{ nickname: 'anna' }])
      expect(told.joined).toEqual(['anna', 'boris'])
    })

    it('[IS1] who comes, and how many there are, is told to those who are there', async () => {
      const annas = await enter(anna)
      await enter(boris)
      await until(() => expect(annas.came).toContain('boris'))
      await until(() => expect(annas.online.at(-1)).toBe(2))
    })

    it('[IS1] who is silenced may not speak, and hears the others; the anchor may always', async () => {
      const [anchors, annas, boriss] = [await enter(anchor), await enter(anna), await enter(boris)]
      await moderate({ silenced: [anna.id] })
      await expect(annas.client.sendText('let me')).rejects.toMatchObject({ code: 'SILENCED' })
      await boriss.client.sendText('I may')
      await until(() => expect(annas.said).toContain('boris: I may'))
      await moderate({ isEveryoneSilenced: true })
      await expect(boriss.client.sendText('may I')).rejects.toMatchObject({ code: 'SILENCED' })
      await anchors.client.sendText('quiet please')
      await until(() => expect(boriss.said).toContain('anchor: quiet please'))
      await moderate({})
      await until(async () => {
        await annas.client.sendText('again').catch(() => {})
        expect(boriss.said).toContain('anna: again')
      })
      expect(boriss.said).not.toContain('anna: let me')
    })

    it('[IS1] who is sent away is told so, hears nothing more and is not let in again', async () => {
      const [annas, boriss] = [await enter(anna), await enter(boris)]
      await moderate({ removed: [anna.id] })
      await until(() => expect(annas.state).toEqual({ status: 'refused', code: 'REMOVED' }))
      await sawPresence(anna, 'left')
      await boriss.client.sendText('without her')
      await until(() => expect(told.said).toBe(1))
      expect(annas.said).toEqual([])
      const again = await open(anna)
      await expect(again.client.join(ROOM)).rejects.toMatchObject({ code: 'REMOVED' })
      expect(await world.im.audience(ROOM, 10)).toMatchObject([{ nickname: 'boris' }])

      await moderate({})
      const readmitted = await open(anna)
      await readmitted.client.join(ROOM)
      await boriss.client.sendText('welcome back')
      await until(() => expect(readmitted.said).toContain('boris: welcome back'))
    })

    it('[IS1] a room that is closed tells its end, and then nobody speaks or is there any more', async () => {
      const annas = await enter(anna)
      const ended = aRoom({ id: ROOM, anchor, status: 'ended', endedAt: 2, endReason: 'anchor' })
      world.rooms.set(ROOM, ended)
      await world.im.broadcast(ROOM, { type: 'roomEnded', room: ended })
      await world.im.closeRoom(ROOM)
      await until(() => expect(annas.hasEnded).toBe(true))
      await expect(annas.client.sendText('too late')).rejects.toMatchObject({ code: expect.any(String) })
      const before = told.presences.length
      const late = await open(boris)
      await late.client.join(ROOM).then(({ room }) => expect(room.status).toBe('ended'), ({ code }) => expect(['ROOM_ENDED', 'ROOM_NOT_FOUND']).toContain(code))
      expect(told.presences.slice(before)).not.toContain('boris here')
      expect(told.said).toBe(0)
    })

    it('[IS1] a room that is there already stays as it is', async () => {
      const annas = await enter(anna)
      await world.im.createRoom(ROOM, anchor.id)
      expect(await world.im.audience(ROOM, 10)).toMatchObject([{ nickname: 'anna' }])
      await annas.client.sendText('still here')
    })

    it('[IS1] after a restart people are there again, and what was said of the order holds once it is told anew', async () => {
      const [annas, boriss] = [await enter(anna), await enter(boris)]
      await moderate({ silenced: [anna.id] })
      told.presences = []
      await world.restart()
      listen()
      await world.im.createRoom(ROOM, anchor.id)
      await moderate({ silenced: [anna.id] })
      await sawPresence(anna, 'here')
      await sawPresence(boris, 'here')
      await boriss.client.sendText('where were we')
      await until(() => expect(annas.said).toContain('boris: where were we'))
      await expect(annas.client.sendText('let me')).rejects.toMatchObject({ code: 'SILENCED' })
      await change('after the restart')
      await until(() => expect(annas.titles).toContain('after the restart'))
    })
  })
}

/** One person's app, and what it was told. */
class Guest {
  readonly said: string[] = []
  readonly came: string[] = []
  readonly titles: string[] = []
  readonly views: number[] = []
  readonly standings: Standing[] = []
  readonly online: number[] = []
  hasEnded = false

  constructor(readonly client: ImClient, readonly drop: () => void) {
    client.listen({
      messages: messages => messages.forEach(message => this.hear(message)),
      rejoined: ({ room, messages }: ImJoined) => {
        this.hasEnded ||= room.status === 'ended'
        messages.forEach(message => this.hear(message))
      },
      linkMic: ({ version }) => this.views.push(version),
      standing: standing => this.standings.push(standing),
      online: online => this.online.push(online),
    })
  }

  get state(): ImState {
    return this.client.state
  }

  private hear(message: RoomMessage): void {
    switch (message.type) {
      case 'chat': return void this.said.push(`${message.from.nickname}: ${message.text}`)
      case 'joinNotice': return void this.came.push(message.user.nickname)
      case 'roomChanged': return void this.titles.push(message.room.title)
      case 'roomEnded': this.hasEnded = true
    }
  }
}
