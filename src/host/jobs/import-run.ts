import { randomUUID } from 'node:crypto'
import type { ErrorCode } from '#contract/errors.ts'
import type { ImportProfile } from '#contract/import-profile.ts'
import type { OutputOf } from '#contract/method-types.ts'
import { AppError, type Actor, type App } from '#core/app.ts'
import { compileProfile, type CompiledProfile } from '../tabular/map-rows.ts'
import { openTable, TabularError, type TableBatch } from '../tabular/open-table.ts'

/** Rows in one transaction: long enough to be fast, short enough (some 30 ms) that no seat waits. */
const batchRows = 250

export interface ImportRequest {
  readonly path: string
  readonly fileName: string
  readonly profile: ImportProfile
  readonly dryRun: boolean
  readonly actor?: Actor
  readonly signal?: AbortSignal
  readonly onBegin?: (runId: number, resumed: boolean) => void
  readonly onProgress?: (counts: ImportCounts, bytesDone: number, bytesTotal: number) => void
}

export type ImportCounts = OutputOf<'runs.apply'>

export interface ImportResult extends ImportCounts {
  readonly runId: number
  readonly state: 'done' | 'cancelled'
}

/** What a file's own fault is to the person who brought it. */
export function asAppError(error: unknown): unknown {
  return error instanceof TabularError ? new AppError(error.code, error.params) : error
}

const nothing: ImportCounts = { imported: 0, updated: 0, unchanged: 0, rejected: 0, rows: 0 }

/**
 * Imports a file row by row in small transactions with a checkpoint each; a killed run of the same file and
 * profile goes on where it was. Memory holds one batch. Errors: those of a file that cannot be read at all.
 */
export async function runImport(app: App, request: ImportRequest): Promise<ImportResult> {
  const { profile, fileName, dryRun, actor } = request
  const table = await openTable(request.path).catch((error: unknown) => Promise.reject(asAppError(error)))
  const compiled = compile(profile, table.columns)
  const begun = app.run(
    'runs.begin',
    { commandId: randomUUID(), profile, fileName, fileHash: table.sha256, dryRun, bytesTotal: table.bytes },
    actor,
  )
  request.onBegin?.(begun.runId, begun.resumed)
  const end = (state: 'done' | 'cancelled' | 'failed', errorCode: ErrorCode | null) =>
    app.run('runs.end', { commandId: randomUUID(), runId: begun.runId, state, errorCode }, actor)
  let counts = nothing
  try {
    for await (const batch of table.batches(batchRows, { afterLine: begun.lineDone })) {
      if (request.signal?.aborted) {
        end('cancelled', 'import.cancelled')
        return { ...counts, runId: begun.runId, state: 'cancelled' }
      }
      counts = app.run(
        'runs.apply',
        { commandId: randomUUID(), runId: begun.runId, ...mapBatch(compiled, batch) },
        actor,
      )
      request.onProgress?.(counts, batch.bytesDone, table.bytes)
      // Seats are served between two batches.
      await new Promise((resolve) => setImmediate(resolve))
    }
  } catch (error) {
    const mapped = asAppError(error)
    end('failed', mapped instanceof AppError ? mapped.code : 'internal')
    throw mapped
  }
  end('done', null)
  return { ...counts, runId: begun.runId, state: 'done' }
}

function compile(profile: ImportProfile, columns: readonly string[]): CompiledProfile {
  try {
    return compileProfile(profile, columns)
  } catch (error) {
    throw asAppError(error)
  }
}

interface MappedBatch {
  readonly rows: { line: number; key: string; values: Record<string, string | number | null> }[]
  readonly rejects: {
    line: number
    field: string
    code: string
    params: Record<string, string | number | boolean | null>
    cells: string[]
  }[]
  readonly lineDone: number
  readonly bytesDone: number
}

function mapBatch(compiled: CompiledProfile, batch: TableBatch): MappedBatch {
  const rows: MappedBatch['rows'] = []
  const rejects: MappedBatch['rejects'] = []
  for (const { line, cells, problem } of batch.rows) {
    const row = problem ? undefined : compiled.map(cells)
    if (row?.ok) {
      rows.push({ line, key: row.key, values: { ...row.values } })
      continue
    }
    // One line per row: its first fault is what to mend first, the others show when it is imported again.
    const first = problem ? { field: '', ...problem } : row?.errors[0]
    if (!first) continue
    rejects.push({
      line,
      field: first.field,
      code: first.code,
      params: { ...first.params },
      cells: [...cells],
    })
  }
  return { rows, rejects, lineDone: batch.rows.at(-1)?.line ?? 0, bytesDone: batch.bytesDone }
}
