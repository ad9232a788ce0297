import { Worker } from 'node:worker_threads'

import type { ErrorCode, ErrorParams } from '#contract/errors.ts'
import { TabularError } from './errors.ts'
import { workerFile } from '../worker-file.ts'

export interface XlsxRequest {
  readonly path: string
  readonly sheet: string | number | undefined
  readonly maxUnpackedBytes: number
}

interface XlsxDone {
  readonly sheets: readonly string[]
  readonly sheet: string
  readonly sha256: string
}

/** What the thread sends: rows, then either that it is done or why it is not. */
export type XlsxMessage =
  | { readonly rows: readonly (readonly string[])[] }
  | { readonly done: XlsxDone }
  | { readonly error: { readonly code: ErrorCode; readonly params: ErrorParams } }

/** A sheet that needs more than this is refused; the host itself never runs out of memory over one. */
const maxHeapMegabytes = 1536
/** A hundred thousand rows take seconds. A file made to take hours must not keep a processor busy for the day. */
const usualLimitMs = 300_000

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

/**
 * Reads one sheet on a thread of its own; the errors are those of `readXlsx`, and `import.file_too_large` for one that
 * takes longer than `limitMs`.
 */
export function readOnThread(
  request: XlsxRequest,
  limitMs = usualLimitMs,
): Promise<XlsxDone & { rows: (readonly string[])[] }> {
  const { promise, resolve, reject } = Promise.withResolvers<XlsxDone & { rows: (readonly string[])[] }>()
  const rows: (readonly string[])[] = []
  const resourceLimits = { maxOldGenerationSizeMb: maxHeapMegabytes }
  const worker = new Worker(workerFile(import.meta.url, 'xlsx-worker'), {
    workerData: request,
    resourceLimits,
  })
  worker.on('message', (message: XlsxMessage) => {
    if ('rows' in message) {
      rows.push(...message.rows)
      // Asking for the next rows in a later turn lets whatever else waits go first.
      setImmediate(() => worker.postMessage('more'))
    } else if ('done' in message) resolve({ ...message.done, rows })
    else reject(new TabularError(message.error.code, message.error.params))
  })
  worker.on('error', (error) => {
    reject(
      isOutOfMemory(error)
        ? new TabularError('import.file_too_large', { maxBytes: maxHeapMegabytes << 20 })
        : error,
    )
  })
  const giveUp = () => {
    reject(new TabularError('import.file_too_large', { maxBytes: request.maxUnpackedBytes }))
    void worker.terminate()
  }
  const limit = setTimeout(giveUp, limitMs)
  worker.on('exit', () => clearTimeout(limit))
  // After an answer this changes nothing; without one the thread was ended from outside.
  worker.on('exit', () => reject(new Error('the spreadsheet thread ended without an answer')))
  return promise
}
