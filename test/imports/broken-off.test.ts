import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { programVersion } from '#contract/version.ts'
import { foundEmptyShop, startHost } from '#host/start-host.ts'
import { slowImports } from '../kit/slow-imports.ts'
import { contentOf, importFiles, look, runCli, useFolders, wordsOf } from './kit.ts'

/* An import is killed as a power cut would, and goes on. */
const newFolder = useFolders()
const rows = 12_000

const brands = ['Philips', 'Bosch', '美的', '海尔', 'Sony', 'Nokia', 'Miele']
const faults = [
  'does not switch on',
  '屏幕碎了，触摸没有反应',
  'Akku lädt nicht',
  'makes noise, burnt smell',
  '',
]

/** Repairs in the form of the built-in profile, with every seventh date impossible. */
function historyFile(path: string): void {
  const head = 'id,data_provider,country,product_category,brand,product_age,repair_status,event_date,problem'
  const lines = Array.from({ length: rows }, (_, index) => {
    const day =
      index % 7 === 3
        ? '2024-02-30'
        : `2024-${1 + (index % 12)}-${1 + (index % 28)}`.replace(/-(\d)\b/g, '-0$1')
    const brand = index % 50 === 0 ? `Maker ${index}` : brands[index % brands.length]
    return `h-${index},Test,CHN,Fan,${brand},${index % 20},Fixed,${day},"${faults[index % faults.length]} ${index}"`
  })
  writeFileSync(path, `${[head, ...lines].join('\n')}\n`)
}

const bad = Math.floor((rows - 4) / 7) + 1
const lastLine = `imported=${rows - bad} updated=0 rejected=${bad} of=${rows}`

const rowsDone = (data: string): number =>
  look(data, (file) => (file.prepare('SELECT max(rows) FROM import_runs').pluck().get() ?? 0) as number)

/** The shop that an import makes of an empty folder, before its first row. */
async function emptyShop(data: string): Promise<void> {
  const host = startHost({ data, root: join(import.meta.dirname, '..', '..'), version: programVersion })
  await foundEmptyShop(host, 'some password')
  await host.close()
}

test(
  'a killed import goes on where it was and ends like one that was not',
  { timeout: 240_000 },
  async () => {
    const [whole, broken] = [newFolder(), newFolder()]
    const path = join(newFolder(), 'history.csv')
    historyFile(path)
    await importFiles(whole, 'open-repair', [path])

    await emptyShop(broken)
    // The first of its three batches is in, and the second would take hours.
    const hurry = slowImports(broken, 'iif(new.rows > 5000, 1e11, 1)')
    const first = runCli(['--profile', 'open-repair', '--data', broken, path])
    while (rowsDone(broken) === 0 && first.process.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    first.process.kill('SIGKILL')
    await first.ended
    const done = rowsDone(broken)
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(rows)
    look(broken, (file) => {
      expect(file.pragma('integrity_check', { simple: true })).toBe('ok')
      const inFile = file.prepare('SELECT count(*) FROM repairs').pluck().get()
      expect(inFile).toBe(file.prepare('SELECT imported FROM import_runs').pluck().get())
    })

    hurry()
    const second = await importFiles(broken, 'open-repair', [path])
    expect(second.out).toContain('going on where the last import stopped')
    // The counts are those of the whole run, not only of what was left.
    expect(second.lastLine).toBe(lastLine)
    expect(contentOf(broken)).toEqual(contentOf(whole))
    expect(wordsOf(broken)).toEqual(wordsOf(whole))
    const rejected = 'SELECT line, field, code, params, cells FROM import_rejects ORDER BY line'
    const rejectsOf = (data: string) => look(data, (file) => file.prepare(rejected).raw().all())
    expect(rejectsOf(broken)).toEqual(rejectsOf(whole))
    expect(rejectsOf(broken)).toHaveLength(bad)
    expect(look(broken, (file) => file.prepare('SELECT state FROM import_runs').pluck().all())).toEqual([
      'done',
    ])
  },
)
