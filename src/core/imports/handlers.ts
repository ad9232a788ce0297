import { importProfile } from '#contract/import-profile.ts'
import type { HandlersOf } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { applyRows } from './apply-rows.ts'
import { beginRun, endRun } from './run.ts'
import { readProfile, runView } from './imports.ts'
import { deleteProfile, lastRuns, rejectsOf, runById, saveProfile, storedProfiles } from './store.ts'

/** As many rejected rows as a person looks through on the screen; all of them are in the file. */
const rejectsShown = 200

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
  runs: (ctx) => lastRuns(ctx.db, 50).map(runView),
  run(ctx, input) {
    const row = found(runById(ctx.db, input.runId), 'import')
    const rejects = rejectsOf(ctx.db, row.id, 0, rejectsShown).map(
      ({ line, field, code, params, cells }) => ({
        line,
        field,
        code,
        params: JSON.parse(params) as Record<string, string>,
        cells: JSON.parse(cells) as string[],
      }),
    )
    return { run: runView(row), preview: JSON.parse(row.preview) as Record<string, unknown>[], rejects }
  },
}

export const runsHandlers: HandlersOf<'runs'> = {
  begin: beginRun,
  apply: applyRows,
  end: endRun,
  stored(ctx, input) {
    const row = found(runById(ctx.db, input.runId), 'import')
    const profile = readProfile(row.profile)
    return { profile, target: profile.target, lineDone: row.lineDone }
  },
  rejects(ctx, input) {
    const rows = rejectsOf(ctx.db, input.runId, input.afterId, input.limit)
    return rows.map(({ id, line, field, code, params, cells }) => ({
      id,
      line,
      field,
      code,
      params: JSON.parse(params) as Record<string, string>,
      cells: JSON.parse(cells) as string[],
    }))
  },
}
