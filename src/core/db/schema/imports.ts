import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { atColumn, flag, idColumn, uidColumn } from './columns.ts'

export const importProfiles = sqliteTable('import_profiles', {
  id: text('id').primaryKey(),
  profile: text('profile').notNull(),
})

export const importRuns = sqliteTable('import_runs', {
  id: idColumn(),
  uid: uidColumn(),
  profileId: text('profile_id').notNull(),
  profile: text('profile').notNull(),
  target: text('target').notNull(),
  fileName: text('file_name').notNull(),
  /** SHA-256 of the file: a killed run of the same file and profile resumes. */
  fileHash: text('file_hash').notNull(),
  /** Headings of the file as a JSON array, so that rejected rows are given back under their own. */
  columns: text('columns').notNull().default('[]'),
  /** How the file is read (encoding, sheet, line of the headings) where a person decided it; JSON. */
  reading: text('reading').notNull().default('{}'),
  dryRun: flag('dry_run'),
  state: text('state').notNull(),
  rows: integer('rows').notNull().default(0),
  /** Physical line up to which rows are in the database. */
  lineDone: integer('line_done').notNull().default(0),
  bytesDone: integer('bytes_done').notNull().default(0),
  bytesTotal: integer('bytes_total').notNull().default(0),
  imported: integer('imported').notNull().default(0),
  updated: integer('updated').notNull().default(0),
  unchanged: integer('unchanged').notNull().default(0),
  rejected: integer('rejected').notNull().default(0),
  /** First mapped rows as JSON, for the wizard's preview. */
  preview: text('preview').notNull().default('[]'),
  errorCode: text('error_code'),
  startedAt: atColumn('started_at').notNull(),
  endedAt: atColumn('ended_at'),
})

export const importRejects = sqliteTable(
  'import_rejects',
  {
    id: idColumn(),
    runId: integer('run_id')
      .notNull()
      .references(() => importRuns.id),
    line: integer('line').notNull(),
    field: text('field').notNull(),
    code: text('code').notNull(),
    params: text('params').notNull(),
    cells: text('cells').notNull(),
  },
  (t) => [index('import_rejects_run').on(t.runId, t.line)],
)

/** What each source row became, so that a second import of the same file changes nothing. */
export const importKeys = sqliteTable(
  'import_keys',
  {
    id: idColumn(),
    target: text('target').notNull(),
    source: text('source').notNull(),
    key: text('key').notNull(),
    entityId: integer('entity_id').notNull(),
    /** Hash of the mapped values; equal means unchanged. */
    hash: text('hash').notNull(),
    /** The run that met the key last and the line it stood on: a second row of one file with the same key is told apart from a newer file. */
    runId: integer('run_id'),
    line: integer('line'),
  },
  (t) => [uniqueIndex('import_keys_key').on(t.target, t.source, t.key)],
)
