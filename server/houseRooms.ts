/** Rooms of the house: the demo, so that a newcomer sees moving pictures at once, and one for a first push from an encoder. */
import type { PictureStore } from './covers/pictureStore'
import type { RoomLog } from './rooms/log'
import type { HouseRoom, RoomService } from './rooms/RoomService'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { streamIdOf } from '../shared/domain/ids'

const DEMO_FILES = path.resolve(import.meta.dirname, 'media/demo')
/** The picture of the demo's room. */
export const readDemoLoop = (): Promise<Buffer> => readFile(path.join(DEMO_FILES, 'loop.flv'))

const DEMO_ROOM: HouseRoom = {
  id: 'rdemo',
  title: '欢迎来到连麦 · Welcome',
  anchor: { id: 'udemo', nickname: '连麦 Lianmai', avatar: 0 },
  cover: null,
  isDemo: true,
}

/** Shows up when something is published with the URL that the start prints. */
const TEST_PUSH_ROOM: HouseRoom = {
  id: 'rlocal',
  title: '本机推流测试 · Test push',
  anchor: { id: 'ulocal', nickname: '本机 Local', avatar: 1 },
  cover: null,
  isDemo: false,
}

export const DEMO_ROOM_ID = DEMO_ROOM.id
export const TEST_PUSH_STREAM = streamIdOf(TEST_PUSH_ROOM.id, TEST_PUSH_ROOM.anchor.id)

export interface HouseRoomsOptions {
  readonly hasTestPushRoom: boolean
  readonly rooms: Pick<RoomService, 'addStanding' | 'endStanding'>
  readonly covers: PictureStore
  /** Plays an FLV file as the demo's stream, again and again; returns its stop. Undefined: there is no demo. */
  readonly demoLoop: ((streamId: string, file: Buffer) => () => void) | undefined
  readonly log: RoomLog
}

/** Returns what stops the demo's stream. A demo that cannot play is no reason not to start. */
export async function openHouseRooms({ demoLoop, hasTestPushRoom, rooms, covers, log }: HouseRoomsOptions): Promise<() => void> {
  if (hasTestPushRoom)
    await rooms.addStanding(TEST_PUSH_ROOM, { opensOnPublish: true })
  else
    await rooms.endStanding(TEST_PUSH_ROOM.id)

  if (!demoLoop) {
    await rooms.endStanding(DEMO_ROOM.id)
    return () => {}
  }
  try {
    const [loop, picture] = await Promise.all([readDemoLoop(), readFile(path.join(DEMO_FILES, 'cover.jpg'))])
    await rooms.addStanding({ ...DEMO_ROOM, cover: await covers.save(DEMO_ROOM.id, picture) })
    return demoLoop(streamIdOf(DEMO_ROOM.id, DEMO_ROOM.anchor.id), loop)
  }
  catch (error) {
    log.error({ err: error }, 'the demo room cannot play')
    return () => {}
  }
}
