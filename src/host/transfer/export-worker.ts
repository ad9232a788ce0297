import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#core/app.ts'
import type { ExportMessage } from './export-thread.ts'
import { writeExport, type ExportRequest } from './write-export.ts'

function send(message: ExportMessage): void {
  parentPort?.postMessage(message)
}

const request: ExportRequest = workerData
try {
  send({ manifest: await writeExport(request, (progress) => send({ progress })) })
} catch (error) {
  if (!(error instanceof AppError)) throw error
  send({ code: error.code })
}
