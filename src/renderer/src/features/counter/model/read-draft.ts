import { newCommandId } from '@/client/command-id.ts'
import {
  emptyIntake,
  emptyItem,
  type AccessoryForm,
  type FinishedForm,
  type IntakeForm,
  type ItemForm,
} from './form.ts'

type Plain = Readonly<Record<string, unknown>>

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * What was stored, in the shape of today's form: a draft may be older than this version of the window, so a field
 * it does not know is left out and one it lacks keeps its first value. A field that is null at first takes any
 * plain value or object.
 */
function fill<T>(first: T, stored: unknown): T {
  if (stored === undefined) return first
  if (first === null) return stored as T
  if (isPlain(first)) {
    if (!isPlain(stored)) return first
    return Object.fromEntries(
      Object.entries(first).map(([key, value]) => [key, fill(value, stored[key])]),
    ) as T
  }
  return typeof stored === typeof first ? (stored as T) : first
}

function listOf(stored: unknown): unknown[] {
  return Array.isArray(stored) ? (stored as unknown[]) : []
}

const emptyAccessory: AccessoryForm = { accessoryId: null, name: '', serial: '' }

function readItem(stored: unknown): ItemForm {
  const first = emptyItem(null)
  if (!isPlain(stored)) return first
  const item = fill(first, stored)
  const checks = isPlain(stored['checks']) ? (stored['checks'] as ItemForm['checks']) : {}
  const finished = isPlain(stored['finished']) ? stored['finished'] : {}
  const results = isPlain(finished['results']) ? (finished['results'] as FinishedForm['results']) : {}
  return {
    ...item,
    key: item.key === '' ? newCommandId() : item.key,
    checks,
    finished: { ...item.finished, results },
    accessories: listOf(stored['accessories']).map((one) => fill(emptyAccessory, one)),
    photoUids: listOf(stored['photoUids']).filter((uid) => typeof uid === 'string'),
  }
}

/** A stored draft as a form to go on with. Passcodes somebody else typed come back empty. */
export function readDraft(content: Plain): IntakeForm {
  const form = fill(emptyIntake('walk_in', null), { ...content, items: undefined })
  const items = listOf(content['items']).map(readItem)
  return { ...form, items: items.length > 0 ? items : [emptyItem(null)] }
}
