import { z } from 'zod'

/** The first file one looks for: what an export holds and by which hashes it is known to be whole. */
export const manifestName = 'manifest.json'
export const exportFormat = 'benchside-export'
/** Rises when an older program could not read what is written. */
export const exportFormatVersion = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const bytes = z.int().min(0)

export const manifest = z.object({
  format: z.literal(exportFormat),
  formatVersion: z.int().min(1),
  program: z.string(),
  schema: z.object({
    version: z.int().min(1),
    /** The migrations that make it, with the hash of each. */
    migrations: z.array(z.object({ name: z.string(), sha256 })),
  }),
  /** When the shop was as it is here, ISO 8601. */
  at: z.string(),
  shop: z.object({ name: z.string(), code: z.string() }),
  tables: z.array(
    z.object({
      name: z.string().regex(/^[a-z_]+$/),
      file: z.string().regex(/^tables\/[a-z_]+\.csv$/),
      rows: z.int().min(0),
      bytes,
      sha256,
      /** Columns whose values stay in the shop. */
      withheld: z.array(z.string()),
      /** Some or all rows stay in the shop. */
      rowsWithheld: z.boolean(),
    }),
  ),
  /** Pictures and signatures, each under its SHA-256; which ones there are says the table `attachments`. */
  attachments: z.object({ files: z.int().min(0), bytes, missing: z.array(sha256) }),
  readme: z.object({ file: z.string(), bytes, sha256 }),
})
export type Manifest = z.output<typeof manifest>

/** Where a picture lies in an export. */
export function attachmentPath(hash: string): string {
  return `attachments/${hash.slice(0, 2)}/${hash}`
}
