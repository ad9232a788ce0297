import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { copyDatabase, fileFacts, neededFiles, type NeededFile } from '#core/db/backup.ts'
import type { Checked } from './check-backup.ts'
import { contentStore, type ContentStore } from './content-store.ts'
import { onFiles } from './errors.ts'
import { backupName, type BackupKind, type Manifest } from './manifest.ts'
import { placeProved, type Made } from './place-proved.ts'
import { bytesOf } from './safe-file.ts'
import { backupStatus } from './status.ts'
import { silently, type Migration, type OnProgress } from './types.ts'
import type { Content } from './write-archive.ts'

export interface MakeOptions {
  readonly kind: BackupKind
  /** UTC epoch ms. */
  readonly at: number
  /** The shop's file, which may be in use, and the folder of its pictures. */
  readonly database: string
  readonly attachments: string
  /** Where the backup goes. */
  readonly folder: string
  /** The shop's key, kept in the backup. */
  readonly shopKey: Buffer
  readonly programVersion: string
  readonly migrations: readonly Migration[]
}

const workPrefix = '.work-'

/** A folder of its own on the disk the result will lie on, gone afterwards whatever happens. */
export async function inWorkFolder<T>(folder: string, act: (work: string) => Promise<T>): Promise<T> {
  const work = await onFiles(folder, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return await mkdtemp(join(folder, workPrefix))
  })
  try {
    return await onFiles(folder, () => act(work))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** What a program that was killed left of unfinished backups; those begun since the call are none of it. */
export async function clearWork(folder: string): Promise<void> {
  const left = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(workPrefix)) : []
  for (const name of left) await rm(join(folder, name), { recursive: true, force: true })
}

/** Where the pictures lie in the data folder. */
export function attachmentPlace(attachments: string, sha256: string): string {
  return join(attachments, sha256.slice(0, 2), sha256)
}

/** The fingerprint says which key it is; a key cannot be made of it. */
export function keyFingerprint(shopKey: Buffer): string {
  return createHash('sha256').update('benchside shop key').update(shopKey).digest('hex').slice(0, 16)
}

/**
 * Makes a backup and proves it: nothing gets a backup's name that was not read back, unpacked, opened and found
 * whole, and that is not noted as the newest. Errors: `database.damaged` for a file that cannot be copied soundly,
 * `backup.no_space`, `backup.not_writable`, `backup.damaged`.
 */
export async function makeBackup(options: MakeOptions, onProgress = silently): Promise<Made> {
  return await inWorkFolder(options.folder, async (work) => {
    const content = await gather(options, work, onProgress)
    const name = backupName(options.at, options.kind)
    const { migrations, folder, at } = options
    const place = { unproven: join(work, name), folder, name, migrations, work, key: null }
    const asItIs = options.kind === 'migration'
    // Before it has its name: a host that is killed in between would leave a newest backup nobody knows to be the newest.
    const atLast = async ({ ledgerFaults }: Checked) => {
      const state = ledgerFaults === 0 ? 'good' : 'faulty'
      await backupStatus(folder).noteMade(name, { state, at, code: null, params: {} })
    }
    return await placeProved({ ...place, content, asItIs, atLast }, onProgress)
  })
}

async function gather(options: MakeOptions, work: string, onProgress: OnProgress): Promise<Content> {
  const { kind, at, shopKey, programVersion, folder } = options
  const copy = join(work, 'shop.db')
  await copyDatabase(options.database, copy, (done, total) => onProgress({ step: 'copy', done, total }))
  const { tables, shopName, schemaVersion, auditHead, newestRepair, lastChangeAt } = fileFacts(copy)
  const needed = neededFiles(copy)
  const store = contentStore(folder, null)
  const attachments = await keepFiles(store, needed, options.attachments, onProgress)
  const { packed, database } = await pack(copy, onProgress)
  const manifest: Manifest = {
    format: 1,
    kind,
    at,
    programVersion,
    schemaVersion,
    shopName,
    database,
    tables,
    auditHead,
    newestRepair,
    lastChangeAt,
    attachments: {
      count: attachments.length,
      bytes: attachments.reduce((sum, { size }) => sum + size, 0),
      missing: needed.length - attachments.length,
    },
    key: { fingerprint: keyFingerprint(shopKey), included: true },
  }
  return { manifest, attachments, key: shopKey, packed }
}

/** Takes what is new into the store; answers those of the needed ones that are in it. */
async function keepFiles(
  store: ContentStore,
  needed: readonly NeededFile[],
  attachments: string,
  onProgress: OnProgress,
): Promise<NeededFile[]> {
  const kept: NeededFile[] = []
  for (const [index, file] of needed.entries()) {
    if ((await store.has(file)) || (await store.add(file, attachmentPlace(attachments, file.sha256))))
      kept.push(file)
    onProgress({ step: 'files', done: index + 1, total: needed.length })
  }
  return kept
}

/** Packs the copy and removes it. Level 1: the others take three times as long for a tenth less. */
async function pack(
  copy: string,
  onProgress: OnProgress,
): Promise<{ packed: Content['packed']; database: Manifest['database'] }> {
  const path = `${copy}.gz`
  const hash = createHash('sha256')
  const { size: total } = await stat(copy)
  let done = 0
  async function* noted(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const part of source) {
      hash.update(part)
      done += part.length
      onProgress({ step: 'pack', done, total })
      yield part
    }
  }
  await pipeline(noted(bytesOf(copy)), createGzip({ level: 1 }), createWriteStream(path, { mode: 0o600 }))
  await rm(copy)
  const { size } = await stat(path)
  return { packed: { path, bytes: size }, database: { bytes: total, sha256: hash.digest('hex') } }
}
