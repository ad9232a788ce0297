import { z } from 'zod'
import { id, language, ok, uid } from './fields.ts'
import { command, query } from './method.ts'

/** Everything kept about one person, table by table, as it stands in the file; for a copy they may take along. */
export const personData = z.object({
  customerId: id,
  customerUid: uid,
  name: z.string(),
  /** The customer's language, else the shop's. */
  language,
  tables: z.array(z.object({ table: z.string(), rows: z.array(z.record(z.string(), z.unknown())) })),
  /** Their pictures and signatures. */
  files: z.array(z.object({ sha256: z.string(), name: z.string(), mime: z.string(), kind: z.string() })),
})
export type PersonData = z.output<typeof personData>

const counted = { tables: z.int(), rows: z.int(), files: z.int() }

/** The database part of exports and of their import; only the host calls these. */
export const transferContract = {
  /** Everything left the shop as one export: for the audit log. */
  exported: command('public', { name: z.string().max(255), ...counted }, ok),
  /** An export was thrown away again. */
  removed: command('public', { name: z.string().max(255) }, ok),
  /**
   * Makes an imported shop whole: the search index is made again, the owner gets a password. Answers the owner's
   * login; null when nobody is owner.
   */
  imported: command(
    'public',
    { at: z.string().max(40), program: z.string().max(40), ownerPasswordHash: z.string(), ...counted },
    z.object({ login: z.string().nullable(), repairs: z.int() }),
    { secret: ['ownerPasswordHash'] },
  ),
  person: query('public', { customerUid: uid }, personData),
  /** A person's data left the shop: for the audit log. */
  personExported: command('public', { customerId: id }, ok),
}
