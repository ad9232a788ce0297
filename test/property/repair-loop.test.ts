import fc from 'fast-check'
import { expect, test } from 'vitest'
import { repairTransitions } from '#contract/repair-states.ts'
import { repairShop } from '../core/repairs/kit.ts'
import { steps, take, type Step } from './loop-acts.ts'
import { allRows, checkAll, checkNothingDue, snapshot } from './loop-invariants.ts'

type Begun = 'assigned' | 'in_repair' | 'processed' | 'collected' | 'closed'

const seed = Number(process.env['BENCHSIDE_SEED'])

/** How far the repairs are with which a run begins, so that runs reach the end of the loop as often as its start. */
const begun = fc.array(fc.constantFrom('assigned', 'in_repair', 'processed', 'collected', 'closed'), {
  maxLength: 3,
})

function run(begin: readonly Begun[], given: readonly Step[], seen: Map<string, number>): void {
  const shop = repairShop()
  const trail: string[] = []
  try {
    shop.settings({ followUpTries: 2 })
    for (const state of begin) shop.at(state)
    let rows = allRows(shop)
    let held = snapshot(shop)
    for (const step of given) {
      const before = new Map(rows.map((row) => [row.id, row]))
      const { what, refused } = take(shop, rows, step)
      trail.push(`${what} ${refused ?? 'done'}`)
      const now = snapshot(shop)
      // A refused command leaves everything as it was.
      expect([what, refused !== null && now !== held]).toEqual([what, false])
      held = now
      if (what.includes('"more":false')) checkNothingDue(shop)
      rows = checkAll(shop, before)
    }
    for (const row of rows) for (const { action } of shop.log(row.id)) if (action) count(seen, action)
  } catch (error) {
    throw new Error(`broken after:\n${[...begin, ...trail].join('\n')}`, { cause: error })
  } finally {
    shop.close()
  }
}

function count(seen: Map<string, number>, action: string): void {
  seen.set(action, (seen.get(action) ?? 0) + 1)
}

test(
  'no sequence of acts by any people, with any passing of time, breaks a rule of the closed loop',
  { timeout: 240_000 },
  () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(begun, steps, (begin, given) => run(begin, given, seen)),
      { seed, numRuns: 240, endOnFailure: true },
    )
    // The runs prove something only if they get everywhere: every move of the table was taken.
    const missing = repairTransitions.map(({ action }) => action).filter((action) => !seen.has(action))
    expect(missing).toEqual([])
  },
)
