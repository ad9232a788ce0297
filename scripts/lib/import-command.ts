import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ImportProfile } from '#contract/import-profile.ts'
import { AppError } from '#core/app.ts'
import { writeRejects } from '#host/jobs/import-rejects.ts'
import { runImport } from '#host/jobs/import-run.ts'
import { readBuiltInProfiles, readProfile } from '#host/tabular/profiles.ts'
import { foundEmptyShop, startHost, type Host } from '#host/start-host.ts'
import { programVersion } from '#contract/version.ts'
import { typedPath } from './places.mjs'

/**
 * `npm run import -- --profile ID|FILE.json --data DIR [--dry-run] FILE…`
 * Ends with `imported=N updated=N rejected=N of=N`; rows that were there already and have not changed are
 * in none of the three but in the line before. Rejected rows are in `<data>/imports/<file>.rejects.csv`.
 */
const root = join(import.meta.dirname, '..', '..')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    profile: { type: 'string' },
    data: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  },
})

function usage(message: string): never {
  console.error(`${message}\nnpm run import -- --profile ID|FILE.json --data DIR [--dry-run] FILE…`)
  process.exit(2)
}

async function chooseProfile(wanted: string): Promise<ImportProfile> {
  if (wanted.endsWith('.json') && existsSync(typedPath(wanted))) return await readProfile(typedPath(wanted))
  const known = await readBuiltInProfiles(join(root, 'resources', 'import-profiles'))
  const profile = known.find((one) => one.id === wanted)
  return profile ?? usage(`no profile "${wanted}"; there are: ${known.map((one) => one.id).join(', ')}`)
}

const files = positionals.map(typedPath)
const total = { imported: 0, updated: 0, unchanged: 0, rejected: 0, of: 0 }
const stop = new AbortController()
process.on('SIGINT', () => stop.abort())

/** Nobody else has the folder open, so transactions may be longer than beside people at work. */
const batchRows = 5000

async function importFile(host: Host, path: string, profile: ImportProfile): Promise<void> {
  const name = basename(path)
  const started = performance.now()
  let shown = started
  const result = await runImport(host.app, {
    path,
    fileName: name,
    profile,
    batchRows,
    dryRun: values['dry-run'],
    signal: stop.signal,
    onBegin: ({ resumed }) => {
      if (resumed) console.log(`${name}: going on where the last import stopped`)
    },
    onProgress(counts, bytesDone, bytesTotal) {
      if (performance.now() - shown < 1000) return
      shown = performance.now()
      const percent = Math.floor((bytesDone / Math.max(1, bytesTotal)) * 100)
      console.log(`${name}: ${counts.rows} rows, ${percent} %`)
    },
  })
  const seconds = (performance.now() - started) / 1000
  const { runId, state, imported, updated, unchanged, rejected, rows } = result
  const counted = `imported=${imported} updated=${updated} unchanged=${unchanged} rejected=${rejected} of=${rows}`
  console.log(`${name}: ${state}, ${counted} in ${seconds.toFixed(1)} s`)
  total.imported += imported
  total.updated += updated
  total.unchanged += unchanged
  total.rejected += rejected
  total.of += rows
  if (rejected === 0) return
  const target = join(host.folder.imports, `${name}.rejects.csv`)
  const { columns } = host.app.run('runs.stored', { runId })
  await writeRejects(host.app, { path: target, runId, columns })
  console.log(`rejected rows: ${target}`)
}

/** The code and values of what is wrong with a file as a whole; anything else is a bug and ends the program. */
function faultOf(error: unknown): string {
  if (!(error instanceof AppError) || error.code === 'internal') throw error
  const params = Object.entries(error.params).map(([name, value]) => ` ${name}=${value}`)
  return `${error.code}${params.join('')}`
}

/** Imports all files that can be read; answers how many could not. */
async function importAll(host: Host, profile: ImportProfile): Promise<number> {
  let unreadable = 0
  for (const path of files) {
    if (stop.signal.aborted) break
    try {
      await importFile(host, path, profile)
    } catch (error) {
      console.error(`${basename(path)}: not imported: ${faultOf(error)}`)
      unreadable++
    }
  }
  return unreadable
}

async function main(): Promise<void> {
  const { profile: wanted, data } = values
  if (wanted === undefined || data === undefined || files.length === 0)
    usage('profile, data folder and files are needed')
  const missing = files.filter((path) => !existsSync(path))
  if (missing.length > 0) usage(`no such file: ${missing.join(', ')}`)
  const profile = await chooseProfile(wanted)
  const host = startHost({ data: typedPath(data), root, version: programVersion })
  let unreadable = 0
  try {
    const password = randomBytes(9).toString('base64url')
    if (await foundEmptyShop(host, password)) {
      console.log(`the folder was empty: a shop was made, log in as "owner" with the password ${password}`)
    }
    unreadable = await importAll(host, profile)
  } finally {
    await host.close()
  }
  console.log(`unchanged=${total.unchanged}`)
  console.log(`imported=${total.imported} updated=${total.updated} rejected=${total.rejected} of=${total.of}`)
  process.exit(stop.signal.aborted ? 130 : unreadable > 0 ? 1 : 0)
}

try {
  await main()
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal'
  console.error(`the import ended: ${code}`)
  if (code === 'internal') console.error(error)
  process.exit(1)
}
