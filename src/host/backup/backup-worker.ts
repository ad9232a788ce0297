import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#core/app.ts'
import {
  fromWire,
  type BackupMessage,
  type BackupRequest,
  type BackupResult,
  type BackupWork,
  type ImportWork,
} from './backup-thread.ts'
import { checkBackup } from './check-backup.ts'
import { copyBackup } from './copy-backup.ts'
import { inWorkFolder, makeBackup } from './make-backup.ts'
import { stageRestore } from './stage-restore.ts'
import type { Progress } from './types.ts'
import { rehearseImport } from '../transfer/rehearse-import.ts'

/* Copying, packing and proving a shop of a million repairs takes a minute, which the host cannot spare while seats
 * wait; so it is done on a thread of its own, with a connection of its own that only reads. */

const toldEveryMs = 250

function send(message: BackupMessage): void {
  parentPort?.postMessage(message)
}

let toldAt = 0
let toldStep = ''
function tell(progress: Progress): void {
  const now = performance.now()
  if (progress.step === toldStep && now - toldAt < toldEveryMs) return
  toldAt = now
  toldStep = progress.step
  send({ progress })
}

async function run(work: BackupWork | ImportWork): Promise<BackupResult> {
  if (work.act === 'import') {
    const imported = await rehearseImport(work.options, tell)
    return { name: '', ledgerFaults: imported.ledgerFaults, staged: null, imported }
  }
  if (work.act === 'make') {
    const shopKey = Buffer.from(work.shopKey, 'base64')
    const { name, ledgerFaults } = await makeBackup({ ...work.options, shopKey }, tell)
    return { name, ledgerFaults, staged: null }
  }
  if (work.act === 'rehearse') {
    const { options, shopKey, unsealing } = work
    const staged = await stageRestore(
      {
        ...options,
        shopKey: shopKey === null ? null : Buffer.from(shopKey, 'base64'),
        unsealing: { ...unsealing, key: fromWire(unsealing.key) },
      },
      tell,
    )
    return { name: '', ledgerFaults: staged.ledgerFaults, staged }
  }
  return await inWorkFolder(work.workIn, async (folder) => {
    if (work.act === 'copy') {
      const options = { ...work.options, key: fromWire(work.key), work: folder }
      const { name, ledgerFaults } = await copyBackup(options, tell)
      return { name, ledgerFaults, staged: null }
    }
    const unsealing = { ...work.unsealing, key: fromWire(work.unsealing.key) }
    const { ledgerFaults } = await checkBackup({ ...work.options, unsealing, work: folder }, tell)
    return { name: '', ledgerFaults, staged: null }
  })
}

async function answer(work: BackupWork | ImportWork): Promise<BackupMessage> {
  try {
    return { done: await run(work) }
  } catch (error) {
    if (error instanceof AppError) return { error: { code: error.code, params: error.params } }
    return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

const { work, waiting }: BackupRequest = workerData
const given = await answer(work)
if (waiting) {
  const flag = new Int32Array(waiting.flag)
  waiting.port.postMessage(given)
  Atomics.store(flag, 0, 1)
  Atomics.notify(flag, 0)
} else send(given)
