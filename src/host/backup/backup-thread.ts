import { Worker, type MessagePort } from 'node:worker_threads'
import type { ErrorCode, ErrorParams } from '#contract/errors.ts'
import { AppError } from '#core/app.ts'
import type { CheckOptions } from './check-backup.ts'
import type { CopyOptions } from './copy-backup.ts'
import type { MakeOptions } from './make-backup.ts'
import type { BackupKey } from './seal.ts'
import type { Staged, StageOptions } from './stage-restore.ts'
import type { Progress } from './types.ts'
import type { Imported, ImportOptions } from '../transfer/rehearse-import.ts'
import { workerFile } from '../worker-file.ts'

/** Keys cross to the thread as text: bytes would arrive there as another class. */
interface WireKey {
  readonly salt: string
  readonly key: string
}
export interface WireUnsealing {
  readonly key: WireKey | null
  readonly passphrase: string | null
}

export type BackupWork =
  | { readonly act: 'make'; readonly options: Omit<MakeOptions, 'shopKey'>; readonly shopKey: string }
  | {
      readonly act: 'copy'
      readonly options: Omit<CopyOptions, 'key' | 'work'>
      readonly workIn: string
      readonly key: WireKey | null
    }
  | {
      readonly act: 'check'
      readonly options: Omit<CheckOptions, 'unsealing' | 'work'>
      readonly workIn: string
      readonly unsealing: WireUnsealing
    }
  | {
      readonly act: 'rehearse'
      readonly options: Omit<StageOptions, 'unsealing' | 'shopKey'>
      readonly shopKey: string | null
      readonly unsealing: WireUnsealing
    }
/** Tries an export out for the set-up page, where no shop is. */
export interface ImportWork {
  readonly act: 'import'
  readonly options: ImportOptions
}

/** What an act of the thread answers: the backup made or proved, or what was rehearsed. */
export interface BackupResult {
  readonly name: string
  readonly ledgerFaults: number
  readonly staged: Staged | null
  readonly imported?: Imported
}

export type BackupMessage =
  | { readonly progress: Progress }
  | { readonly done: BackupResult }
  | { readonly error: { readonly code: ErrorCode; readonly params: ErrorParams } }
  | { readonly bug: string }

export interface BackupRequest {
  readonly work: BackupWork | ImportWork
  /** Set when the caller stands still: the answer goes to the port, and the flag's first element becomes 1 then. */
  readonly waiting?: { readonly port: MessagePort; readonly flag: SharedArrayBuffer }
}

export function toWire(key: BackupKey | null): WireKey | null {
  return key && { salt: key.salt.toString('base64'), key: key.key.toString('base64') }
}

export function fromWire(key: WireKey | null): BackupKey | null {
  return key && { salt: Buffer.from(key.salt, 'base64'), key: Buffer.from(key.key, 'base64') }
}

export function startThread(request: BackupRequest): Worker {
  const transferList = request.waiting ? [request.waiting.port] : []
  return new Worker(workerFile(import.meta.url, 'backup-worker'), { workerData: request, transferList })
}

export interface BackupThread {
  readonly result: Promise<BackupResult>
  /** Breaks the act off; what it was writing has no name yet. */
  stop(): Promise<void>
}

/** Does one act on a thread of its own, so that no seat waits for it. Errors are those of the act. */
export function onBackupThread(
  work: BackupWork | ImportWork,
  onProgress: (progress: Progress) => void,
): BackupThread {
  const { promise, resolve, reject } = Promise.withResolvers<BackupResult>()
  const worker = startThread({ work })
  worker.on('message', (message: BackupMessage) => {
    if ('progress' in message) onProgress(message.progress)
    else if ('done' in message) resolve(message.done)
    else if ('error' in message) reject(new AppError(message.error.code, message.error.params))
    else reject(new Error(message.bug))
  })
  worker.on('error', reject)
  worker.on('exit', () => reject(new AppError('backup.broken_off')))
  return {
    result: promise,
    async stop() {
      await worker.terminate()
    },
  }
}
