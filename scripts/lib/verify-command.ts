import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileChecks, type FileFault } from '#contract/audit.ts'
import { AppError } from '#core/app.ts'
import { readHeads } from '#host/audit/heads.ts'
import { verifyFile } from '#host/audit/verify-file.ts'
import { readMigrations } from '#host/data-folder.ts'
import { dataFolder } from './places.mjs'
import { verifyWords } from './verify-words.ts'

/**
 * `npm run verify -- [--data DIR] [--lang zh-CN|en]`
 * Looks through a shop's file without changing it, also beside the program at work. Ends with exit code 0 when
 * everything holds, 1 when something does not, 2 when it could not look.
 */
const { values } = parseArgs({ options: { data: { type: 'string' }, lang: { type: 'string' } } })
const words = verifyWords(values.lang === 'zh-CN' ? 'zh-CN' : 'en')
const folder = dataFolder(values.data)
const database = join(folder, 'shop.db')
const root = join(import.meta.dirname, '..', '..')

function lineOf({ rule, table, row, expected, found }: FileFault): string {
  const place = [table, row && `#${row.replace(/^#/, '')}`].filter(Boolean).join(' ')
  const values =
    expected || found ? ` (${words.expected} ${expected || '–'}, ${words.found} ${found || '–'})` : ''
  return `  ${place}: ${words.rules[rule] ?? rule}${values}`
}

function report(): number {
  const heads = readHeads({ path: folder })
  const { auditRows, moneyEntries, goodsMoves, faults } = verifyFile({
    database,
    migrations: readMigrations(root),
    heads,
  })
  const read = {
    chain: auditRows,
    heads: heads.length,
    ledgers: moneyEntries + goodsMoves,
    foreign_keys: 0,
    integrity: 0,
  }
  for (const check of fileChecks) {
    const wrong = faults.filter((fault) => fault.check === check)
    const count = read[check] > 0 ? ` (${read[check]})` : ''
    console.log(`${words.checks[check]}${count}: ${wrong.length === 0 ? words.fine : words.wrong}`)
    for (const fault of wrong) console.log(lineOf(fault))
  }
  console.log(faults.length === 0 ? words.allFine : words.something)
  return faults.length === 0 ? 0 : 1
}

try {
  if (!existsSync(database)) {
    console.error(`${words.noShop} ${folder}`)
    process.exitCode = 2
  } else {
    process.exitCode = report()
  }
} catch (error) {
  if (!(error instanceof AppError)) throw error
  console.error(`${words.failed} ${error.code} ${JSON.stringify(error.params)}`)
  process.exitCode = error.code === 'database.damaged' ? 1 : 2
}
