import { existsSync, readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { AppError, systemClock } from '#core/app.ts'
import { rehearseRestore, replaceShop } from '#host/backup/index.ts'
import { dropStaged, type Staged } from '#host/backup/stage-restore.ts'
import { finishSwap } from '#host/backup/swap.ts'
import { openDataFolder, readMigrations } from '#host/data-folder.ts'
import { lockFolder } from '#host/host-lock.ts'
import { dataFolder, typedPath } from './places.mjs'

/**
 * `npm run restore -- FILE [--data DIR] [--passphrase-file F] [--yes]`
 * Tries the backup out beside the shop, shows what is there now and what would be, and replaces it only after a yes.
 * Ends with 0 when it was replaced, 1 when it cannot be, 2 for a wrong command, 3 when the answer was no.
 */
const root = join(import.meta.dirname, '..', '..')
const usage = 'npm run restore -- FILE [--data DIR] [--passphrase-file F] [--yes]'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    'passphrase-file': { type: 'string' },
    yes: { type: 'boolean', default: false },
  },
})

function moment(at: number | null | undefined): string {
  return at === null || at === undefined ? '-' : new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}

/** What is there and what would be, side by side. */
function compared({ now, after, manifest }: Staged): string {
  const rows: [string, string, string][] = [
    ['', 'now', 'after'],
    ['customers', String(now?.customers ?? '-'), String(after.customers)],
    ['repairs', String(now?.repairs ?? '-'), String(after.repairs)],
    ['invoices', String(now?.invoices ?? '-'), String(after.invoices)],
    ['payments', String(now?.payments ?? '-'), String(after.payments)],
    ['parts', String(now?.parts ?? '-'), String(after.parts)],
    ['newest repair', now?.newestRepair ?? '-', after.newestRepair ?? '-'],
    ['last change (UTC)', moment(now?.lastChangeAt), moment(after.lastChangeAt)],
  ]
  const lines = rows.map(([what, left, right]) => what.padEnd(20) + left.padStart(20) + right.padStart(20))
  return [`backup of "${manifest.shopName}" made ${moment(manifest.at)} UTC`, ...lines].join('\n')
}

function warnings({ missingFiles, secretsLost, ledgerFaults }: Staged): string[] {
  return [
    ...(missingFiles > 0 ? [`${missingFiles} pictures or documents are missing`] : []),
    ...(secretsLost
      ? ['device passcodes and stored passwords are not in this backup and will be removed']
      : []),
    ...(ledgerFaults > 0 ? [`the ledgers in this backup break ${ledgerFaults} rules`] : []),
  ]
}

async function agreed(): Promise<boolean> {
  if (values.yes) return true
  if (!process.stdin.isTTY) {
    console.error('nobody can be asked here: say --yes to replace the shop')
    return false
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await lines.question('Replace the shop by this backup? Type yes: ')
  lines.close()
  return answer.trim().toLowerCase() === 'yes'
}

async function restore(file: string, data: string, passphrase: string | undefined): Promise<number> {
  const folder = openDataFolder(data)
  const unlock = lockFolder(folder.path)
  try {
    finishSwap(folder.path)
    const migrations = readMigrations(root)
    const staged = await rehearseRestore({
      folder,
      path: file,
      migrations,
      ...(passphrase === undefined ? {} : { passphrase }),
    })
    console.log(compared(staged))
    for (const warning of warnings(staged)) console.log(`note: ${warning}`)
    if (!(await agreed())) {
      await dropStaged(folder.path, staged.incoming)
      console.log('nothing was changed')
      return 3
    }
    const by = `${userInfo().username} (command line)`
    const aside = replaceShop(folder, file, staged, systemClock.now(), by)
    console.log(
      `restored=${staged.manifest.at} repairs=${staged.after.repairs} aside=${join(folder.path, aside)}`,
    )
    return 0
  } finally {
    unlock()
  }
}

async function main(): Promise<number> {
  const [given] = positionals
  const file = given === undefined ? undefined : typedPath(given)
  if (file === undefined || positionals.length !== 1 || !existsSync(file)) {
    const wrong = positionals.length === 1 ? `no such file: ${file ?? ''}` : 'name one backup file'
    console.error(`${wrong}\n${usage}`)
    return 2
  }
  const secret = values['passphrase-file']
  const passphrase = secret === undefined ? undefined : readFileSync(typedPath(secret), 'utf8').trim()
  return await restore(file, dataFolder(values.data), passphrase)
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof AppError)) throw error
  const params = Object.entries(error.params).map(([name, value]) => ` ${name}=${value}`)
  console.error(`not restored: ${error.code}${params.join('')}`)
  process.exitCode = 1
}
