import type { Kysely } from 'kysely'
import type { Migration } from './migrations'
import type { Schema } from './schema'
import { sql } from 'kysely'

/** A database that a newer version of the program has already changed. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew'
}

/**
 * Applies what has not been applied yet, each step in its own transaction together with the note that it was.
 *
 * @throws DatabaseTooNew
 */
export async function migrate(db: Kysely<Schema>, migrations: readonly Migration[]): Promise<void> {
  await db.schema.createTable('migrations').ifNotExists().addColumn('number', 'integer', column => column.primaryKey()).addColumn('name', 'text', column => column.notNull()).addColumn('applied_at', 'text', column => column.notNull().defaultTo(sql`CURRENT_TIMESTAMP`)).execute()
  const { last } = await db.selectFrom('migrations').select(e => e.fn.max('number').as('last')).executeTakeFirstOrThrow()
  const applied = last ?? 0
  if (applied > migrations.length)
    throw new DatabaseTooNew(`it is at version ${applied} and this program knows ${migrations.length}; start the newer program`)
  for (const [index, { name, up }] of [...migrations.entries()].slice(applied)) {
    await db.transaction().execute(async (transaction) => {
      await up(transaction)
      await transaction.insertInto('migrations').values({ number: index + 1, name }).execute()
    })
  }
}
