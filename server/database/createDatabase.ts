import type { Schema } from './schema'
import { Kysely, SqliteDialect } from 'kysely'
import LibSql from 'libsql'
import { migrate } from './migrate'
import { MIGRATIONS } from './migrations'

export type Database = Kysely<Schema>

const BUSY_TIMEOUT_MS = 5000

/**
 * Opens (or makes) the SQLite file and brings its tables up to date. `destroy()` closes it.
 *
 * A transaction that has been answered survives the process being killed; the very last ones may be lost when
 * the machine itself loses power (WAL with synchronous=NORMAL).
 *
 * @param file a path, or `:memory:`
 * @throws DatabaseTooNew, or what SQLite says of a file that is no database
 */
export async function createDatabase(file: string): Promise<Database> {
  const sqlite = new LibSql(file)
  sqlite.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = NORMAL')
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) })
  try {
    await migrate(db, MIGRATIONS)
  }
  catch (error) {
    await db.destroy()
    throw error
  }
  return db
}
