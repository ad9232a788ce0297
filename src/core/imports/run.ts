import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { forgetKeys, insertRun, interruptRuns, runById, unfinishedRun, updateRun } from './store.ts'

/** Where a dry run notes its keys; they go when it ends. */
export function drySource(runId: number): string {
  return `dry-run:${runId}`
}

/** Begins a run, or goes on where a killed one of the same file and profile stopped. */
export function beginRun(ctx: CommandContext, input: InputOf<'runs.begin'>): OutputOf<'runs.begin'> {
  const profile = JSON.stringify(input.profile)
  interruptRuns(ctx.db, ctx.now)
  const before = input.dryRun ? undefined : unfinishedRun(ctx.db, input.fileHash, profile)
  if (before) {
    updateRun(ctx.db, before.id, { state: 'running', errorCode: null, endedAt: null })
    ctx.announce('imports', [before.id])
    return { runId: before.id, uid: before.uid, lineDone: before.lineDone, resumed: before.lineDone > 0 }
  }
  const uid = ctx.newUid()
  const runId = insertRun(ctx.db, {
    uid,
    profileId: input.profile.id,
    profile,
    target: input.profile.target,
    fileName: input.fileName,
    fileHash: input.fileHash,
    dryRun: input.dryRun,
    state: 'running',
    bytesTotal: input.bytesTotal,
    startedAt: ctx.now,
  })
  ctx.announce('imports', [runId])
  return { runId, uid, lineDone: 0, resumed: false }
}

/** Ends a run as done, cancelled or failed. */
export function endRun(ctx: CommandContext, input: InputOf<'runs.end'>): OutputOf<'runs.end'> {
  const row = found(runById(ctx.db, input.runId), 'import')
  updateRun(ctx.db, row.id, { state: input.state, errorCode: input.errorCode, endedAt: ctx.now })
  if (row.dryRun) forgetKeys(ctx.db, drySource(row.id))
  ctx.record({
    entity: 'imports',
    id: row.id,
    uid: row.uid,
    version: 1,
    type: 'import.ended',
    payload: {
      state: input.state,
      file: row.fileName,
      imported: row.imported,
      updated: row.updated,
      rejected: row.rejected,
    },
  })
  return { ok: true }
}
