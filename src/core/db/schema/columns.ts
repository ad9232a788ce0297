import { blob, integer, text } from 'drizzle-orm/sqlite-core'

/** Integer primary key inside the file; never shown to people. */
export const idColumn = () => integer('id').primaryKey()
/** UUIDv7 that links, QR codes, the outbox and headquarters use. */
export const uidColumn = () => text('uid').notNull().unique()
/** Rises by one with each change of the aggregate; a stale save is refused. */
export const versionColumn = () => integer('version').notNull().default(1)
/** UTC epoch milliseconds. */
export const atColumn = (name: string) => integer(name)
/** SQLite has no boolean: 0 or 1. */
export const flag = (name: string) => integer(name, { mode: 'boolean' }).notNull().default(false)
export const bytes = (name: string) => blob(name, { mode: 'buffer' })
