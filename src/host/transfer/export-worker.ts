import { parentPort, workerData } from 'node:worker_threads'
import type { ExportMessage } from './export-thread.ts'
import { writeExport, type ExportRequest } from './write-export.ts'

function send(message: ExportMessage): void {
  parentPort?.postMessage(message)
}

/** Errors of the disk that a person can act on; anything else ends the thread with its own stack. */
function codeOf(error: unknown): 'database.full' | 'database.read_only' | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'database.full'
  return code === 'EACCES' || code === 'EROFS' || code === 'EPERM' ? 'database.read_only' : undefined
}

const request: ExportRequest = workerData
try {
  send({ manifest: writeExport(request, (progress) => send({ progress })) })
} catch (error) {
  const code = codeOf(error)
  if (!code) throw error
  send({ code })
}
