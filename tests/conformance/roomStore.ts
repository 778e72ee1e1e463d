import type { RoomRecord, RoomStore } from '../../server/rooms/RoomStore'
import type { RoomLife } from '../../shared/domain/room'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UNMODERATED } from '../../shared/domain/moderation'
import { prepareRoom } from '../../shared/domain/room'
import { EMPTY_STAGE, transitionStage } from '../../shared/domain/stage'

const live = (startedAt: number): RoomLife => ({ status: 'live', startedAt, sessionId: `s${startedAt}` })
const ended: RoomLife = { status: 'ended', startedAt: 1, endedAt: 2, reason: 'anchor' }

function room(id: string, life: RoomLife, changes: Partial<RoomRecord> = {}): RoomRecord {
  return {
    id,
    title: `Room ${id} 直播间 🎤`,
    cover: null,
    anchor: { id: 'uanna', nickname: 'Anna', avatar: 3 },
    life,
    stage: EMPTY_STAGE,
    moderation: UNMODERATED,
    createdAt: 1_790_000_000_000,
    peakViewers: 0,
    visitors: 0,
    messages: 0,
    isDemo: false,
    isListed: true,
    ...changes,
  }
}

/** The contract of every RoomStore. `open` answers an empty store and what closes it. */
export function describeRoomStore(name: string, open: () => Promise<{ store: RoomStore, close: () => Promise<void> }>): void {
  describe(`${name} keeps the contract of RoomStore`, () => {
    let store: RoomStore
    let close: () => Promise<void>
    beforeEach(async () => {
      ({ store, close } = await open())
    })
    afterEach(() => close())

    const idsOf = (rooms: readonly RoomRecord[]) => rooms.map(({ id }) => id)

    it.each<[string, RoomLife]>([
      ['preparing', prepareRoom(1_790_000_000_000)],
      ['live', live(1_790_000_000_001)],
      ['interrupted', { status: 'interrupted', startedAt: 1, since: 2, deadline: 3 }],
      ['ended', ended],
      ['ended before it began', { status: 'ended', startedAt: null, endedAt: 2, reason: 'expired' }],
    ])('[RM19] gives back a room that is %s as it was put in', async (_, life) => {
      const record = room('rone', life, { cover: 'rone-1.jpg', peakViewers: 5, visitors: 7, messages: 9, isDemo: true })
      await store.create(record)
      expect(await store.get('rone')).toEqual(record)
    })

    it('[RM19] [WX32] gives back the anchor with and without a picture', async () => {
      const anchor = { id: 'uanna', nickname: 'Anna', avatar: 3, picture: '/pictures/uanna-1.jpg' }
      await store.create(room('rone', live(1), { anchor }))
      expect((await store.get('rone'))?.anchor).toEqual(anchor)
      const { picture: _, ...bare } = anchor
      await store.update('rone', record => ({ ...record, anchor: bare }))
      expect((await store.get('rone'))?.anchor).toEqual(bare)
    })

    it('[RM19] [LM44] gives back a stage with everybody on it and before it, and changes it together with the life', async () => {
      const user = { id: 'uboris', nickname: 'Boris 🎤', avatar: 2 }
      const stage = [
        { type: 'onAir', isOnAir: true, at: 1 } as const,
        { type: 'apply', user, requestId: 'q1', medium: 'video', isHere: true, at: 2 } as const,
        { type: 'accept', userId: user.id, requestId: 'q1', at: 3 } as const,
        { type: 'mute', userId: user.id, requestId: 'q1', isMicMuted: true, isCameraMuted: false } as const,
        { type: 'invite', user: { ...user, id: 'uclara' }, requestId: 'q2', at: 4 } as const,
        { type: 'leave', userId: 'udavid', requestId: 'q3', at: 5 } as const,
      ].reduce<RoomRecord['stage']>((current, event) => transitionStage(current, event).state, EMPTY_STAGE)
      expect(stage).toMatchObject({ version: 6, guests: [{ seat: 1 }, { seat: null }], endings: [{ userId: 'udavid' }] })
      await store.create(room('rone', live(1)))
      await store.update('rone', record => ({ ...record, stage }))
      expect((await store.get('rone'))?.stage).toEqual(stage)

      const over = transitionStage(stage, { type: 'roomEnded', at: 9 }).state
      await store.update('rone', record => ({ ...record, life: ended, stage: over }))
      expect(await store.get('rone')).toMatchObject({ life: ended, stage: over })
      await expect(store.update('rone', () => {
        throw new Error('not so')
      })).rejects.toThrow('not so')
      expect((await store.get('rone'))?.stage).toEqual(over)
    })

    it('[RM19] knows no room that was not created', async () => {
      expect(await store.get('rnone')).toBeUndefined()
      expect(await store.update('rnone', record => ({ ...record, title: 'x' }))).toBeUndefined()
      expect(await store.get('rnone')).toBeUndefined()
    })

    it('[RM19] refuses an id that is taken, and keeps the first', async () => {
      await store.create(room('rone', live(1)))
      await expect(store.create(room('rone', live(2)))).rejects.toThrow()
      expect((await store.get('rone'))?.life).toEqual(live(1))
    })

    it('[RM14] lists live and interrupted rooms, newest start first', async () => {
      await store.create(room('rold', live(1000)))
      await store.create(room('rwaiting', prepareRoom(1)))
      await store.create(room('rnew', { status: 'interrupted', startedAt: 3000, since: 3500, deadline: 4000 }))
      await store.create(room('rover', ended))
      await store.create(room('rmiddle', live(2000)))
      const page = await store.listOnAir(null, 10)
      expect(idsOf(page.rooms)).toEqual(['rnew', 'rmiddle', 'rold'])
      expect(page.nextCursor).toBeNull()
    })

    it('[LN38] lists no room that is not listed, and gives it back as it was put in', async () => {
      await store.create(room('rcall', live(1000), { isListed: false }))
      await store.create(room('rone', live(2000)))
      await store.create(room('rother', live(500)))
      expect(await store.get('rcall')).toMatchObject({ isListed: false })
      expect(idsOf((await store.listOnAir(null, 10)).rooms)).toEqual(['rone', 'rother'])
      const page = await store.listOnAir(null, 1)
      expect(idsOf((await store.listOnAir(page.nextCursor, 1)).rooms)).toEqual(['rother'])
      expect(idsOf(await store.listOpen()).toSorted()).toEqual(['rcall', 'rone', 'rother'])
    })

    it('[RM14] pages through rooms that started in the same millisecond, each once', async () => {
      const ids = ['raaa', 'rbbb', 'rccc', 'rddd', 'reee']
      for (const id of ids)
        await store.create(room(id, live(1_790_000_000_000)))
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page = await store.listOnAir(cursor, 2)
        seen.push(...idsOf(page.rooms))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(seen.toSorted()).toEqual(ids)
    })

    it('[RM14] a cursor stays valid while rooms come and go', async () => {
      for (const startedAt of [1000, 2000, 3000, 4000])
        await store.create(room(`r${startedAt}`, live(startedAt)))
      const first = await store.listOnAir(null, 2)
      expect(idsOf(first.rooms)).toEqual(['r4000', 'r3000'])
      await store.create(room('r5000', live(5000)))
      await store.update('r3000', record => ({ ...record, life: ended })) // the very room the cursor names
      const second = await store.listOnAir(first.nextCursor, 2)
      expect(idsOf(second.rooms)).toEqual(['r2000', 'r1000'])
      expect(second.nextCursor).toBeNull()
    })

    it.each(['', 'x', '!!.rone', '1.', '1.uanna', `${'z'.repeat(40)}.rone`])('[RM14] the cursor %j is refused', async (cursor) => {
      await expect(store.listOnAir(cursor, 2)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    })

    it('[RM19] lists what has not ended', async () => {
      await store.create(room('rwaiting', prepareRoom(1)))
      await store.create(room('rlive', live(1000)))
      await store.create(room('rover', ended))
      expect(idsOf(await store.listOpen()).toSorted()).toEqual(['rlive', 'rwaiting'])
    })

    it('[RM19] an update answers the room after the change, and leaves it when the change is undefined', async () => {
      const record = room('rone', live(1))
      await store.create(record)
      const changed = { ...record, title: 'Changed', anchor: { id: 'uanna', nickname: 'Anne', avatar: 4 }, life: ended }
      expect(await store.update('rone', () => changed)).toEqual(changed)
      expect(await store.update('rone', () => undefined)).toEqual(changed)
      expect(await store.get('rone')).toEqual(changed)
    })

    it('[RM19] no update is lost among many at once', async () => {
      await store.create(room('rone', live(1)))
      await Promise.all(Array.from({ length: 50 }, () => store.update('rone', record => ({ ...record, messages: record.messages + 1 }))))
      expect((await store.get('rone'))?.messages).toBe(50)
    })

    it('[RM19] a change that throws changes nothing, and the store goes on', async () => {
      await store.create(room('rone', live(1)))
      await expect(store.update('rone', () => {
        throw new Error('not yours')
      })).rejects.toThrow('not yours')
      expect((await store.get('rone'))?.life).toEqual(live(1))
      expect((await store.update('rone', record => ({ ...record, title: 'After' })))?.title).toBe('After')
    })
  })
}
