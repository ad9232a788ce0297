import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { compileProfile, type ImportValue } from '#host/tabular/map-rows.ts'
import { openTable } from '#host/tabular/open-table.ts'
import { readBuiltInProfiles, readProfile } from '#host/tabular/profiles.ts'

const folder = join(import.meta.dirname, '../../../shared/data/openrepair')
const files: [name: string, rows: number][] = [
  ['OpenRepairData_v0.3_FixitClinic_202507.csv', 1033],
  ['OpenRepairData_v0.3_RepairCafeToronto_202507.csv', 5567],
  ['OpenRepairData_v0.3_RepairConnects_202507.csv', 2885],
  ['OpenRepairData_v0.3_RestartProject_202204.csv', 23_940],
  ['OpenRepairData_v0.3_anstiftung_202309.csv', 15_100],
]
const profile = await readProfile('resources/import-profiles/open-repair.json')

type Values = Readonly<Record<string, ImportValue>>

async function mapFile(
  name: string,
): Promise<{ rows: Map<string, Values>; rejected: unknown[]; read: number }> {
  const table = await openTable(join(folder, name))
  const compiled = compileProfile(profile, table.columns)
  const rows = new Map<string, Values>()
  const rejected: unknown[] = []
  let read = 0
  for await (const row of table.rows()) {
    read++
    const mapped = compiled.map(row.cells)
    if (row.problem) rejected.push(row)
    else if (mapped.ok) rows.set(mapped.key, mapped.values)
    else rejected.push({ line: row.line, errors: mapped.errors })
  }
  return { rows, rejected, read }
}

/** How often each value of a field occurs. */
function tally(rows: Iterable<Values>, field: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const row of rows) counts[String(row[field])] = (counts[String(row[field])] ?? 0) + 1
  return counts
}

test('the profiles that come with the program are sound', async () => {
  expect((await readBuiltInProfiles('resources/import-profiles')).map((entry) => entry.id)).toContain(
    'open-repair',
  )
})

test('a file that is no profile is refused with a code', async () => {
  await expect(readProfile('package.json')).rejects.toMatchObject({ code: 'import.profile_invalid' })
  await expect(readProfile('no-such-file.json')).rejects.toMatchObject({
    code: 'import.profile_unknown',
    params: { profile: 'no-such-file.json' },
  })
})

// The data stands next to a clone, not in it (48,525 rows, CC BY-SA 4.0, Open Repair Alliance).
const why = existsSync(folder) ? '' : ' (skipped: ../shared/data/openrepair is not here)'

describe.skipIf(why !== '')(`years of real repairs from five partners${why}`, () => {
  test.each(files)('%s: each of %i rows becomes a repair', async (name, expected) => {
    const { rows, rejected, read } = await mapFile(name)
    expect(rejected).toEqual([])
    expect(read).toBe(expected)
    expect(rows.size).toBe(expected)
  })

  test('all 48,525 together keep what was written', async () => {
    const all = new Map<string, Values>()
    for (const [name] of files) for (const [key, values] of (await mapFile(name)).rows) all.set(key, values)
    const rows = [...all.values()]
    expect(rows).toHaveLength(48_525)
    expect(tally(rows, 'outcome')).toEqual({
      repaired: 23_944,
      returned_unrepaired: 10_558,
      not_repairable: 8097,
      unknown: 5926,
    })
    expect(tally(rows, 'barrier')).toEqual({
      null: 45_500,
      spare_parts_not_available: 1037,
      spare_parts_too_expensive: 502,
      repair_information_not_available: 429,
      too_worn_out: 339,
      no_way_to_open: 434,
      lack_of_equipment: 284,
    })
    expect(Object.keys(tally(rows, 'category'))).toHaveLength(40)
    expect(Math.max(...rows.map((row) => Number(row['deviceAgeYears'] ?? 0)))).toBe(150)
    expect(rows.filter((row) => row['deviceAgeYears'] === null)).toHaveLength(34_818)
    expect(rows.filter((row) => row['deviceAgeYears'] === 0.5)).toHaveLength(115)
    expect(Math.min(...rows.map((row) => Number(row['yearOfManufacture'] ?? 9999)))).toBe(1869)
    const days = rows.map((row) => String(row['receivedOn'])).toSorted()
    expect([days[0], days.at(-1)]).toEqual(['2012-06-12', '2025-07-27'])
    expect(Math.max(...rows.map((row) => String(row['faultText'] ?? '').length))).toBeGreaterThan(3000)
    expect(rows.filter((row) => row['brand'] === 'Unknown')).toEqual([])
    expect(
      rows.filter((row) => /&(?:gt|amp);|\\r\\n/.test(`${row['brand']} ${row['faultText']} ${row['notes']}`)),
    ).toEqual([])
    expect(all.get('repconn_2')).toEqual({
      sourceKey: 'repconn_2',
      receivedOn: '2021-08-02',
      closedOn: '2021-08-02',
      category: 'Aircon/dehumidifier',
      brand: 'DeLonghi',
      deviceAgeYears: 15,
      yearOfManufacture: 2006,
      outcome: 'not_repairable',
      barrier: 'lack_of_equipment',
      faultText:
        'Alles functioneert, echter het vermogen om te koelen (temparatuur koude lucht output) is laag. Ik heb zelf het idee, dat het iets te maken heeft met de koelvloeistof, bijvullen of iets dergelijks.',
      place: 'Foenix Repair Café Apeldoorn',
      country: 'NLD',
      provider: 'Repair Connects',
      notes: null,
    })
  })

  test('the list of product categories is no list of repairs', async () => {
    const table = await openTable(join(folder, 'OpenRepairData_v0.3_Product_Categories.csv'))
    expect(() => compileProfile(profile, table.columns)).toThrow('import.column_missing')
  })
})
