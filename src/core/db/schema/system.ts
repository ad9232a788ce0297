import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { atColumn, idColumn, uidColumn } from './columns.ts'

/** One row per setting; the value is JSON checked by `shopSettings` when read. */
export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
  version: integer('version').notNull().default(1),
})

/** Commands already done, so that a resent one is done once (architecture §3 "dispatch"). */
export const commands = sqliteTable(
  'commands',
  {
    commandId: text('command_id').primaryKey(),
    method: text('method').notNull(),
    inputHash: text('input_hash').notNull(),
    result: text('result').notNull(),
    userId: integer('user_id'),
    at: atColumn('at').notNull(),
  },
  (t) => [index('commands_at').on(t.at)],
)

/** Who did what, where and when; append-only by trigger. */
export const auditLog = sqliteTable(
  'audit_log',
  {
    id: idColumn(),
    at: atColumn('at').notNull(),
    userId: integer('user_id'),
    seatId: integer('seat_id'),
    method: text('method').notNull(),
    commandId: text('command_id'),
    input: text('input').notNull(),
    /** `ok` or the code of the error. */
    result: text('result').notNull(),
    /** SHA-256 over the row and the hash before it (core/audit); null on rows older than the chain. */
    hash: text('hash'),
  },
  (t) => [
    index('audit_log_user').on(t.userId, t.at),
    index('audit_log_method').on(t.method),
    index('audit_log_refused')
      .on(t.id)
      .where(sql`result <> 'ok'`),
  ],
)

/** Every change for headquarters and other listeners, written in the change's transaction; append-only. */
export const outbox = sqliteTable('outbox', {
  id: idColumn(),
  uid: uidColumn(),
  at: atColumn('at').notNull(),
  entity: text('entity').notNull(),
  entityUid: text('entity_uid').notNull(),
  entityVersion: integer('entity_version').notNull(),
  type: text('type').notNull(),
  payload: text('payload').notNull(),
})

/** Last number drawn per series; drawn inside the command, so none is lost. */
export const numberSeries = sqliteTable('number_series', {
  series: text('series').primaryKey(),
  last: integer('last').notNull(),
})

/** Counters a screen shows are kept, not counted (architecture §8). Maintained by trigger. */
export const repairCounts = sqliteTable('repair_counts', {
  state: text('state').primaryKey(),
  count: integer('count').notNull(),
})

/** Repairs received, processed and collected per day of the shop's zone, for Today. */
export const dayCounts = sqliteTable(
  'day_counts',
  {
    day: text('day').notNull(),
    kind: text('kind').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.kind] })],
)
