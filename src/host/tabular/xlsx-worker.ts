import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'

import { TabularError } from './errors.ts'
import type { XlsxMessage, XlsxRequest } from './xlsx-thread.ts'
import { readXlsx } from './xlsx-rows.ts'

/* Unpacking and parsing a spreadsheet takes a second of undivided attention, which the host cannot spare
 * while seats wait; so it is done on a thread of its own. */

/** Rows sent at once: few enough that taking them in does not hold the host up. */
const rowsAtOnce = 500

function send(message: XlsxMessage): void {
  parentPort?.postMessage(message)
}

/** Kept when the host has taken in what was sent and asks for more. */
async function asked(): Promise<void> {
  if (parentPort) await once(parentPort, 'message')
}

async function read(request: XlsxRequest): Promise<void> {
  const file = await readFile(request.path)
  const found = await readXlsx(file, request)
  for (let at = 0; at < found.rows.length; at += rowsAtOnce) {
    send({ rows: found.rows.slice(at, at + rowsAtOnce) })
    await asked()
  }
  const sha256 = createHash('sha256').update(file).digest('hex')
  send({ done: { sheets: found.sheets, sheet: found.sheet, sha256 } })
}

try {
  const request: XlsxRequest = workerData
  await read(request)
} catch (error) {
  if (!(error instanceof TabularError)) throw error
  send({ error: { code: error.code, params: error.params } })
}
