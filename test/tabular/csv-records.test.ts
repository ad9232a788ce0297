import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { CsvLayout } from '#host/tabular/csv-layout.ts'
import { CsvRecords, type CsvRecord } from '#host/tabular/csv-records.ts'
import { openTable, TabularError } from '#host/tabular/open-table.ts'

import { collect, useFixtures } from '../kit/tabular-fixtures.ts'

const fixture = useFixtures()
const layout: CsvLayout = { delimiter: ',', lineEnd: '\n', columns: ['a', 'b'], dataOffset: 0, dataLine: 1 }

/** The records of a text fed in pieces of these sizes, over and over. */
async function records(text: string, sizes: readonly number[]): Promise<CsvRecord[]> {
  const bytes = Buffer.from(text)
  const reader = new CsvRecords(layout)
  const found: CsvRecord[] = []
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    found.push(...(await reader.feed(bytes.subarray(at, at + size))))
    at += size
  }
  return [...found, ...(await reader.end())]
}

/** Reads a whole table; every row has as many cells as there are columns, or a problem. */
async function readAll(path: string): Promise<string> {
  const table = await openTable(path)
  const rows = await collect(table.rows())
  const odd = rows.filter((row) => row.problem === undefined && row.cells.length !== table.columns.length)
  return odd.length === 0 ? 'read' : `odd rows: ${JSON.stringify(odd)}`
}

const messy = fc.string({
  unit: fc.constantFrom('"', '"', ',', '\n', '\r\n', 'x', 'yy', '中', ' '),
  maxLength: 40,
})

describe('however broken a file is', () => {
  test('its rows do not depend on the pieces in which it is read', async () => {
    await fc.assert(
      fc.asyncProperty(
        messy,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        async (text, sizes) => {
          expect(await records(text, sizes)).toEqual(await records(text, [10_000]))
        },
      ),
      { numRuns: 200 },
    )
  })

  test('every line of it is in exactly one row, in order', async () => {
    await fc.assert(
      fc.asyncProperty(messy, async (text) => {
        const found = await records(text, [10_000])
        const lines = text.split('\n')
        let next = 1
        for (const record of found) {
          while (next < record.line) expect(lines[next++ - 1]?.replace('\r', '')).toBe('')
          expect(record.line).toBe(next)
          next += 1 + (record.fault ? 0 : record.cells.join('').split('\n').length - 1)
        }
        const rest = lines
          .slice(next - 1)
          .join('')
          .replaceAll('\r', '')
        // What a cut-off record had behind it belongs to it.
        expect(found.at(-1)?.fault === 'import.csv_truncated' ? '' : rest).toBe('')
      }),
      { numRuns: 200 },
    )
  })

  test('it is read or refused with a code, whatever its bytes', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      messy.map((text) => Buffer.from(`id,fault\n1,x\n${text}`)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        const path = await fixture('any.csv', content)
        const outcome = await readAll(path).catch((error: unknown) => error)
        expect(outcome instanceof TabularError || outcome === 'read').toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
