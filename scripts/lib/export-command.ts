import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { AppError } from '#core/app.ts'
import { programVersion } from '#contract/version.ts'
import { readMigrations } from '#host/data-folder.ts'
import { startHost } from '#host/start-host.ts'
import { countsOf } from '#host/transfer/export-shelf.ts'
import { writeExport } from '#host/transfer/write-export.ts'
import { dataFolder, typedPath } from './places.mjs'

/**
 * `npm run export -- DIR [--data DIR]`: everything of a shop as a folder of CSV files (a ZIP when DIR ends in .zip).
 * Ends with `tables=N rows=N files=N missing=N`. While the program runs, Settings has a button for the same.
 */
const root = join(import.meta.dirname, '..', '..')
const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } })

async function run(target: string, data: string): Promise<void> {
  const zip = target.endsWith('.zip')
  if (existsSync(target) && (zip || readdirSync(target).length > 0))
    throw new AppError('export.folder_not_empty', { path: target })
  if (!zip) mkdirSync(target, { recursive: true, mode: 0o700 })
  const host = startHost({ data, root, version: programVersion })
  try {
    const manifest = await writeExport(
      {
        database: host.folder.database,
        attachments: host.folder.attachments,
        target,
        zip,
        program: programVersion,
        migrations: readMigrations(root),
        now: host.app.clock.now(),
      },
      () => {},
    )
    const counts = countsOf(manifest)
    host.app.run('transfer.exported', { commandId: randomUUID(), name: 'folder', ...counts })
    const { missing } = manifest.attachments
    for (const hash of missing) console.error(`this picture is not on the disk any more: ${hash}`)
    console.log(`tables=${counts.tables} rows=${counts.rows} files=${counts.files} missing=${missing.length}`)
  } finally {
    await host.close()
  }
}

const hints: Readonly<Record<string, string>> = {
  'database.full': ': the disk is full; what was written of it is no export and can be deleted',
  'database.read_only': ': nothing can be written there',
  'database.in_use': ': the program is running; export from its Settings, or end it',
  'database.sealed':
    ': the system’s key store has the shop’s key; export from the Settings of the desktop program',
}

const [target] = positionals
const data = dataFolder(values.data)
if (target === undefined || positionals.length > 1 || !existsSync(join(data, 'shop.db'))) {
  console.error(`${target === undefined ? 'say where to' : `there is no shop in ${data}`}
npm run export -- DIR [--data DIR]`)
  process.exit(2)
}
try {
  await run(typedPath(target), data)
} catch (error) {
  if (!(error instanceof AppError)) throw error
  console.error(`the export ended: ${error.code}${hints[error.code] ?? ''}`)
  process.exitCode = 1
}
