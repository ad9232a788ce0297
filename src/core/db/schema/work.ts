import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { atColumn, flag, idColumn, uidColumn, versionColumn } from './columns.ts'
import { dictionaryEntries } from './dictionaries.ts'
import { users } from './people.ts'
import { services } from './prices.ts'
import { repairs } from './repairs.ts'

/** Work on a repair: standard time against actual time. */
export const labourLines = sqliteTable(
  'labour_lines',
  {
    id: idColumn(),
    uid: uidColumn(),
    repairId: integer('repair_id')
      .notNull()
      .references(() => repairs.id),
    serviceId: integer('service_id').references(() => services.id),
    description: text('description').notNull(),
    standardMinutes: integer('standard_minutes').notNull().default(0),
    actualMinutes: integer('actual_minutes').notNull().default(0),
    runningSince: atColumn('running_since'),
    runningById: integer('running_by_id').references(() => users.id),
    doneOn: text('done_on'),
    chargeLineId: integer('charge_line_id'),
    note: text('note').notNull().default(''),
    removed: flag('removed'),
    version: versionColumn(),
  },
  (t) => [
    index('labour_lines_repair').on(t.repairId, t.id),
    index('labour_lines_done')
      .on(t.doneOn)
      .where(sql`done_on IS NOT NULL`),
    // One timer a person.
    uniqueIndex('labour_lines_running')
      .on(t.runningById)
      .where(sql`running_by_id IS NOT NULL`),
  ],
)

/** Who did it, in shares of 10,000. */
export const labourCredits = sqliteTable(
  'labour_credits',
  {
    labourId: integer('labour_id')
      .notNull()
      .references(() => labourLines.id),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    shareBp: integer('share_bp').notNull(),
  },
  (t) => [primaryKey({ columns: [t.labourId, t.userId] }), index('labour_credits_user').on(t.userId)],
)

export const testRuns = sqliteTable(
  'test_runs',
  {
    id: idColumn(),
    uid: uidColumn(),
    repairId: integer('repair_id')
      .notNull()
      .references(() => repairs.id),
    attemptNo: integer('attempt_no').notNull(),
    at: atColumn('at').notNull(),
    userId: integer('user_id').references(() => users.id),
    passed: flag('passed'),
    note: text('note').notNull().default(''),
  },
  (t) => [index('test_runs_repair').on(t.repairId, t.id)],
)

export const testRunItems = sqliteTable(
  'test_run_items',
  {
    runId: integer('run_id')
      .notNull()
      .references(() => testRuns.id),
    itemId: integer('item_id')
      .notNull()
      .references(() => dictionaryEntries.id),
    result: text('result').notNull(),
    note: text('note').notNull().default(''),
  },
  (t) => [primaryKey({ columns: [t.runId, t.itemId] })],
)

/** A unit away at a vendor or the factory, and back. */
export const externalJobs = sqliteTable(
  'external_jobs',
  {
    id: idColumn(),
    uid: uidColumn(),
    repairId: integer('repair_id')
      .notNull()
      .references(() => repairs.id),
    kind: text('kind').notNull(),
    vendor: text('vendor').notNull(),
    reference: text('reference').notNull().default(''),
    sentAt: atColumn('sent_at').notNull(),
    sentById: integer('sent_by_id').references(() => users.id),
    expectedOn: text('expected_on'),
    serialOut: text('serial_out').notNull().default(''),
    backAt: atColumn('back_at'),
    backById: integer('back_by_id').references(() => users.id),
    result: text('result'),
    serialBack: text('serial_back').notNull().default(''),
    costMinor: integer('cost_minor').notNull().default(0),
    note: text('note').notNull().default(''),
    version: versionColumn(),
  },
  (t) => [
    // A device is at one place outside at a time.
    uniqueIndex('external_jobs_out')
      .on(t.repairId)
      .where(sql`back_at IS NULL`),
    index('external_jobs_repair').on(t.repairId, t.id),
  ],
)

/** What the customer was told, and the queue of e-mails. */
export const notices = sqliteTable(
  'notices',
  {
    id: idColumn(),
    uid: uidColumn(),
    repairId: integer('repair_id')
      .notNull()
      .references(() => repairs.id),
    kind: text('kind').notNull(),
    channel: text('channel').notNull(),
    language: text('language').notNull(),
    address: text('address').notNull().default(''),
    subject: text('subject').notNull().default(''),
    body: text('body').notNull(),
    state: text('state').notNull(),
    tries: integer('tries').notNull().default(0),
    nextTryAt: atColumn('next_try_at'),
    problem: text('problem').notNull().default(''),
    createdAt: atColumn('created_at').notNull(),
    createdById: integer('created_by_id').references(() => users.id),
    sentAt: atColumn('sent_at'),
    version: versionColumn(),
  },
  (t) => [
    index('notices_repair').on(t.repairId, t.id),
    index('notices_queue')
      .on(t.nextTryAt)
      .where(sql`state = 'queued'`),
  ],
)

/** The unguessable link to a repair's service report (W13). */
export const reportLinks = sqliteTable('report_links', {
  repairId: integer('repair_id')
    .primaryKey()
    .references(() => repairs.id),
  token: text('token').notNull().unique(),
  createdAt: atColumn('created_at').notNull(),
})
