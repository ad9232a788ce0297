import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import { AppError } from '#core/app.ts'
import { startThread, type BackupMessage, type BackupResult, type BackupWork } from './backup-thread.ts'

/** A million repairs take a minute or two; what takes longer hangs. */
const limitMs = 30 * 60_000

/**
 * Does one act of backups while the caller stands still: before a migration nobody is served yet, and nothing may go
 * on without a proved backup. Errors are those of the act.
 */
export function backupStandingStill(work: BackupWork): BackupResult {
  const { port1, port2 } = new MessageChannel()
  const flag = new SharedArrayBuffer(4)
  const worker = startThread({ work, waiting: { port: port2, flag } })
  worker.unref()
  Atomics.wait(new Int32Array(flag), 0, 0, limitMs)
  const answer = receiveMessageOnPort(port1) as { message: BackupMessage } | undefined
  port1.close()
  if (!answer) throw new AppError('backup.broken_off')
  const { message } = answer
  if ('done' in message) return message.done
  if ('error' in message) throw new AppError(message.error.code, message.error.params)
  throw new Error('bug' in message ? message.bug : 'the thread answered nothing')
}
