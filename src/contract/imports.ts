import { z } from 'zod'
import { at, id, line, ok, uid } from './fields.ts'
import { command, query, task } from './method.ts'
import { importProfile, importProfileDraft, importTargets } from './import-profile.ts'

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

const reject = z.object({
  line: z.int(),
  field: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  cells: z.array(z.string()),
})

export const importsContract = {
  /** Profiles that come with the program. */
  builtIn: task('imports.run', {}, z.array(importProfile)),
  /** Profiles the shop made. */
  profiles: query('imports.run', {}, z.array(importProfile)),
  saveProfile: command('imports.run', { profile: importProfile }, ok),
  removeProfile: command('imports.run', { profileId: line(60) }, ok),
  /** Puts the file beside the database and answers its columns, first rows and a proposed mapping. */
  inspect: task(
    'imports.run',
    { file: z.file(), target: z.enum(importTargets).optional(), profileId: line(60).optional() },
    z.object({
      fileUid: uid,
      columns: z.array(z.string()),
      sample: z.array(z.array(z.string())),
      encoding: z.string(),
      format: z.enum(['csv', 'xlsx']),
      delimiter: z.string().nullable(),
      rowEstimate: z.int(),
      matchingProfileId: z.string().nullable(),
      suggestion: importProfileDraft,
    }),
  ),
  /** Begins an import of an inspected file and answers at once; progress comes as events on topic `imports`. */
  start: task(
    'imports.run',
    { commandId: z.uuid(), fileUid: uid, fileName: line(255), profile: importProfile, dryRun: z.boolean() },
    importRun,
  ),
  cancel: task('imports.run', { runId: id }, ok),
  runs: query('imports.run', {}, z.array(importRun)),
  run: query(
    'imports.run',
    { runId: id },
    z.object({
      run: importRun,
      preview: z.array(z.record(z.string(), z.unknown())),
      rejects: z.array(reject),
    }),
  ),
  rejectsFile: task('imports.run', { runId: id }, z.file()),
}
