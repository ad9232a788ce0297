import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
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
      const { stdout } = await promisify(execFile)(process.execPath, [script, folder.path])
      for (const line of stdout
        .trim()
        .split('\n')
        .map((text) => JSON.parse(text) as TrustLine)) {
        if ('wrong' in line) report.check(false, line.wrong)
        else if ('peakMegabytes' in line)
          report.add({
            name: 'memory of all of that',
            size,
            value: line.peakMegabytes,
            unit: 'MB',
            floor: null,
          })
        else report.add({ name: line.name, size, value: line.seconds, unit: 's', floor: line.floor })
      }
    } finally {
      folder.remove()
    }
  },
}
