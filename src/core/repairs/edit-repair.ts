import type { VisitInput } from '#contract/repairs.ts'
import type { FieldError } from '#contract/errors.ts'
import { priorities } from '#contract/repairs.ts'
import type { CommandContext, Handler } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { countUse, requireEntry } from '../dictionaries/steps.ts'
import { indexRepair } from '../search/steps.ts'
import { requireVersion, saveRepair, type Detail } from './change.ts'
import { coveredBySignature, priorityRank } from './repairs.ts'
import { searchWords } from './search-words.ts'
import { fullRepairById, type FullRepairRow, type RepairPatch } from './store.ts'

type Field = keyof VisitInput
type Value = VisitInput[Field]

/** The dates that start the clocks; while locked they change only by unlocking, with the customer's consent. */
const clockFields = new Set<Field>(['requestedOn', 'dueOn'])

/**
 * Changes what was written down at the counter; the history shows old and new of each field. Fields that keep
 * their value do not count as changed. Errors, each at `changes.<field>`: `repair.evidence_signed` for what the
 * customer's signature covers, `repair.locked` for dates, `field.in_past`, `field.required`, `field.not_found`.
 */
export const editRepair: Handler<'repairs.edit'> = (ctx, { repairId, version, changes }) => {
  const row = found(fullRepairById(ctx.db, repairId), 'repair')
  requireVersion(ctx, row, version)
  ctx.logAs({ before: { changes: row } })
  const changed = changedFields(row, changes)
  if (changed.length === 0) return { id: row.id, version: row.version }
  const wrong = changed.flatMap(([field, , to]) => fieldProblems(ctx, row, field, to))
  const faultText = changes.faultText ?? row.faultText
  if (faultText === '' && !(changes.faultUnknown ?? row.faultUnknown)) {
    wrong.push({ path: 'changes.faultText', code: 'field.required' })
  }
  if (wrong.length > 0) throw new AppError('input.invalid', {}, wrong)
  noteProblemType(ctx, row, changes)

  const patch: Record<string, Value | number> = {}
  const detail: Detail = {}
  for (const [field, from, to] of changed) {
    patch[field] = field === 'priority' ? priorityRank[to as VisitInput['priority']] : to
    detail[`${field}.from`] = from
    detail[`${field}.to`] = to
  }
  const saved = saveRepair(ctx, row, patch as RepairPatch, [{ kind: 'edit', detail }], true)
  if ('faultText' in patch || 'otherReference' in patch) {
    const words = searchWords({ faultText, otherReference: changes.otherReference ?? row.otherReference })
    indexRepair(ctx, { repairId: row.id, number: row.number, words })
  }
  return saved
}

/** Field, old and new value of what differs. */
function changedFields(row: FullRepairRow, changes: Partial<VisitInput>): [Field, Value, Value][] {
  const result: [Field, Value, Value][] = []
  for (const field of Object.keys(changes) as Field[]) {
    const to = changes[field]
    const from = field === 'priority' ? (priorities[row.priority] ?? 'normal') : (row[field] as Value)
    if (to !== undefined && to !== from) result.push([field, from, to])
  }
  return result
}

function fieldProblems(ctx: CommandContext, row: FullRepairRow, field: Field, to: Value): FieldError[] {
  const path = `changes.${field}`
  if (row.signatureUid !== null && coveredBySignature.has(field))
    return [{ path, code: 'repair.evidence_signed' }]
  if (!clockFields.has(field)) return []
  if (row.lockReason !== null) {
    return [{ path, code: 'repair.locked', params: { number: row.number, reason: row.lockReason } }]
  }
  if (typeof to === 'string' && to < ctx.today)
    return [{ path, code: 'field.in_past', params: { min: ctx.today } }]
  return []
}

/** A repair used this problem type now: its counter rises. */
function noteProblemType(ctx: CommandContext, row: FullRepairRow, changes: Partial<VisitInput>): void {
  const { problemTypeId } = changes
  if (problemTypeId === undefined || problemTypeId === null || problemTypeId === row.problemTypeId) return
  requireEntry(ctx, 'problem_type', problemTypeId, 'changes.problemTypeId')
  countUse(ctx, [problemTypeId])
}
