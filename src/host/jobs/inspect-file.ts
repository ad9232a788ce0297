import { importTargets, type ImportProfile, type ImportTarget } from '#contract/import-profile.ts'
import type { ImportReading, InspectedFile } from '#contract/imports.ts'
import { compileProfile } from '../tabular/map-rows.ts'
import { isBlankRow, openTable, TabularError, type Table } from '../tabular/open-table.ts'
import { suggestMapping, type Suggestion } from '../tabular/suggest.ts'

/** First rows shown to the person. */
const sampleRows = 20
/** Rows from which a mapping is proposed: enough to tell day-month from month-day and what is unique. */
const judgedRows = 500
/** Rows looked through for the values of each column. */
const countedRows = 20_000
/** Different values kept of a column; a column with more of them holds no codes. */
const valuesKept = 100
const longestValue = 200

interface Asked {
  readonly reading: ImportReading
  readonly profiles: readonly ImportProfile[]
  readonly target: ImportTarget | undefined
  readonly profileId: string | undefined
  /** ISO code of the shop's currency: how many decimals an amount in the file has. */
  readonly currency: string
}

/**
 * What a file is and how it may be mapped. Errors: those of `openTable`, as TabularError. Without a line for the
 * headings, a title above them (one cell in a row of its own) is passed over.
 */
export async function inspectFile(
  path: string,
  asked: Asked,
): Promise<Omit<InspectedFile, 'fileUid' | 'fileName'>> {
  const { table, reading } = await openPastTitle(path, asked.reading)
  const { rows, found } = await lookThrough(table)
  const matching = bestProfile(asked, table.columns)
  const suggestion = suggestFor(
    { target: asked.target ?? matching?.target, currency: asked.currency },
    table.columns,
    rows,
  )
  return {
    columns: [...table.columns],
    sample: rows.slice(0, sampleRows),
    found,
    encoding: table.encoding,
    format: table.format,
    delimiter: table.delimiter,
    sheets: [...table.sheets],
    sheet: table.sheet,
    headerLine: reading.headerLine ?? 1,
    rowEstimate: table.rowEstimate,
    bytes: table.bytes,
    reading,
    matchingProfileId: matching?.id ?? null,
    suggestion: suggestion.profile,
    ambiguousDates: [...suggestion.ambiguousDates],
  }
}

async function openPastTitle(
  path: string,
  reading: ImportReading,
): Promise<{ table: Table; reading: ImportReading }> {
  const table = await openTable(path, reading)
  if (reading.headerLine !== undefined || namedColumns(table) > 1) return { table, reading }
  const headerLine = await lineBelowTitle(table)
  if (headerLine === null) return { table, reading }
  const below = { ...reading, headerLine }
  try {
    return { table: await openTable(path, below), reading: below }
  } catch (error) {
    // What looked like headings were none: the file is read as it was opened first.
    if (error instanceof TabularError) return { table, reading }
    throw error
  }
}

/** Columns without a heading are called by their place. */
function namedColumns(table: Table): number {
  return table.columns.filter((column, index) => column !== `#${index + 1}`).length
}

const titleLines = 10

/** The first of the next lines with more than one cell in it; null when there is none. */
async function lineBelowTitle(table: Table): Promise<number | null> {
  let seen = 0
  for await (const { line, cells } of table.rows()) {
    if (cells.filter((cell) => cell.trim() !== '').length > 1) return line
    if (++seen >= titleLines) break
  }
  return null
}

interface Looked {
  readonly rows: string[][]
  readonly found: InspectedFile['found']
}

async function lookThrough(table: Table): Promise<Looked> {
  const rows: string[][] = []
  const counts = table.columns.map(() => new Map<string, number>())
  const more = table.columns.map(() => false)
  let seen = 0
  for await (const { cells, problem } of table.rows()) {
    if (++seen > countedRows) break
    if (problem || isBlankRow(cells)) continue
    if (rows.length < judgedRows) rows.push([...cells])
    counts.forEach((count, index) => {
      const value = (cells[index] ?? '').trim()
      if (value === '') return
      const before = count.get(value)
      if (before !== undefined) count.set(value, before + 1)
      else if (count.size < valuesKept && value.length <= longestValue) count.set(value, 1)
      else more[index] = true
    })
  }
  const found = counts.map((count, index) => ({
    values: [...count]
      .map(([value, times]) => ({ value, count: times }))
      .toSorted((a, b) => b.count - a.count),
    more: more[index] ?? false,
  }))
  return { rows, found }
}

/** The mapping proposed for the target, or for the one that fits best when none was chosen. */
function suggestFor(
  asked: Pick<Asked, 'target' | 'currency'>,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Suggestion {
  const currencyDecimals = decimalsOf(asked.currency)
  const targets = asked.target ? [asked.target] : importTargets
  const all = targets.map((target) => suggestMapping(target, columns, rows, { currencyDecimals }))
  return all.reduce((a, b) => (fitness(b) > fitness(a) ? b : a))
}

/** 2 for CNY, 0 for JPY, 3 for KWD. */
export function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}

/** What makes a repair a repair and a customer a customer weighs more than any other column. */
const telling: Readonly<Record<ImportTarget, readonly string[]>> = {
  repairs: ['receivedOn', 'faultText', 'number', 'outcome'],
  customers: ['name', 'phones', 'address', 'email', 'tier', 'taxNumber'],
  devices: ['serial', 'imei1', 'imei2', 'purchaseOn', 'knownDefects', 'colour'],
}
const needed: Readonly<Partial<Record<ImportTarget, string>>> = { repairs: 'receivedOn', customers: 'name' }

function fitness({ profile }: Suggestion): number {
  const fields = new Set(profile.columns.map((column) => column.field))
  if (fields.size === 0) return 0
  const must = needed[profile.target]
  const lacking = must !== undefined && !fields.has(must) ? 6 : 0
  return fields.size + 2 * telling[profile.target].filter((field) => fields.has(field)).length - lacking
}

/** The profile that fits these headings and uses the most of them; the first of several. */
function bestProfile(asked: Asked, columns: readonly string[]): ImportProfile | null {
  let best: { profile: ImportProfile; used: number } | null = null
  for (const profile of asked.profiles) {
    if (asked.target !== undefined && profile.target !== asked.target) continue
    if (asked.profileId !== undefined && profile.id !== asked.profileId) continue
    const used = usedColumns(profile, columns)
    // A profile that knows one or two headings of many was made for another file.
    if (used * 2 < columns.length || used <= (best?.used ?? 0)) continue
    best = { profile, used }
  }
  return best?.profile ?? null
}

function usedColumns(profile: ImportProfile, columns: readonly string[]): number {
  try {
    return columns.length - compileProfile(profile, columns).unusedColumns.length
  } catch (error) {
    if (error instanceof TabularError) return 0
    throw error
  }
}
