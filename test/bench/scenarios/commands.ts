import type { OutputOf } from '#contract/method-types.ts'
import { measureActs, type Act } from '../acts.ts'
import type { Scenario } from '../figures.ts'
import { newIntake, returningIntake, type World } from '../intakes.ts'
import { random } from '../measure.ts'

/** What a counter and a bench do with one walk-in, and with a new customer: the same in each run for the same `n`. */
function visit(world: World, n: number, act: Act): void {
  const by = random(n)
  const engineerId = by.pick(world.engineers)
  const known = act('receive: known customer and device', 'repairs.receive', returningIntake(world, by, n))
  const repairId = known.repairs[0]?.id ?? 0
  const repairs = [{ repairId, version: 1 }]
  act('move: assign', 'repairs.assign', { repairs, engineerId })
  act('move: start', 'repairs.work', { repairs: [{ repairId, version: 2 }], action: 'start' })
  act('move: repair', 'repairs.work', { repairs: [{ repairId, version: 3 }], action: 'repair' })
  act('receive: new customer and device', 'repairs.receive', newIntake(world, by, n))
}

/** Receiving and moving repairs, against the same rows as bare statements. */
export const scenario: Scenario = {
  name: 'commands',
  order: 1,
  measure({ file, size, vocabulary, quick, report }) {
    measureActs(
      file,
      size,
      {
        vocabulary,
        rounds: quick ? 100 : 400,
        round: visit,
        after(shop) {
          const newest = shop.database.read.$client
            .prepare('SELECT number, id FROM repairs ORDER BY id DESC LIMIT 1')
            .get() as { number: string; id: number }
          const found = shop.call<OutputOf<'search.find'>>('search.find', { text: newest.number })
          report.check(found.repairs[0]?.id === newest.id, 'a repair just received is found by its number')
        },
      },
      report,
    )
  },
}
