import type { Rehearsal } from '#contract/backups.ts'
import type { Staged } from './stage-restore.ts'

/** A rehearsal as people are shown it. */
export function summaryOfStaged(uid: string, name: string, staged: Staged): Rehearsal {
  const { manifest, now, after, ledgerFaults, missingFiles, secretsLost } = staged
  const { at: backupAt, shopName, programVersion } = manifest
  return {
    uid,
    name,
    backupAt,
    shopName,
    programVersion,
    now,
    after,
    ledgerFaults,
    missingFiles,
    secretsLost,
  }
}
