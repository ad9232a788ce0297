import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#core/app.ts'
import { verifyFile, type VerifyRequest } from './verify-file.ts'
import type { VerifyMessage } from './verify-thread.ts'

const request: VerifyRequest = workerData
const send = (message: VerifyMessage): void => parentPort?.postMessage(message)
try {
  send({ report: verifyFile(request) })
} catch (error) {
  if (!(error instanceof AppError)) throw error
  send({ code: error.code })
}
