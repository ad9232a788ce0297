import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { AppError } from '#core/app.ts'
import { loadExport } from '#host/transfer/load-export.ts'
import { typedPath } from './places.mjs'

/**
 * `npm run import-all -- EXPORT --data EMPTY-DIR`: a shop again from what `npm run export` or Settings wrote, which may
 * be the ZIP or a folder.
 * Ends with `tables=N rows=N repairs=N`; the owner's new password is said in the line before.
 */
const root = join(import.meta.dirname, '..', '..')
const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } })

/** What happens is said on the console; what is wrong ends the command. */
const log = {
  info: () => {},
  warn: (fields: object, message: string) => console.error(message, fields),
  error: (fields: object, message: string) => console.error(message, fields),
}

async function run(from: string, data: string): Promise<void> {
  const { manifest, repairs, owner } = await loadExport({ from, data, root, log })
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  if (owner)
    console.log(
      `log in as "${owner.login}" with the password ${owner.password}, and give the others new ones`,
    )
  console.log(`tables=${manifest.tables.length} rows=${rows} repairs=${repairs}`)
}

const [from] = positionals
if (from === undefined || positionals.length > 1 || values.data === undefined) {
  console.error(
    'the export (its ZIP or folder) and an empty folder are needed\nnpm run import-all -- EXPORT --data EMPTY-DIR',
  )
  process.exit(2)
}
try {
  await run(typedPath(from), typedPath(values.data))
} catch (error) {
  if (!(error instanceof AppError)) throw error
  const params = Object.entries(error.params).map(([name, value]) => ` ${name}=${value}`)
  console.error(`nothing was imported: ${error.code}${params.join('')}`)
  process.exitCode = 1
}
