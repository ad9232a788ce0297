import type { PersonData } from '#contract/transfer.ts'
import type { QueryContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { recordsOf, rowsOfPerson, subjectByUid } from './views.ts'

/** Bytes as text; everything else is told as it stands. */
function readable(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      Buffer.isBuffer(value) ? value.toString('base64') : value,
    ]),
  )
}

/** Everything kept about one customer. Error: `not_found`. */
export function personData(ctx: QueryContext, customerUid: string): PersonData {
  const subject = found(subjectByUid(ctx.db, customerUid), 'customer')
  const tables = rowsOfPerson(ctx.db, JSON.stringify(recordsOf(ctx.db, subject.id)))
  const files = tables.find(({ table }) => table === 'attachments')?.rows ?? []
  return {
    customerId: subject.id,
    customerUid: subject.uid,
    name: subject.name,
    language: subject.language ?? ctx.settings.defaultLanguage,
    tables: tables.map(({ table, rows }) => ({ table, rows: rows.map(readable) })),
    files: files.map(({ sha256, name, mime, kind }) => ({
      sha256: String(sha256),
      name: String(name),
      mime: String(mime),
      kind: String(kind),
    })),
  }
}
