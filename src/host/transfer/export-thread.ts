import { Worker } from 'node:worker_threads'
import { AppError } from '#core/app.ts'
import type { ErrorCode } from '#contract/errors.ts'
import type { Manifest } from './manifest.ts'
import type { ExportProgress, ExportRequest } from './write-export.ts'
import { workerFile } from '../worker-file.ts'

/** What the thread sends: how far it is, then either that it is done or why it is not. */
export type ExportMessage =
  | { readonly progress: ExportProgress }
  | { readonly manifest: Manifest }
  | { readonly code: ErrorCode }

export interface ExportThread {
  readonly done: Promise<Manifest>
  /** Ends it at once; `done` is then refused. What it wrote is not whole. */
  stop(): Promise<void>
}

/** Writes an export on a thread with a reading connection of its own, so that no seat waits for it. */
export function exportOnThread(request: ExportRequest, progress: (so: ExportProgress) => void): ExportThread {
  const { promise, resolve, reject } = Promise.withResolvers<Manifest>()
  const worker = new Worker(workerFile(import.meta.url, 'export-worker'), { workerData: request })
  worker.on('message', (message: ExportMessage) => {
    if ('progress' in message) progress(message.progress)
    else if ('manifest' in message) resolve(message.manifest)
    else reject(new AppError(message.code))
  })
  worker.on('error', reject)
  // After an answer this changes nothing; without one the thread was ended from outside.
  worker.on('exit', () => reject(new AppError('export.cancelled')))
  return {
    done: promise,
    async stop() {
      await worker.terminate()
    },
  }
}
