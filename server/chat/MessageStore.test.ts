import { describeMessageStore } from '../../tests/conformance/messageStore'
import { createDatabase } from '../database/createDatabase'
import { createSqlMessageStore } from './SqlMessageStore'
import { MemoryMessageStore } from './testing/MemoryMessageStore'

describeMessageStore('MemoryMessageStore', async () => ({ store: new MemoryMessageStore(), close: async () => {} }))

describeMessageStore('SqlMessageStore', async () => {
  const database = await createDatabase(':memory:')
  return { store: createSqlMessageStore(database), close: () => database.destroy() }
})
