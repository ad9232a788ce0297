import { z } from 'zod'
import { errorCodes } from './errors.ts'
import { line, ok } from './fields.ts'
import { task } from './method.ts'
import { rehearsal, summary } from './backups.ts'
import { pictureBeside } from './takeover-limits.ts'

const params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

/** What a file would bring, tried out beside the empty shop. */
const found = rehearsal
  .pick({ shopName: true, programVersion: true, ledgerFaults: true, missingFiles: true, secretsLost: true })
  .extend({
    kind: z.enum(['backup', 'export']),
    /** When the shop was as it is in the file, UTC epoch ms. */
    at: z.int(),
    counts: summary,
    /** An export holds no passwords: its owner gets this one. null where there is none, or nobody needs one. */
    owner: z.object({ login: z.string(), password: z.string() }).nullable(),
  })
export type TakeoverFound = z.output<typeof found>

const uid = z.uuid()

/**
 * A shop that exists already comes to a new computer: a backup or an export is brought, tried out and takes the place
 * of the empty shop. All of it only from this computer, and refused once there is a shop: `setup.only_here`,
 * `setup.already_done`.
 */
export const takeoverContract = {
  /** A file is to be brought; what was brought before is dropped. Error: `database.full`. */
  begin: task('public', { name: line(200), size: z.int().min(0) }, z.object({ uid: z.string() })),
  /**
   * The next piece of the file, or of a picture beside it. Answers how much is there: what does not go on from there is
   * left out, so a piece may be sent twice.
   */
  piece: task(
    'public',
    { uid, picture: z.string().regex(pictureBeside).optional(), at: z.int().min(0), piece: z.file() },
    z.object({ received: z.int() }),
  ),
  /** Begins to try it out and answers at once; how it goes and what is found tells `standing`. Error: `setup.broken_off`. */
  rehearse: task('public', { uid, passphrase: z.string().max(200).optional() }, ok, {
    secret: ['passphrase'],
  }),
  standing: task(
    'public',
    { uid },
    z.object({
      received: z.int(),
      running: z
        .object({ step: z.enum(['copy', 'pack', 'files', 'check']), done: z.int(), total: z.int() })
        .nullable(),
      problem: z.object({ code: z.enum(errorCodes), params }).nullable(),
      found: found.nullable(),
    }),
  ),
  /** What was tried out becomes the shop: the host closes and comes back with it. */
  bring: task('public', { uid }, ok),
  drop: task('public', { uid }, ok),
}
