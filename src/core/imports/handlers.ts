import { importProfile } from '#contract/import-profile.ts'
import { isErrorCode, type ErrorParams } from '#contract/errors.ts'
import type { HandlersOf } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { applyRows } from './apply-rows.ts'
import { beginRun, endRun, forgetDryRun } from './run.ts'
import { readColumns, readProfile, readReading, runView, type RunState } from './imports.ts'
import {
  deleteProfile,
  lastRuns,
  rejectsOf,
  runById,
  runsUnderWay,
  saveProfile,
  storedProfiles,
} from './store.ts'

/** As many rejected rows as a person looks through on the screen; all of them are in the file. */
const rejectsShown = 200
const runsShown = 50

type StoredReject = ReturnType<typeof rejectsOf>[number]

function rejectView({ line, field, code, params, cells }: StoredReject) {
  return {
    line,
    field,
    // A code of an older version that is no more is none anybody can act on.
    code: isErrorCode(code) ? code : ('internal' as const),
    params: JSON.parse(params) as ErrorParams,
    cells: JSON.parse(cells) as string[],
  }
}

export const importsHandlers: HandlersOf<'imports'> = {
  profiles: (ctx) => storedProfiles(ctx.db).map((row) => readProfile(row.profile)),
  saveProfile(ctx, input) {
    saveProfile(ctx.db, input.profile.id, JSON.stringify(importProfile.parse(input.profile)))
    ctx.announce('imports', [])
    return { ok: true }
  },
  removeProfile(ctx, input) {
    if (deleteProfile(ctx.db, input.profileId) === 0) throw new AppError('import.profile_unknown')
    ctx.announce('imports', [])
    return { ok: true }
  },
  runs: (ctx) => lastRuns(ctx.db, runsShown).map(runView),
  run(ctx, input) {
    const row = found(runById(ctx.db, input.runId), 'import')
    return {
      run: runView(row),
      columns: readColumns(row),
      preview: JSON.parse(row.preview) as Record<string, unknown>[],
      rejects: rejectsOf(ctx.db, row.id, 0, rejectsShown).map(rejectView),
    }
  },
}

export const runsHandlers: HandlersOf<'runs'> = {
  begin: beginRun,
  apply: applyRows,
  end: endRun,
  forgetDryRun,
  underWay: (ctx) => runsUnderWay(ctx.db).map(({ id, uid }) => ({ runId: id, uid })),
  stored(ctx, input) {
    const row = found(runById(ctx.db, input.runId), 'import')
    const { uid, fileName, state, dryRun } = row
    return {
      uid,
      fileName,
      dryRun,
      state: state as RunState,
      profile: readProfile(row.profile),
      reading: readReading(row),
      columns: readColumns(row),
    }
  },
  rejects: (ctx, input) =>
    rejectsOf(ctx.db, input.runId, input.afterId, input.limit).map((row) => ({
      id: row.id,
      ...rejectView(row),
    })),
}
