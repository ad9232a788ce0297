import { z } from 'zod'
import { damaged } from './errors.ts'

/** Why a backup was made. */
export const backupKinds = ['daily', 'manual', 'migration', 'update'] as const
export type BackupKind = (typeof backupKinds)[number]

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** What a backup says of itself; the first file in it, readable by people. */
const manifestShape = z.object({
  format: z.literal(1),
  kind: z.enum(backupKinds),
  /** UTC epoch ms. */
  at: z.int(),
  programVersion: z.string(),
  schemaVersion: z.int(),
  shopName: z.string(),
  /** The database as it is when unpacked. */
  database: z.object({ bytes: z.int(), sha256: hash }),
  /** Rows of each table. */
  tables: z.record(z.string(), z.int()),
  auditHead: z.object({ id: z.int(), hash: z.string().nullable() }).nullable(),
  newestRepair: z.string().nullable(),
  lastChangeAt: z.int().nullable(),
  /** Pictures and documents in the folder `files` beside the backup; `missing` ones were not there to be copied. */
  attachments: z.object({ count: z.int(), bytes: z.int(), missing: z.int() }),
  /** Says which shop.key the passcodes are sealed with, and whether it is in here. */
  key: z.object({ fingerprint: z.string(), included: z.boolean() }),
})
export type Manifest = z.output<typeof manifestShape>

export function writeManifest(manifest: Manifest): Buffer {
  return Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`)
}

/** Error: `backup.damaged`. */
export function readManifest(bytes: Buffer): Manifest {
  try {
    return manifestShape.parse(JSON.parse(bytes.toString('utf8')))
  } catch {
    throw damaged('manifest.json')
  }
}

const extension = '.bsbackup'

/** `benchside-2026-11-22T233351Z-daily.bsbackup`: sorts by time, and each system may call a file so. */
export function backupName(at: number, kind: BackupKind): string {
  const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(':', '')
  return `benchside-${stamp}Z-${kind}${extension}`
}

/** What a backup's name says of it; undefined for a file that is none of ours. */
export function readBackupName(name: string): { at: number; kind: BackupKind } | undefined {
  const match = /^benchside-(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z-([a-z]+)\.bsbackup$/.exec(name)
  const [, day, hour, minute, second, word] = match ?? []
  const kind = backupKinds.find((one) => one === word)
  const at = Date.parse(`${day}T${hour}:${minute}:${second}Z`)
  return kind && Number.isInteger(at) ? { at, kind } : undefined
}
