import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ImportProfile } from '#contract/import-profile.ts'
import { RejectsFile } from '#host/tabular/rejects-file.ts'
import { readBuiltInProfiles, readProfile } from '#host/tabular/profiles.ts'
import { openTable } from '#host/tabular/open-table.ts'
import { runImport } from '#host/jobs/import-run.ts'
import { foundEmptyShop, startHost, type Host } from '#host/start-host.ts'
import { programVersion } from '#contract/version.ts'

/**
 * `npm run import -- --profile ID|FILE.json --data DIR [--dry-run] FILE…`
 * Ends with `imported=N updated=N rejected=N of=N`; rows that were there already and have not changed are
 * in none of the three but in the line before. Rejected rows are in `<data>/imports/<file>.rejects.csv`.
 */
const root = join(import.meta.dirname, '..')

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
  if (wanted.endsWith('.json') && existsSync(wanted)) return await readProfile(wanted)
  const known = await readBuiltInProfiles(join(root, 'resources', 'import-profiles'))
  const profile = known.find((one) => one.id === wanted)
  return profile ?? usage(`no profile "${wanted}"; there are: ${known.map((one) => one.id).join(', ')}`)
}

const total = { imported: 0, updated: 0, unchanged: 0, rejected: 0, of: 0 }
const stop = new AbortController()
process.on('SIGINT', () => stop.abort())

async function importFile(host: Host, path: string, profile: ImportProfile): Promise<void> {
  const started = performance.now()
  let shown = 0
  const result = await runImport(host.app, {
    path,
    fileName: basename(path),
    profile,
    dryRun: values['dry-run'],
    signal: stop.signal,
    onBegin: (_runId, resumed) => {
      if (resumed) console.log(`${basename(path)}: going on where the last import stopped`)
    },
    onProgress(counts, bytesDone, bytesTotal) {
      if (performance.now() - shown < 1000) return
      shown = performance.now()
      console.log(
        `${basename(path)}: ${counts.rows} rows, ${Math.floor((bytesDone / Math.max(1, bytesTotal)) * 100)} %`,
      )
    },
  })
  const seconds = (performance.now() - started) / 1000
  const { imported, updated, unchanged, rejected, rows } = result
  console.log(
    `${basename(path)}: ${result.state}, imported=${imported} updated=${updated} unchanged=${unchanged} rejected=${rejected} of=${rows} in ${seconds.toFixed(1)} s`,
  )
  total.imported += imported
  total.updated += updated
  total.unchanged += unchanged
  total.rejected += rejected
  total.of += rows
  if (rejected > 0) console.log(`rejected rows: ${await writeRejects(host, path, result.runId)}`)
}

async function writeRejects(host: Host, path: string, runId: number): Promise<string> {
  const target = join(host.folder.imports, `${basename(path)}.rejects.csv`)
  const { columns } = await openTable(path)
  const file = await RejectsFile.open(target, columns)
  let afterId = 0
  for (;;) {
    const page = host.app.run('runs.rejects', { runId, afterId, limit: 1000 })
    if (page.length === 0) break
    await file.add(
      page.map(({ line, field, code, params, cells }) => ({
        line,
        cells,
        errors: [{ field, code: code as 'internal', params }],
      })),
    )
    afterId = page.at(-1)?.id ?? afterId
  }
  await file.close()
  return target
}

async function main(): Promise<void> {
  const { profile: wanted, data } = values
  if (wanted === undefined || data === undefined || positionals.length === 0)
    usage('profile, data folder and files are needed')
  const missing = positionals.filter((path) => !existsSync(path))
  if (missing.length > 0) usage(`no such file: ${missing.join(', ')}`)
  const profile = await chooseProfile(wanted)
  const host = startHost({ data, root, version: programVersion })
  try {
    const password = randomBytes(9).toString('base64url')
    if (await foundEmptyShop(host, password)) {
      console.log(`the folder was empty: a shop was made, log in as "owner" with the password ${password}`)
    }
    for (const path of positionals) if (!stop.signal.aborted) await importFile(host, path, profile)
  } finally {
    await host.close()
  }
  console.log(`unchanged=${total.unchanged}`)
  console.log(`imported=${total.imported} updated=${total.updated} rejected=${total.rejected} of=${total.of}`)
  process.exit(stop.signal.aborted ? 130 : 0)
}

try {
  await main()
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal'
  console.error(`the import ended: ${code}`)
  if (code === 'internal') console.error(error)
  process.exit(1)
}
