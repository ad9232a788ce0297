import { once } from 'node:events'
import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { look, runCli, useFolders } from './kit.ts'

/* Memory while a large file is taken in. What the process has mapped of the database file is not its own memory, so
 * only anonymous pages are counted; Linux says how many. */
const newFolder = useFolders()
const rows = 200_000
const different = 40_000
const megabyte = 1024

/** A history of 200,000 lines; each repair stands in it several times, as in lists glued together. */
async function historyFile(path: string): Promise<void> {
  const file = createWriteStream(path)
  file.write('id,data_provider,country,product_category,brand,product_age,repair_status,event_date,problem\n')
  for (let index = 0; index < rows; index++) {
    const key = index % different
    const day = `2024-0${1 + (key % 9)}-1${key % 10}`
    const fault = `no sound from the left speaker, tried another cable ${key}, 左声道没有声音`
    const line = `m-${key},Test,CHN,Radio,Brand ${key % 300},${key % 20},Fixed,${day},"${fault}"\n`
    if (!file.write(line)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}

function ownKilobytes(pid: number): number {
  try {
    return Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

describe.skipIf(!existsSync('/proc/self/status'))('a file of 200,000 rows (Linux only)', () => {
  test('takes no more memory at its end than at its beginning', { timeout: 240_000 }, async () => {
    const data = newFolder()
    const path = join(newFolder(), 'large.csv')
    await historyFile(path)
    const run = runCli(['--profile', 'open-repair', '--data', data, path])
    const samples: number[] = []
    const timer = setInterval(() => samples.push(ownKilobytes(run.process.pid ?? 0)), 50)
    const { code, lastLine } = await run.ended
    clearInterval(timer)
    expect(code).toBe(0)
    expect(lastLine).toBe(`imported=${different} updated=0 rejected=0 of=${rows}`)
    expect(look(data, (file) => file.prepare('SELECT count(*) FROM repairs').pluck().get())).toBe(different)
    const taken = samples.filter((sample) => sample > 0)
    const highest = (part: number[]) => Math.max(...part)
    // While the first fifth is taken in everything is new; after it the page cache and the heap have their size.
    const early = highest(taken.slice(0, Math.ceil(taken.length / 2)))
    expect(highest(taken)).toBeLessThan(early + 60 * megabyte)
    expect(highest(taken)).toBeLessThan(450 * megabyte)
  })
})
