import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { forgetKeys, insertRun, runById, unfinishedRun, updateRun, type RunRow } from './store.ts'

/** Where a dry run notes its keys; they go when it has ended. */
export function drySource(runId: number): string {
  return `dry-run:${runId}`
}

/** Begins a run, or goes on where a broken-off one of the same file and profile stopped. */
export function beginRun(ctx: CommandContext, input: InputOf<'runs.begin'>): OutputOf<'runs.begin'> {
  const { fileName, fileHash, dryRun, bytesTotal } = input
  const profile = JSON.stringify(input.profile)
  const reading = JSON.stringify(input.reading)
  const before = dryRun ? undefined : unfinishedRun(ctx.db, { fileHash, profile, reading })
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
    reading,
    columns: JSON.stringify(input.columns),
    target: input.profile.target,
    fileName,
    fileHash,
    dryRun,
    bytesTotal,
    state: 'running',
    startedAt: ctx.now,
  })
  ctx.announce('imports', [runId])
  return { runId, uid, lineDone: 0, resumed: false }
}

/** Ends a run as done, cancelled, failed or, when the host was killed, interrupted. */
export function endRun(ctx: CommandContext, input: InputOf<'runs.end'>): OutputOf<'runs.end'> {
  const row = found(runById(ctx.db, input.runId), 'import')
  updateRun(ctx.db, row.id, { state: input.state, errorCode: input.errorCode, endedAt: ctx.now })
  // A run that will go on is no result yet, and a dry run is none at all.
  if (row.dryRun || input.state === 'interrupted') ctx.announce('imports', [row.id])
  else recordEnd(ctx, row, input.state)
  return { ok: true }
}

function recordEnd(ctx: CommandContext, row: RunRow, state: string): void {
  const { id, uid, profileId, target, fileName: file, imported, updated, unchanged, rejected } = row
  const payload = { state, file, profileId, target, imported, updated, unchanged, rejected }
  ctx.record({ entity: 'imports', id, uid, version: 1, type: 'import.ended', payload })
}

/** Keys noted by a dry run are forgotten some at a time, so that no seat waits for it. */
export function forgetDryRun(
  ctx: CommandContext,
  input: InputOf<'runs.forgetDryRun'>,
): OutputOf<'runs.forgetDryRun'> {
  const row = found(runById(ctx.db, input.runId), 'import')
  return { more: forgetKeys(ctx.db, row.target, drySource(row.id), input.limit) === input.limit }
}
