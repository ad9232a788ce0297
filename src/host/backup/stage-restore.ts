import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#core/app.ts'
import { fileFacts } from '#core/db/backup.ts'
import { compareWithManifest, summaryOf, type Summary } from './check-backup.ts'
import { contentStore } from './content-store.ts'
import { onFiles } from './errors.ts'
import { attachmentPlace, keyFingerprint } from './make-backup.ts'
import type { Manifest } from './manifest.ts'
import { proveShop } from './prove-shop.ts'
import { unpackArchive, type ArchiveHead } from './read-archive.ts'
import type { Unsealing } from './seal.ts'
import { silently, type Migration, type OnProgress } from './types.ts'

export interface StageOptions {
  /** The backup; its pictures lie in `files` beside it. */
  readonly path: string
  readonly unsealing: Unsealing
  /** The data folder it is to be restored into. */
  readonly data: { readonly path: string; readonly database: string; readonly attachments: string }
  /** The key of the shop as it is, where there is one. */
  readonly shopKey: Buffer | null
  readonly migrations: readonly Migration[]
  readonly uid: string
}

/** A backup unpacked, opened, brought to the present schema and checked: all of a restore but the exchange. */
export interface Staged {
  /** Name of the folder inside the data folder that is to take the shop's place. */
  readonly incoming: string
  readonly manifest: Manifest
  /** What people count in: as it is, null where there is no shop that can be read, and as it would be. */
  readonly now: Summary | null
  readonly after: Summary
  readonly ledgerFaults: number
  /** Pictures that are neither here nor with the backup. */
  readonly missingFiles: number
  /** The key is in neither place: device passcodes and stored passwords are lost. */
  readonly secretsLost: boolean
}

export const stagingPrefix = '.restoring-'

/** The summary of the shop as it is; null for a file that is not there or cannot be read. */
export function presentSummary(database: string): Summary | null {
  try {
    return summaryOf(fileFacts(database))
  } catch {
    return null
  }
}

/**
 * The rehearsal of a restore, in a folder of its own beside the shop's file, which it does not touch. Errors: those of
 * `checkBackup`, but pictures that are missing are counted instead.
 */
export async function stageRestore(options: StageOptions, onProgress = silently): Promise<Staged> {
  const { path, data, unsealing, migrations, uid } = options
  const incoming = `${stagingPrefix}${uid}`
  const folder = join(data.path, incoming)
  return await onFiles(data.path, async () => {
    await mkdir(folder, { mode: 0o700 })
    try {
      const database = join(folder, 'shop.db')
      let done = 0
      const head = await unpackArchive(path, unsealing, database, (count) => {
        done += count
        onProgress({ step: 'pack', done, total: 0 })
      })
      compareWithManifest(database, head)
      const missingFiles = await stageFiles(options, folder, head, onProgress)
      onProgress({ step: 'check', done: 0, total: 0 })
      const ledgerFaults = proveShop(database, migrations)
      const secretsLost = await stageKey(options.shopKey, folder, head)
      const after = summaryOf(fileFacts(database))
      const now = presentSummary(data.database)
      const { manifest } = head
      return { incoming, manifest, now, after, ledgerFaults, missingFiles, secretsLost }
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      throw error
    }
  })
}

/** Brings along the pictures that are not in the data folder; answers how many are to be had nowhere. */
async function stageFiles(
  options: StageOptions,
  folder: string,
  head: ArchiveHead,
  onProgress: OnProgress,
): Promise<number> {
  const store = contentStore(dirname(options.path), head.sealedWith)
  let missing = head.manifest.attachments.missing
  for (const [index, file] of head.attachments.entries()) {
    const here = attachmentPlace(options.data.attachments, file.sha256)
    const size = await stat(here).then(
      (found) => found.size,
      () => -1,
    )
    const target = attachmentPlace(join(folder, 'attachments'), file.sha256)
    if (size !== file.size && !(await store.take(file, target))) missing++
    onProgress({ step: 'files', done: index + 1, total: head.attachments.length })
  }
  return missing
}

/** Brings along a key that is not the shop's own; true when what is sealed in the backup cannot be opened any more. */
async function stageKey(own: Buffer | null, folder: string, head: ArchiveHead): Promise<boolean> {
  const isOwn = own !== null && keyFingerprint(own) === head.manifest.key.fingerprint
  if (head.key && !isOwn) {
    const text = head.key.toString('base64')
    await writeFile(join(folder, 'shop.key'), text, { mode: 0o600, flush: true })
  }
  return head.key === null && !isOwn
}

/** Throws a rehearsal away. */
export async function dropStaged(dataPath: string, incoming: string): Promise<void> {
  if (!incoming.startsWith(stagingPrefix)) throw new AppError('not_found', { entity: 'backup' })
  await rm(join(dataPath, incoming), { recursive: true, force: true })
}
