import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { auditHead, type AuditHead } from '#contract/audit.ts'
import type { DataFolder } from '../data-folder.ts'

/**
 * The ends of the audit log's chain, kept outside of the shop's file: one line each, `id hash at`, only ever added to.
 * A chain cannot show that its newest rows were cut off; this can. The file goes with the shop's file when that is
 * exchanged for another one (backup/swap.ts).
 */
export const headsName = 'audit.heads'

const headsFile = (folder: Pick<DataFolder, 'path'>) => join(folder.path, headsName)

/** Every head that was noted; a line broken off by a power cut is none. */
export function readHeads(folder: Pick<DataFolder, 'path'>): AuditHead[] {
  const path = headsFile(folder)
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [id, hash, at] = line.split(' ')
      const head = auditHead.safeParse({ id: Number(id), hash, at: Number(at) })
      return head.success && head.data.hash.length === 64 ? [head.data] : []
    })
}

/** Notes where the log ends now, unless that is noted already. */
export function noteHead(folder: Pick<DataFolder, 'path'>, head: AuditHead | null): void {
  if (!head || readHeads(folder).at(-1)?.id === head.id) return
  const path = headsFile(folder)
  const file = openSync(path, 'a', 0o600)
  try {
    // A line a power cut broke off ends here, so that this one stands alone.
    appendFileSync(file, `\n${head.id} ${head.hash} ${head.at}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
