import { z } from 'zod'
import { id, label, line, ok, uid, version } from './fields.ts'
import { command, query, task } from './method.ts'
import { repairStates } from './repair-states.ts'

/** W1 ①: dictionaries that other screens may call, add to and change while working. */
export const dictionaryKinds = [
  'device_category',
  'brand',
  'model',
  'problem_type',
  'symptom',
  'cause',
  'action',
  'check_item',
  'test_item',
  'accessory',
  'sub_status',
  'suspension_reason',
] as const
export const dictionaryKind = z.enum(dictionaryKinds)
export type DictionaryKind = (typeof dictionaryKinds)[number]

/** Parent kinds: a model belongs to a brand, a check item (at intake) and a test item (before hand-over) to a category. */
export const dictionaryParent: Partial<Record<DictionaryKind, DictionaryKind>> = {
  model: 'brand',
  check_item: 'device_category',
  test_item: 'device_category',
}

/**
 * What a kind carries besides its name.
 * categoryId: the category of a model. coreState: what a sub-status rolls up to.
 * minPhotos, needsSerial, needsChecks: what intake must have for a category (domain §3.1 guards).
 */
const extra = {
  categoryId: id.nullable(),
  coreState: z.enum(repairStates).nullable(),
  minPhotos: z.int().min(0).max(20),
  needsSerial: z.boolean(),
  needsChecks: z.boolean(),
}

export const dictionaryEntry = z.object({
  id,
  uid,
  kind: dictionaryKind,
  code: z.string(),
  label,
  parentId: id.nullable(),
  ...extra,
  sort: z.int(),
  active: z.boolean(),
  /** Repairs that used it: the counters of W3 for products and problem types. */
  repairsCount: z.int(),
  version,
})
export type DictionaryEntry = z.output<typeof dictionaryEntry>

// One of the two names is enough while a customer waits; the other falls back to it.
const names = { zh: line(120), en: line(120) }

// A cell may hold anything a file does; each row is judged for itself.
const cell = z.string().max(1000)
/** `code` is the error of the row's first wrong field. */
const entryImport = z.object({
  imported: z.int(),
  updated: z.int(),
  rejected: z.array(z.object({ line: z.int(), code: z.string() })),
})

export const dictionariesContract = {
  /** All entries of the kinds asked for (all kinds when empty), active ones first, by `sort` then name. */
  list: query(
    'dictionaries.read',
    {
      kinds: z.array(dictionaryKind).max(dictionaryKinds.length).optional(),
      includeInactive: z.boolean().optional(),
    },
    z.array(dictionaryEntry),
  ),
  /** Adds an entry from any screen; an entry with the same name and parent is returned instead of doubled. */
  add: command(
    'dictionaries.add',
    {
      kind: dictionaryKind,
      ...names,
      code: line(40).optional(),
      parentId: id.nullable().optional(),
      categoryId: id.nullable().optional(),
      coreState: z.enum(repairStates).nullable().optional(),
    },
    dictionaryEntry,
  ),
  update: command(
    'dictionaries.manage',
    {
      entryId: id,
      version,
      ...names,
      code: line(40),
      parentId: id.nullable(),
      ...extra,
      sort: z.int().min(0).max(100_000),
      active: z.boolean(),
    },
    dictionaryEntry,
  ),
  /** Only an entry that nothing uses; others are set inactive. */
  remove: command('dictionaries.manage', { entryId: id }, ok),
  /** Rows of a code list, at most 5,000 a call; a bad row is rejected by its line and the rest goes on. */
  importRows: command(
    'dictionaries.manage',
    {
      kind: dictionaryKind,
      rows: z
        .array(z.strictObject({ line: z.int().min(0), code: cell, zh: cell, en: cell, parent: cell }))
        .max(5000),
    },
    entryImport,
  ),
  /** Code lists the shop owns (maker's symptom codes …): CSV or XLSX with code, zh, en, parent. */
  importFile: task(
    'dictionaries.manage',
    { commandId: z.uuid(), kind: dictionaryKind, file: z.file() },
    z.object({
      imported: z.int(),
      updated: z.int(),
      rejected: z.array(z.object({ line: z.int(), code: z.string() })),
    }),
  ),
}
