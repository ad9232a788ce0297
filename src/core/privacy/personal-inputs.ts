import type { z } from 'zod'
import { columnsOf, dataClasses } from './classes.ts'
import { textFields } from './text-fields.ts'

/**
 * Which fields of an input tell something about a person: the audit log says that they were given and keeps nothing of
 * them, so that nobody stands in it for ever (decision 013). A field called like a column of a class is personal; what
 * is called otherwise stands in one of the lists below, which a test proves for every method. Pure.
 */

/** Names of a person's columns as inputs write them: `collected_by` is `collectedBy`. */
const ofColumns = dataClasses
  .filter(({ subject }) => subject !== 'staff')
  .flatMap(columnsOf)
  .map((column) =>
    (column.split('.')[1] ?? '').replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  )

/** What says something of a person under a name that no column has. */
const otherNames = ['by', 'consent', 'earlyReason', 'knownDefects', 'rows', 'samples', 'to']

const personal: ReadonlySet<string> = new Set([...ofColumns, ...otherNames])

const listed = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/).filter(Boolean))

/** Plain wherever they stand: days, codes, and what things are called. */
const plainEverywhere = listed(`bin code colour currency doneOn dueOn en expectedOn faultSince mime modelText
  nextTryOn path requestedOn timeZone uid validFrom validUntil wakeOn zh`)

/** Plain in a module: its texts are about staff, the shop's own goods, lists and settings, or the program. */
const plainIn: Readonly<Record<string, ReadonlySet<string>>> = {
  access: listed('seatUid seatName address agent login'),
  audit: listed('method from to headings methods results'),
  backups: listed('name'),
  dictionaries: listed('parent'),
  documents: listed('from to'),
  drafts: listed('step'),
  exports: listed('name'),
  founding: listed('name country login'),
  imports: listed(`id name sourceKey column field emptyValues valueMap formats emptyIfSameAs default constants
    profileId fileName sheet columns headings fields reasons`),
  people: listed('login name'),
  prices: listed('name'),
  quotes: listed('quality'),
  recovery: listed('name params by from'),
  reviews: listed('note seen'),
  runs: listed(`id name sourceKey column field emptyValues valueMap formats emptyIfSameAs default constants sheet
    fileName fileHash columns errorCode`),
  seats: listed('name'),
  session: listed('login seatName'),
  settings:
    listed(`name country address phone zh-CN lanInterface taxNumber bankAccount invoicePrefix reportAddress
    host user from time`),
  setup: listed('name country login'),
  shifts: listed('reason note'),
  takeover: listed('name picture'),
  stock: listed(`number barcode models unit name supplier document note serials serial oldSerial reason`),
  trail: listed('rule table row expected found'),
  transfer: listed('name at program'),
  users: listed('login name'),
}

/** Where one method is unlike its module. */
const ofMethod: Readonly<Record<string, Readonly<Record<string, 'personal' | 'plain'>>>> = {
  // Somebody looked for a person in the log.
  'audit.export': { text: 'personal' },
  'loaners.create': { name: 'plain', serial: 'plain', condition: 'plain' },
  'loaners.update': { name: 'plain', serial: 'plain', condition: 'plain' },
  // Why a part of somebody's repair was exchanged or taken out again.
  'stock.drop': { reason: 'personal' },
  'stock.settle': { reason: 'personal' },
}

/** Whether a text field of a method is about a person; undefined when nobody has said. */
export function kindOfInput(method: string, name: string): 'personal' | 'plain' | undefined {
  const [module = ''] = method.split('.')
  const own = ofMethod[method]?.[name]
  if (own) return own
  if (plainIn[module]?.has(name) || plainEverywhere.has(name)) return 'plain'
  return personal.has(name) ? 'personal' : undefined
}

/** The paths of a method's input that the log keeps nothing of; a field nobody has classed is one of them. */
export function personalPaths(method: string, schema: z.core.$ZodType): string[] {
  return textFields(schema)
    .filter(({ name }) => kindOfInput(method, name) !== 'plain')
    .map(({ path }) => path)
}
