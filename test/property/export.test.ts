import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cashShop } from '../core/billing/cash-kit.ts'
import { exportFile, exportOf, load, place } from '../export/kit.ts'
import { act, moneySteps } from './money-acts.ts'

const seed = Number(process.env['BENCHSIDE_SEED'])
/** What an import adds of its own: its line in the log and the answer to its command. */
const ofImport = new Set(['audit_log', 'commands'])

test(
  'whatever a shop has done and whatever people typed, its export makes the same shop again',
  { timeout: 120_000 },
  async () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((one) => !/\p{C}/u.test(one))
    await fc.assert(
      fc.asyncProperty(moneySteps, text, text, async (steps, fault, note) => {
        const shop = cashShop()
        const at = place()
        try {
          const { id } = shop.receive({ faultText: `x${fault}`, internalNote: note })
          shop.openShift(5000)
          for (const step of steps) act(shop, [id], step)
          const out = await exportOf(shop, at)
          await load(at)
          const again = await exportFile(at.of('in', 'shop.db'), at, at.of('again'))
          const kept = (tables: typeof out.tables) =>
            tables
              .filter(({ name }) => !ofImport.has(name))
              .map(({ name, rows, sha256 }) => [name, rows, sha256])
          expect(kept(again.tables)).toEqual(kept(out.tables))
        } finally {
          shop.close()
          at.clear()
        }
      }),
      { seed, numRuns: 6, endOnFailure: true },
    )
  },
)
