import { randomUUID } from 'node:crypto'
import type { ErrorCode } from '#contract/errors.ts'
import type { ImportProfile } from '#contract/import-profile.ts'
import type { ImportReading } from '#contract/imports.ts'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import { AppError, type Actor, type App } from '#core/app.ts'
import { compileProfile, type CompiledProfile } from '../tabular/map-rows.ts'
import { openTable, TabularError, type Table } from '../tabular/open-table.ts'
import { applyBatch, mapBatch, type ImportCounts } from './import-batch.ts'
import { announcer } from './import-news.ts'

/** Rows in one transaction beside people at work: short enough (some 30 ms) that no seat waits. */
const batchRows = 250
/** Keys of a dry run forgotten in one transaction. */
const forgottenAtOnce = 2000

export interface ImportRequest {
  /** Of the seat that asked: sent again, also after the host died, it is the same run. */
  readonly commandId?: string
  readonly path: string
  readonly fileName: string
  readonly profile: ImportProfile
  readonly reading?: ImportReading
  readonly dryRun: boolean
  readonly actor?: Actor
  /** Aborted by a person: the run is cancelled. Aborted with the reason `closing`: it is broken off and can go on. */
  readonly signal?: AbortSignal
  /** More when nobody else uses the database: larger transactions are faster. Not for a dry run, which takes each back. */
  readonly batchRows?: number
  readonly onBegin?: (run: { runId: number; uid: string; resumed: boolean }) => Promise<void> | void
  readonly onProgress?: (counts: ImportCounts, bytesDone: number, bytesTotal: number) => void
}

export interface ImportResult extends ImportCounts {
  readonly runId: number
  readonly state: Ended
}

type Ended = 'done' | 'cancelled' | 'interrupted'

export const closing = 'closing'

/** What a file's own fault is to the person who brought it. */
export function asAppError(error: unknown): unknown {
  return error instanceof TabularError ? new AppError(error.code, error.params) : error
}

/** Does something with a file; what is wrong with the file leaves as an AppError. */
export async function withFile<T>(act: () => T | Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw asAppError(error)
  }
}

/**
 * Begins a run, or finds the one that this very start has begun before: a dead host's answers are lost, its runs are
 * not. `ended`: how it ended meanwhile, so that there is nothing left to do.
 */
function beginRun(
  app: App,
  { commandId, profile, reading = {}, dryRun, actor }: ImportRequest,
  file: Pick<InputOf<'runs.begin'>, 'fileName' | 'fileHash' | 'bytesTotal' | 'columns'>,
): OutputOf<'runs.begin'> & { readonly ended: Exclude<Ended, 'interrupted'> | null } {
  const begin = (as: string) =>
    app.run('runs.begin', { commandId: as, profile, reading, dryRun, ...file }, actor)
  // A dry run leaves nothing to go on with: sent again, it is tried again.
  if (commandId === undefined || dryRun) return { ...begin(randomUUID()), ended: null }
  const begun = begin(commandId)
  const { state } = app.run('runs.stored', { runId: begun.runId })
  if (state === 'running') return { ...begun, ended: null }
  if (state === 'done' || state === 'cancelled') return { ...begun, ended: state }
  return { ...begin(randomUUID()), ended: null }
}

const nothing: ImportCounts = { imported: 0, updated: 0, unchanged: 0, rejected: 0, rows: 0 }

/**
 * Imports a file row by row in small transactions with a checkpoint each; a broken-off run of the same file and
 * profile goes on where it was. Memory holds one batch. Errors: those of a file that cannot be read at all.
 */
export async function runImport(app: App, request: ImportRequest): Promise<ImportResult> {
  const { profile, fileName, dryRun, actor } = request
  const table = await withFile(() => openTable(request.path, request.reading ?? {}))
  const compiled = await withFile(() => compileProfile(profile, table.columns))
  const { sha256: fileHash, bytes: bytesTotal } = table
  const file = { fileName, fileHash, bytesTotal, columns: [...table.columns] }
  const begun = beginRun(app, request, file)
  const { runId } = begun
  const news = announcer(app, runId, dryRun ? null : profile.target)
  const end = (state: Ended | 'failed', errorCode: ErrorCode | null): void => {
    app.run('runs.end', { commandId: randomUUID(), runId, state, errorCode }, actor)
    news.ended()
  }
  try {
    await request.onBegin?.(begun)
    if (begun.ended !== null) return { ...nothing, runId, state: begun.ended }
    const done = await applyAll(app, request, { table, compiled, runId, afterLine: begun.lineDone, news })
    if (dryRun && done.state !== 'interrupted') await forgetDryRun(app, runId)
    end(done.state, done.state === 'cancelled' ? 'import.cancelled' : null)
    return { ...done.counts, runId, state: done.state }
  } catch (error) {
    const mapped = asAppError(error)
    end('failed', mapped instanceof AppError ? mapped.code : 'internal')
    throw mapped
  }
}

interface Work {
  readonly table: Table
  readonly compiled: CompiledProfile
  readonly runId: number
  readonly afterLine: number
  readonly news: ReturnType<typeof announcer>
}

async function applyAll(
  app: App,
  request: ImportRequest,
  work: Work,
): Promise<{ counts: ImportCounts; state: Ended }> {
  const { table, compiled, runId, afterLine } = work
  let counts = nothing
  const size = request.dryRun ? batchRows : (request.batchRows ?? batchRows)
  for await (const batch of table.batches(size, { afterLine })) {
    if (request.signal?.aborted)
      return { counts, state: request.signal.reason === closing ? 'interrupted' : 'cancelled' }
    counts = applyBatch(app, runId, mapBatch(compiled, batch), request.actor)
    request.onProgress?.(counts, batch.bytesDone, table.bytes)
    work.news.progress()
    // Seats are served between two batches.
    await nextTurn()
  }
  return { counts, state: 'done' }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Forgets what a dry run noted, a little at a time. */
export async function forgetDryRun(app: App, runId: number): Promise<void> {
  for (let more = true; more;) {
    ;({ more } = app.run('runs.forgetDryRun', { commandId: randomUUID(), runId, limit: forgottenAtOnce }))
    await nextTurn()
  }
}
