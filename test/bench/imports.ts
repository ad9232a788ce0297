import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openDatabase } from '#core/db/open.ts'
import { searchWords } from '#core/repairs/search-words.ts'
import { indexWords } from '#core/search/text.ts'
import { migrations } from '../kit/app.ts'
import type { Report } from './figures.ts'
import { random, timed } from './measure.ts'
import { benchFolder, root } from './shop-file.ts'
import { faultText, openRepairFiles, readVocabulary } from './vocabulary.ts'

/** Rows in one transaction of the program's own import; the floor commits as often. */
const batchRows = 250

/** The real files, or one made up in their shape where they are not to be had. */
async function filesToImport(quick: boolean, folder: string): Promise<string[]> {
  const real = openRepairFiles(root)
  if (real.length > 0) return quick ? real.slice(0, 1) : real
  const vocabulary = await readVocabulary(root)
  const by = random(5)
  const head =
    'id,data_provider,country,partner_product_category,product_category,product_category_id,brand,year_of_manufacture,product_age,repair_status,repair_barrier_if_end_of_life,group_identifier,event_date,problem'
  const rows = Array.from({ length: quick ? 2000 : 20_000 }, (_, n) => {
    const category = by.pick(['Laptop', 'Lamp', 'Vacuum', 'Coffee maker', 'Mobile'])
    const date = `20${String(10 + by.int(15))}-0${1 + by.int(9)}-1${by.int(10)}`
    const problem = faultText(vocabulary, by).replaceAll('"', "'")
    return `bench_${n},Bench,DEU,${category},${category},1,Bosch,,,Fixed,,Bench,${date},"${problem}"`
  })
  const path = join(folder, 'OpenRepairData_made_up_202601.csv')
  writeFileSync(path, [head, ...rows].join('\n'))
  return [path]
}

/** `npm run import` on an empty folder, as a person starts it, against the rows it leaves as bare inserts. */
export async function measureImport(quick: boolean, report: Report): Promise<void> {
  const folder = join(benchFolder, `run-${process.pid}-import`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const files = await filesToImport(quick, folder)
  const data = join(folder, 'data')
  const command = [join(root, 'scripts', 'import.ts'), '--profile', 'open-repair', '--data', data, ...files]
  const { took, answer } = timed(() => spawnSync(process.execPath, command, { encoding: 'utf8' }))
  const last = /^imported=(\d+) updated=(\d+) rejected=(\d+) of=(\d+)$/m.exec(answer.stdout)
  report.check(answer.status === 0 && last !== null, `the import ends well: ${answer.stderr.slice(0, 400)}`)
  const rows = Number(last?.[4] ?? 0)
  const imported = Number(last?.[1] ?? 0)
  if (rows > 0) {
    const [file, target] = [join(data, 'shop.db'), join(folder, 'floor.db')]
    const bare = bareInserts(file, target)
    report.check(bare.repairs === imported, 'every imported row is a repair on file')
    report.add({
      name: `import of ${rows} rows, start of the program included`,
      size: null,
      value: (rows / took) * 1000,
      unit: 'rows/s',
      floor: (rows / bare.took) * 1000,
    })
  }
  rmSync(folder, { recursive: true, force: true })
}

/** Small tables that the rows point at; they are there before the clock runs. */
const first = ['settings', 'users', 'roles', 'user_roles', 'seats', 'dictionary_entries', 'import_runs']
/** What an import writes, parents first, and the place of a row in the file's order. */
const written: readonly (readonly [table: string, place: string])[] = [
  ['customers', 'id'],
  ['customer_phones', 'customer_id'],
  ['devices', 'id'],
  ['device_owners', 'device_id'],
  ['repairs', 'id'],
  ['repair_log', 'repair_id'],
  ['import_keys', 'id'],
  ['outbox', 'id'],
  ['search_keys', 'ref'],
  ['search_words', 'word'],
  ['day_counts', 'day'],
  ['number_series', 'series'],
  ['audit_log', 'id'],
  ['commands', 'at'],
]

interface Insert {
  readonly statement: Database.Statement
  readonly rows: readonly unknown[][]
}

/** The same rows with the same pragmas in as many transactions, by bare prepared inserts. */
function bareInserts(from: string, target: string): { took: number; repairs: number } {
  const source = new Database(from, { readonly: true })
  const empty = openDatabase({ source: target, migrations })
  const file = empty.write.$client
  const insertsOf = (table: string, order: string): Insert => {
    const columns = (source.pragma(`table_info(${table})`) as { name: string }[]).map(
      ({ name }) => `"${name}"`,
    )
    const rows = source
      .prepare(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${order}`)
      .raw()
      .all()
    const marks = columns.map(() => '?').join(', ')
    const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`
    return { statement: file.prepare(text), rows: rows as unknown[][] }
  }
  file.pragma('foreign_keys = OFF')
  for (const table of first)
    for (const row of insertsOf(table, 'rowid').rows) insertsOf(table, 'rowid').statement.run(row)
  file.pragma('foreign_keys = ON')
  const inserts = [...written.map(([table, order]) => insertsOf(table, order)), textsOf(source, file)]
  const repairs = source.prepare('SELECT count(*) FROM repairs').pluck().get() as number
  const batches = Math.ceil(repairs / batchRows)
  const batch = file.transaction((n: number) => {
    for (const { statement, rows } of inserts) {
      const to = Math.floor((rows.length * (n + 1)) / batches)
      for (let at = Math.floor((rows.length * n) / batches); at < to; at++) statement.run(rows[at])
    }
  })
  const { took } = timed(() => {
    for (let n = 0; n < batches; n++) batch.immediate(n)
  })
  source.close()
  empty.close()
  return { took, repairs }
}

/** The words of each repair, made anew because the index does not keep them. */
function textsOf(source: Database.Database, file: Database.Database): Insert {
  const told = source
    .prepare(
      `SELECT r.id, r.fault_text AS faultText, r.other_reference AS otherReference,
         concat_ws(' ', c.name_zh, c.name_en, b.name_zh, b.name_en, d.model_text) AS device
       FROM repairs r JOIN devices d ON d.id = r.device_id JOIN dictionary_entries c ON c.id = d.category_id
       LEFT JOIN dictionary_entries b ON b.id = d.brand_id ORDER BY r.id`,
    )
    .all() as { id: number; faultText: string; otherReference: string; device: string }[]
  const rows = told.map((one) => [one.id, indexWords(`${searchWords(one)} ${one.device}`).words.join(' ')])
  return { statement: file.prepare('INSERT INTO repair_texts (rowid, words) VALUES (?, ?)'), rows }
}
