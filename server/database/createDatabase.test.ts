import type { Migration } from './migrations'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase } from './createDatabase'
import { DatabaseTooNew, migrate } from './migrate'
import { MIGRATIONS } from './migrations'

const user = { id: 'uanna', nickname: 'Anna', avatar: 1, picture: null, wechat_open_id: null, wechat_union_id: null, external_id: null, weapp_id: null, created_at: 1_790_000_000_000, updated_at: 1_790_000_000_000 }

describe('createDatabase', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lianmai-db-'))
    file = path.join(folder, 'lianmai.db')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('[ST1] a second start finds the rows of the first', async () => {
    const first = await createDatabase(file)
    await first.insertInto('users').values(user).execute()
    await first.destroy()

    const second = await createDatabase(file)
    expect(await second.selectFrom('users').selectAll().execute()).toEqual([user])
    await second.destroy()
  })

  it('[ST2] writes ahead to a log, so that readers never wait for the writer', async () => {
    const db = await createDatabase(file)
    const { rows: [mode] } = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(db)
    const { rows: [synchronous] } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db)
    expect(mode.journal_mode).toBe('wal')
    expect(synchronous.synchronous).toBe(1) // NORMAL
    await db.destroy()
  })

  it('[ST3] a migration that fails leaves neither tables nor its number behind', async () => {
    const db = await createDatabase(file)
    const half: Migration = {
      name: 'half',
      async up(transaction) {
        await transaction.schema.createTable('half').addColumn('id', 'text').execute()
        throw new Error('the second half is missing')
      },
    }
    await expect(migrate(db, [...MIGRATIONS, half])).rejects.toThrow('the second half is missing')
    const tables = await db.introspection.getTables()
    expect(tables.map(table => table.name)).not.toContain('half')
    expect(await db.selectFrom('migrations').select('number').execute()).toHaveLength(MIGRATIONS.length)
    await db.destroy()
  })

  it('[ST3] each migration runs once', async () => {
    const db = await createDatabase(file)
    let runs = 0
    const counted: Migration = { name: 'counted', up: async () => void runs++ }
    await migrate(db, [...MIGRATIONS, counted])
    await migrate(db, [...MIGRATIONS, counted])
    expect(runs).toBe(1)
    await db.destroy()
  })

  it('[ST4] refuses a database that a newer program has changed', async () => {
    const db = await createDatabase(file)
    await migrate(db, [...MIGRATIONS, { name: 'from the future', up: async () => {} }])
    await db.destroy()
    await expect(createDatabase(file)).rejects.toThrow(DatabaseTooNew)
  })

  it('[ST5] keeps a request of one person in one room once', async () => {
    const db = await createDatabase(':memory:')
    const message = { room_id: 'rone', seq: 1, id: 'm1', at: 1, user_id: 'uanna', nickname: 'Anna', avatar: 1, text: 'hi', request_id: 'q1' }
    await db.insertInto('messages').values(message).execute()
    await expect(db.insertInto('messages').values({ ...message, seq: 2, id: 'm2' }).execute()).rejects.toThrow(/UNIQUE/)
    await db.destroy()
  })
})
