import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#core/app.ts'
import type { ExportMessage } from './export-thread.ts'
import { writeExport, type ExportProgress, type ExportRequest } from './write-export.ts'

function send(message: ExportMessage): void {
  parentPort?.postMessage(message)
}

const toldEveryMs = 250

let toldAt = 0
function tell(progress: ExportProgress): void {
  const now = performance.now()
  if (now - toldAt < toldEveryMs) return
  toldAt = now
  send({ progress })
}

const request: ExportRequest = workerData
try {
  send({ manifest: await writeExport(request, tell) })
} catch (error) {
  if (!(error instanceof AppError)) throw error
  send({ code: error.code })
}
