import fc from 'fast-check'
import { expect, test } from 'vitest'
import { repairTransitions } from '#contract/repair-states.ts'
import { repairShop, type LogLine, type RepairShop } from '../core/repairs/kit.ts'
import { steps, take, type Step } from './loop-acts.ts'
import { allRows, checkAll, checkNothingDue, snapshot } from './loop-invariants.ts'
import { goOnUntil } from '../kit/go-on-until.ts'

type Begun = 'assigned' | 'in_repair' | 'processed' | 'collected' | 'closed'

const seed = Number(process.env['BENCHSIDE_SEED'])

/** How far the repairs are with which a run begins, so that runs reach the end of the loop as often as its start. */
const begun = fc.array(fc.constantFrom('assigned', 'in_repair', 'processed', 'collected', 'closed'), {
  maxLength: 3,
})

function run(begin: readonly Begun[], isTested: boolean, given: readonly Step[], seen: Map<string, number>) {
  const shop = repairShop()
  const trail: string[] = []
  try {
    shop.settings({ followUpTries: 2 })
    for (const state of begin) shop.at(state)
    if (isTested) addTestList(shop)
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
      const isTestedAtCounter = refused === null && what.includes('"testResults":[{')
      if (isTestedAtCounter) count(seen, `at the counter ${rows.at(-1)?.state}`)
    }
    for (const row of rows) for (const line of shop.log(row.id)) countLine(seen, line)
  } catch (error) {
    throw new Error(`broken after:\n${[...begin, ...trail].join('\n')}`, { cause: error })
  } finally {
    shop.close()
  }
}

function addTestList({ call, categoryId: parentId }: RepairShop): void {
  for (const zh of ['充电', '屏幕']) call('dictionaries.add', { kind: 'test_item', zh, en: zh, parentId })
}

/** Moves by their action; tests by what they said, those that sent a device back to the bench among them. */
function countLine(seen: Map<string, number>, { action, detail }: LogLine): void {
  if (action !== null) count(seen, action)
  if ('test' in detail) count(seen, `test ${String(detail['test'])} ${action ?? ''}`.trim())
}

function count(seen: Map<string, number>, action: string): void {
  seen.set(action, (seen.get(action) ?? 0) + 1)
}

test(
  'no sequence of acts by any people, with any passing of time, breaks a rule of the closed loop',
  { timeout: 240_000 },
  () => {
    const seen = new Map<string, number>()
    const loop = fc.property(begun, fc.boolean(), steps, (begin, isTested, given) =>
      run(begin, isTested, given, seen),
    )
    const round = (from: number) => fc.assert(loop, { seed: from, numRuns: 240, endOnFailure: true })
    // The runs prove something only if they get everywhere: every move of the table was taken.
    const moves = repairTransitions.map(({ action }) => action)
    const tests = ['test passed', 'test failed repair']
    const counter = ['at the counter processed', 'at the counter in_repair']
    const wanted = [...moves, ...tests, ...counter]
    expect(goOnUntil(seed, round, () => wanted.filter((one) => !seen.has(one)))).toEqual([])
  },
)
