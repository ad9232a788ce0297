import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Scenario } from '../figures.ts'
import { dataFolder } from '../shop-file.ts'
import type { TrustLine } from '../trust-run.ts'

/** Backup, restore, verification, export and import: what an owner does to trust the data, and how long it takes. */
export const scenario: Scenario = {
  name: 'trust',
  order: 7,
  // A million repairs take many minutes: `--only trust --sizes 1000000`.
  largest: 100_000,
  async measure({ file, size, report }) {
    const folder = dataFolder(file, `trust-${size}`)
    try {
      const script = join(import.meta.dirname, '..', 'trust-run.ts')
      const child = spawn(process.execPath, [script, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] })
      const ended = once(child, 'close')
      for await (const text of createInterface({ input: child.stdout })) {
        const line = JSON.parse(text) as TrustLine
        if ('wrong' in line) {
          report.check(false, line.wrong)
          continue
        }
        const { name, seconds, floor, peakMegabytes } = line
        report.add({ name, size, value: seconds, unit: 's', floor })
        report.add({ name: `${name}: memory`, size, value: peakMegabytes, unit: 'MB', floor: null })
      }
      const [code] = (await ended) as [number | null]
      report.check(code === 0, 'the shop is looked after to the end')
    } finally {
      folder.remove()
    }
  },
}
