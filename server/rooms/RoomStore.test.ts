import { describeRoomStore } from '../../tests/conformance/roomStore'
import { createDatabase } from '../database/createDatabase'
import { createSqlRoomStore } from './SqlRoomStore'
import { createMemoryRoomStore } from './testing/MemoryRoomStore'

describeRoomStore('MemoryRoomStore', async () => ({ store: createMemoryRoomStore(), close: async () => {} }))

describeRoomStore('SqlRoomStore', async () => {
  const db = await createDatabase(':memory:')
  return { store: createSqlRoomStore(db), close: () => db.destroy() }
})
