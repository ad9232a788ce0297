import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { look, runCli, useFolders } from './kit.ts'

const newFolder = useFolders()
const rows = 80_000
const different = 8_000
/** Old-generation heap the import may use, in MB: the program itself takes about half of it, the file’s rows would take as much again and more. */
const heapMegabytes = 96

/** A history of 80,000 lines, some 80 MB as objects; each repair stands in it several times, as in lists glued together. */
async function historyFile(path: string): Promise<void> {
  const file = createWriteStream(path)
  file.write('id,data_provider,country,product_category,brand,product_age,repair_status,event_date,problem\n')
  const long = 'no sound from the left speaker, tried another cable and another plug, 左声道没有声音 '.repeat(
    6,
  )
  for (let index = 0; index < rows; index++) {
    const key = index % different
    const day = `2024-0${1 + (key % 9)}-1${key % 10}`
    const line = `m-${key},Test,CHN,Radio,Brand ${key % 300},${key % 20},Fixed,${day},"${long}${key}"\n`
    if (!file.write(line)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}

describe('a file larger than the memory it is given', () => {
  test('is taken in all the same, row by row', { timeout: 240_000 }, async () => {
    const data = newFolder()
    const path = join(newFolder(), 'large.csv')
    await historyFile(path)
    const run = runCli(
      ['--profile', 'open-repair', '--data', data, path],
      [`--max-old-space-size=${heapMegabytes}`],
    )
    const { code, lastLine, errors } = await run.ended
    expect(errors).not.toContain('heap out of memory')
    expect(code).toBe(0)
    expect(lastLine).toBe(`imported=${different} updated=0 rejected=0 of=${rows}`)
    expect(look(data, (file) => file.prepare('SELECT count(*) FROM repairs').pluck().get())).toBe(different)
  })
})
