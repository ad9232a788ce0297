import { Worker } from 'node:worker_threads'
import type { FileReport } from '#contract/audit.ts'
import type { ErrorCode } from '#contract/errors.ts'
import { AppError } from '#core/app.ts'
import type { VerifyRequest } from './verify-file.ts'
import { workerFile } from '../worker-file.ts'

/** What the thread sends: what it found, or why it could not look. */
export type VerifyMessage = { readonly report: FileReport } | { readonly code: ErrorCode }

export interface VerifyThread {
  readonly done: Promise<FileReport>
  /** Ends it at once; `done` is then refused. */
  stop(): Promise<void>
}

/** Looks through the whole file on a thread with a reading connection of its own, so that no seat waits for it. */
export function verifyOnThread(request: VerifyRequest): VerifyThread {
  const { promise, resolve, reject } = Promise.withResolvers<FileReport>()
  const worker = new Worker(workerFile(import.meta.url, 'verify-worker'), { workerData: request })
  worker.unref()
  worker.on('message', (message: VerifyMessage) => {
    if ('report' in message) resolve(message.report)
    else reject(new AppError(message.code))
  })
  worker.on('error', reject)
  // After an answer this changes nothing; without one the thread was ended from outside.
  worker.on('exit', () => reject(new Error('the check ended without an answer')))
  return {
    done: promise,
    async stop() {
      await worker.terminate()
    },
  }
}
