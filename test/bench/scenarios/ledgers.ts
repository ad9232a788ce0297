import { randomUUID } from 'node:crypto'
import type { OutputOf } from '#contract/method-types.ts'
import type { Act } from '../acts.ts'
import type { Scenario } from '../figures.ts'
import { worldOf } from '../intakes.ts'
import { addYears } from '../ledger-rows.ts'
import { percentile, timed } from '../measure.ts'
import { dataFolder, openShop } from '../shop-file.ts'
import { fitOut, round, type Fittings } from './counter-to-cash.ts'

/** The proof of both ledgers, and the close of a drawer after it, with years of money and goods on file. */
export const scenario: Scenario = {
  name: 'ledgers',
  order: 6,
  once: true,
  measure({ file, vocabulary, quick, report }) {
    const receipts = quick ? 10_000 : 100_000
    const folder = dataFolder(file, 'ledgers')
    const shop = openShop(folder.database)
    const { $client } = shop.database.read
    const act: Act = (_figure, name, input) => {
      shop.clock.advance(1000)
      return shop.call(name, { commandId: randomUUID(), ...input })
    }
    const world = worldOf($client, vocabulary)
    const fittings: Fittings = { taxCodeId: 0, partIds: [] }
    fitOut(world, act, fittings)
    round(world, 1, act, fittings)
    addYears({
      file: shop.database.write.$client,
      receipts,
      taxCodeId: fittings.taxCodeId,
      partId: fittings.partIds[0] ?? 0,
    })
    const about = `${receipts / 1000} k receipts`
    const verify = () => shop.call<OutputOf<'ledgers.verify'>>('ledgers.verify', {})
    const proofs = [1, 2, 3].map(() => timed(verify))
    const { ok, faults } = proofs[0]?.answer ?? { ok: false, faults: [] }
    report.check(
      ok,
      `years of ledgers are as the program writes them (${JSON.stringify(faults.slice(0, 3))})`,
    )
    const proof = percentile(
      proofs.map(({ took }) => took),
      0.5,
    )
    report.add({
      name: `both ledgers proved whole, ${about}`,
      size: null,
      value: proof,
      unit: 'ms',
      floor: null,
    })

    // The night's check, from which a close goes on.
    shop.app.run('schedule.purge', { commandId: randomUUID() })
    const closes: number[] = []
    for (let day = 0, n = 2; day < 5; day++) {
      for (let visit = 0; visit < 20; visit++) round(world, n++, act, fittings)
      const shift = shop.call<OutputOf<'shifts.current'>>('shifts.current', {})
      if (!shift) throw new Error('the drawer is open')
      const { id: shiftId, version, expectedMinor: countedMinor } = shift
      const count = { shiftId, version, countedMinor, counting: [], leftMinor: 0, note: '' }
      closes.push(timed(() => act('close', 'shifts.close', count)).took)
      act('open', 'shifts.open', { floatMinor: 0 })
    }
    const value = percentile(closes, 0.5)
    report.add({
      name: `a drawer closes over 20 visits a day, ${about}`,
      size: null,
      value,
      unit: 'ms',
      floor: null,
    })
    report.check(verify().ok, 'both ledgers balance after the drawers were closed')
    shop.close()
    folder.remove()
  },
}
