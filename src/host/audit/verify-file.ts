import type { AuditHead, FileReport } from '#contract/audit.ts'
import { verifyShop } from '#core/app.ts'
import { openForReading } from '#core/db/open.ts'

export interface VerifyRequest {
  /** Path of the shop's file. */
  readonly database: string
  readonly migrations: readonly { readonly name: string; readonly sql: string }[]
  readonly heads: readonly AuditHead[]
}

/** Looks through a shop's file beside whoever works on it. Errors are those of `openForReading`. */
export function verifyFile({ database, migrations, heads }: VerifyRequest): FileReport {
  const file = openForReading(database, migrations)
  try {
    return verifyShop(file.read, heads)
  } finally {
    file.close()
  }
}
