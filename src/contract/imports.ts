import { z } from 'zod'
import { at, id, line, ok, uid } from './fields.ts'
import { command, query, task } from './method.ts'
import { importColumn, importProfile, importProfileDraft, importTargets } from './import-profile.ts'

export const importRunStates = ['running', 'done', 'cancelled', 'failed', 'interrupted'] as const

export const importRun = z.object({
  id,
  uid,
  profileId: z.string(),
  target: z.enum(importTargets),
  fileName: z.string(),
  dryRun: z.boolean(),
  state: z.enum(importRunStates),
  /** Rows read so far and bytes of the file gone through: progress, and where a killed run resumes. */
  rows: z.int(),
  bytesDone: z.int(),
  bytesTotal: z.int(),
  imported: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  errorCode: z.string().nullable(),
  startedAt: at,
  endedAt: at.nullable(),
})
export type ImportRun = z.output<typeof importRun>

/** How a file is read where a person decided it; what is absent is found out from the file. */
export const importReading = z.strictObject({
  encoding: z.enum(['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  /** XLSX: name of the sheet. */
  sheet: z.string().max(200).optional(),
  /** Line of the headings, counted from 1: many lists carry a title above them. */
  headerLine: z.int().min(1).max(1000).optional(),
})
export type ImportReading = z.output<typeof importReading>

/** What an uploaded file turned out to be. */
export const inspectedFile = z.object({
  fileUid: uid,
  fileName: z.string(),
  columns: z.array(z.string()),
  /** First rows that can be read. */
  sample: z.array(z.array(z.string())),
  /** For each column the values found most often, with how often, in the rows looked through; `more`: there are others. */
  found: z.array(
    z.object({ values: z.array(z.object({ value: z.string(), count: z.int() })), more: z.boolean() }),
  ),
  encoding: z.string(),
  format: z.enum(['csv', 'xlsx']),
  delimiter: z.string().nullable(),
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  headerLine: z.int(),
  rowEstimate: z.int(),
  bytes: z.int(),
  /** As the file is read: what the person asked for, completed by what was found out. */
  reading: importReading,
  matchingProfileId: z.string().nullable(),
  suggestion: importProfileDraft,
  /** Headings of dates that could be day-month or month-day by all rows looked at. */
  ambiguousDates: z.array(z.string()),
})
export type InspectedFile = z.output<typeof inspectedFile>

const params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

/** One row of the file as a mapping reads it: its values, or what is wrong with which field. */
export const triedRow = z.object({
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  warnings: z.array(z.object({ field: z.string(), code: z.string() })),
  errors: z.array(z.object({ field: z.string(), code: z.string(), params })),
})

/** Words of the window's language for the file of rejected rows: the host has none of its own. */
export const rejectWords = z.strictObject({
  /** Headings over line, field, code, values and reason. */
  headings: z.array(z.string().max(80)).length(5),
  fields: z.record(z.string().max(60), z.string().max(120)),
  /** Code → text, values in braces. */
  reasons: z.record(z.string().max(60), z.string().max(400)),
})
export type RejectWords = z.output<typeof rejectWords>

const reject = z.object({
  line: z.int(),
  field: z.string(),
  code: z.string(),
  params,
  cells: z.array(z.string()),
})

export const importsContract = {
  /** Profiles that come with the program. */
  builtIn: task('imports.run', {}, z.array(importProfile)),
  /** Profiles the shop made. */
  profiles: query('imports.run', {}, z.array(importProfile)),
  saveProfile: command('imports.run', { profile: importProfile }, ok),
  removeProfile: command('imports.run', { profileId: line(60) }, ok),
  /**
   * Puts the file beside the database and answers its columns, first rows and a proposed mapping. Without a file:
   * looks again at the one uploaded before, read in another way.
   */
  inspect: task(
    'imports.run',
    {
      file: z.file().optional(),
      fileUid: uid.optional(),
      fileName: line(255).optional(),
      reading: importReading.optional(),
      target: z.enum(importTargets).optional(),
      profileId: line(60).optional(),
    },
    inspectedFile,
  ),
  /** How a column chosen by hand is best read as this field, from values found in it. */
  proposeColumn: task(
    'imports.run',
    {
      target: z.enum(importTargets),
      field: line(40),
      column: z.string().max(120),
      samples: z.array(z.string()).max(200),
    },
    z.object({ column: importColumn, ambiguousDate: z.boolean() }),
  ),
  /** How a mapping reads some rows of the file, for the wizard to show while it is being made. Writes nothing. */
  tryMapping: task(
    'imports.run',
    {
      profile: importProfileDraft,
      columns: z.array(z.string()).max(1000),
      rows: z.array(z.array(z.string()).max(1000)).max(50),
    },
    z.object({ rows: z.array(triedRow), unusedColumns: z.array(z.string()) }),
  ),
  /** Begins an import of an inspected file and answers at once; progress comes as events on topic `imports`. */
  start: task(
    'imports.run',
    {
      commandId: z.uuid(),
      fileUid: uid,
      fileName: line(255),
      reading: importReading.optional(),
      profile: importProfile,
      dryRun: z.boolean(),
    },
    importRun,
  ),
  /** Goes on with a run that was broken off, from its checkpoint, while its file is still kept. */
  resume: task('imports.run', { commandId: z.uuid(), runId: id }, importRun),
  cancel: task('imports.run', { runId: id }, ok),
  runs: query('imports.run', {}, z.array(importRun)),
  run: query(
    'imports.run',
    { runId: id },
    z.object({
      run: importRun,
      columns: z.array(z.string()),
      preview: z.array(z.record(z.string(), z.unknown())),
      rejects: z.array(reject),
    }),
  ),
  /** All rejected rows of a run as CSV, under the file's own headings, to be mended and imported again. */
  rejectsFile: task('imports.run', { runId: id, words: rejectWords.optional() }, z.file()),
}
