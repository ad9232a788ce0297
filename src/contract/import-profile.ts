import { z } from 'zod'
import { customerKinds, customerTiers } from './customers.ts'
import { languages, line, name as someText } from './fields.ts'
import { repairOutcomes } from './repair-states.ts'

/**
 * An import profile is data: which column of a person's file fills which field
 * of ours, how its words and dates are read, and what identifies a row, so that
 * a second import of the same file changes nothing.
 */
export const importTargets = ['repairs', 'customers', 'devices'] as const
export type ImportTarget = (typeof importTargets)[number]

/**
 * text: cleaned text. date: `YYYY-MM-DD`. datetime: `YYYY-MM-DDTHH:mm:ss` as written, in no zone.
 * integer, decimal (one number, at most three decimals): JavaScript numbers. money: integer minor units.
 * phone: text with at least three digits. code: one of `options`, or free when the field has none.
 */
export const importFieldKinds = [
  'text',
  'date',
  'datetime',
  'integer',
  'decimal',
  'money',
  'phone',
  'code',
] as const
export type ImportFieldKind = (typeof importFieldKinds)[number]

export interface ImportField {
  readonly field: string
  readonly kind: ImportFieldKind
  /** Longest accepted value in UTF-16 units, after cleaning. */
  readonly maxLength: number
  /** A row without it is rejected. `sourceKey` is filled from the profile's key columns. */
  readonly required: boolean
  /** Line breaks are kept; in every other text they become a blank. */
  readonly multiline?: boolean
  /** Several values in one cell; the value holds them separated by line feeds. */
  readonly multiple?: boolean
  /** A number, serial or IMEI: a value a spreadsheet has turned into 3.56E+14 is refused. */
  readonly identifier?: boolean
  readonly options?: readonly string[]
  readonly min?: number
  readonly max?: number
}

type Extra = Omit<ImportField, 'field' | 'kind' | 'maxLength' | 'required'> & { required?: boolean }

function field(name: string, kind: ImportFieldKind, maxLength: number, extra: Extra = {}): ImportField {
  return { field: name, kind, maxLength, required: false, ...extra }
}

/** Digits, separators and a currency sign of a number or a date as people write it. */
const figures = 40
const sourceKey = field('sourceKey', 'text', 200, { required: true, identifier: true })
const deviceIdentity = [
  field('category', 'text', 120),
  field('brand', 'text', 120),
  field('model', 'text', 120),
  field('serial', 'text', 60, { identifier: true }),
  field('imei1', 'text', 24, { identifier: true }),
]

/** The fields a file can fill, for each target. */
export const importFields: Readonly<Record<ImportTarget, readonly ImportField[]>> = {
  repairs: [
    sourceKey,
    field('number', 'text', 60, { identifier: true }),
    field('receivedOn', 'date', figures, { required: true }),
    ...deviceIdentity,
    field('faultText', 'text', 4000, { multiline: true }),
    field('problemType', 'text', 120),
    field('outcome', 'code', 40, { options: [...repairOutcomes, 'in_progress'] }),
    field('barrier', 'code', 120),
    field('deviceAgeYears', 'decimal', figures, { min: 0, max: 200 }),
    field('yearOfManufacture', 'integer', figures, { min: 1800, max: 2100 }),
    field('place', 'text', 120),
    field('country', 'text', 60),
    field('provider', 'text', 120),
    field('customerName', 'text', 120),
    field('customerPhone', 'phone', figures),
    field('closedOn', 'date', figures),
    field('priceMinor', 'money', figures, { min: 0, max: 9_000_000_000 }),
    field('notes', 'text', 2000, { multiline: true }),
  ],
  customers: [
    sourceKey,
    field('name', 'text', 120, { required: true }),
    field('kind', 'code', 20, { options: customerKinds }),
    field('phones', 'phone', 400, { multiple: true }),
    field('email', 'text', 254),
    field('taxNumber', 'text', 40, { identifier: true }),
    field('address', 'text', 400, { multiline: true }),
    field('language', 'code', 20, { options: languages }),
    field('tier', 'code', 20, { options: customerTiers }),
    field('notes', 'text', 2000, { multiline: true }),
  ],
  devices: [
    sourceKey,
    ...deviceIdentity,
    field('imei2', 'text', 24, { identifier: true }),
    field('colour', 'text', 40),
    field('purchaseOn', 'date', figures),
    field('ownerName', 'text', 120),
    field('ownerPhone', 'phone', figures),
    field('knownDefects', 'text', 1000, { multiline: true }),
  ],
}

/** What was changed in a row that was imported all the same; each has a text in the locales. */
export const importWarnings = [
  'import.warning.control_removed',
  'import.warning.value_emptied',
  'import.warning.date_ambiguous',
] as const
export type ImportWarning = (typeof importWarnings)[number]

/** One column of the file: its heading, or every spelling of it that is accepted. */
const spelling = someText(120)
const columnNames = z.union([spelling, z.array(spelling).min(1).max(40)])
const word = z.string().max(200)

// A date format is made of YYYY (or YY), M or MM, D or DD, optionally H, m, s with their separators;
// EXCEL is the day number a spreadsheet shows for a date cell that lost its format.
const dateFormat = z
  .string()
  .max(40)
  .regex(/^(?:EXCEL|(?=.*YY)(?=.*M)(?=.*D)(?:YYYY|YY|MM?|DD?|HH?|mm?|ss?|[-/., :T年月日时分秒])+)$/)

export const importColumn = z.strictObject({
  column: columnNames,
  field: someText(40),
  /** The heading must be there and the cell filled. */
  required: z.boolean().optional(),
  /** Blanks around the value are cut off unless this is false. */
  trim: z.boolean().optional(),
  /** Wordings that mean "nothing", compared without case and blanks. */
  emptyValues: z.array(word).max(200).optional(),
  /** Their word → ours, compared without case and blanks; an empty result is nothing. */
  valueMap: z.record(word, z.string().max(4000)).optional(),
  /** A value the map lacks: `keep` by default, `reject` when the field has fixed options. */
  unmapped: z.enum(['reject', 'keep', 'empty']).optional(),
  /** A value that is no date, number or phone: rejects the row unless this is `empty`. */
  invalid: z.enum(['reject', 'empty']).optional(),
  date: z.strictObject({ formats: z.array(dateFormat).min(1).max(20) }).optional(),
  number: z
    .strictObject({
      min: z.number().optional(),
      max: z.number().optional(),
      outOfRange: z.enum(['empty', 'reject']).optional(),
      /** Decimals of the currency for money; 2 by default. */
      decimals: z.int().min(0).max(3).optional(),
      decimalMark: z.enum(['.', ',']).optional(),
    })
    .optional(),
  /** html: entities and paragraph marks become text. escapes: a written `\r\n`, `\n` or `\t` becomes a break. */
  decode: z
    .array(z.enum(['html', 'escapes']))
    .max(2)
    .optional(),
  /** Left empty when it says the same as this field, filled by an earlier column. */
  emptyIfSameAs: line(40).optional(),
  /** Used when the cell is empty. */
  default: z.string().max(4000).optional(),
})
export type ImportColumn = z.output<typeof importColumn>

const shape = z.strictObject({
  id: z
    .string()
    .max(60)
    .regex(/^[a-z0-9][a-z0-9_-]*$/),
  name: z.strictObject({ zh: someText(120), en: someText(120) }),
  target: z.enum(importTargets),
  /** Columns that together identify a row; none: the whole row is its own key. */
  sourceKey: z.array(columnNames).max(6),
  columns: z.array(importColumn).max(120),
  /** Field → value for every row. */
  constants: z.record(line(40), z.string().max(4000)).optional(),
})

/** Values of `reason` in `import.profile_invalid`. */
export const profileFaults = ['field_unknown', 'field_twice', 'option_unsuited', 'field_missing'] as const

/** Tells what is wrong with a profile beyond its shape: fields that do not exist, are filled twice, or never. */
function checkFields(profile: z.output<typeof shape>, ctx: z.RefinementCtx<z.output<typeof shape>>): void {
  const known = new Map(importFields[profile.target].map((entry) => [entry.field, entry]))
  const filled = new Set(['sourceKey'])
  const fault = (path: (string | number)[], reason: (typeof profileFaults)[number], name: string): void => {
    ctx.addIssue({ code: 'custom', path, params: { code: 'import.profile_invalid', reason, field: name } })
  }
  const fill = (path: (string | number)[], name: string): ImportField | undefined => {
    const entry = known.get(name)
    if (!entry) fault(path, 'field_unknown', name)
    else if (filled.has(name)) fault(path, 'field_twice', name)
    filled.add(name)
    return entry
  }
  profile.columns.forEach((column, index) => {
    if (column.emptyIfSameAs !== undefined && !filled.has(column.emptyIfSameAs)) {
      fault(['columns', index, 'emptyIfSameAs'], 'field_unknown', column.emptyIfSameAs)
    }
    const kind = fill(['columns', index, 'field'], column.field)?.kind
    const dated = kind === 'date' || kind === 'datetime'
    const counted = kind === 'integer' || kind === 'decimal' || kind === 'money'
    if (kind && column.date && !dated) fault(['columns', index, 'date'], 'option_unsuited', column.field)
    if (kind && column.number && !counted)
      fault(['columns', index, 'number'], 'option_unsuited', column.field)
  })
  for (const name of Object.keys(profile.constants ?? {})) fill(['constants', name], name)
  for (const entry of known.values()) {
    if (entry.required && !filled.has(entry.field)) fault(['columns'], 'field_missing', entry.field)
  }
}

export const importProfile = shape.superRefine(checkFields)
export type ImportProfile = z.output<typeof importProfile>

/** A profile a person is still working on in the wizard: its required fields may be unfilled. */
export const importProfileDraft = shape
export type ImportProfileDraft = z.output<typeof importProfileDraft>
