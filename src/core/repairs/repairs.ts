import {
  benchStates,
  openStates,
  transitionFor,
  type RepairAction,
  type RepairState,
  type RepairTransition,
} from '#contract/repair-states.ts'
import type { priorities, VisitInput } from '#contract/repairs.ts'
import { AppError, fieldError } from '../kernel/app-error.ts'
import { addDays } from '../kernel/days.ts'

/** The pure rules of a repair; the table of what may follow what is in `contract/repair-states.ts`. */

/** What the rules need to know of a repair. */
export interface Standing {
  readonly number: string
  readonly state: RepairState
  readonly lockReason: string | null
  readonly suspendedFrom: RepairState | null
}

const open: ReadonlySet<RepairState> = new Set(openStates)
const handled: ReadonlySet<RepairState> = new Set(['assigned', ...benchStates])

/** Priority as the column keeps it, so that the board sorts by number: low 0, normal 1, high 2, urgent 3. */
export const priorityRank: Record<(typeof priorities)[number], number> = {
  low: 0,
  normal: 1,
  high: 2,
  urgent: 3,
}

/** True while the device is the shop's business. */
export function isOpen(state: RepairState): boolean {
  return open.has(state)
}

/** The state a suspension covers, otherwise the state itself. */
export function stateBeneath(repair: Standing): RepairState {
  return repair.state === 'suspended' ? (repair.suspendedFrom ?? 'waiting') : repair.state
}

/** True when an attempt is under way: somebody is assigned, started or not, perhaps suspended. */
export function hasOpenAttempt(repair: Standing): boolean {
  return handled.has(stateBeneath(repair))
}

/** The state to which a row of the table leads from here. */
export function targetOf(repair: Standing, transition: RepairTransition): RepairState {
  if (transition.to === 'same') return repair.state
  return transition.to === 'beneath' ? stateBeneath(repair) : transition.to
}

/**
 * The row of the state table for this action, or the refusal: `repair.locked`, `repair.not_locked`,
 * `repair.not_allowed_in_state`.
 */
export function requireTransition(repair: Standing, action: RepairAction): RepairTransition {
  const row = transitionFor(repair.state, action)
  const { number, state } = repair
  if (repair.lockReason !== null && row?.whenLocked !== 'only' && row?.whenLocked !== 'always') {
    throw new AppError('repair.locked', { number, reason: repair.lockReason })
  }
  if (!row) {
    const unlocking = repair.lockReason === null && action.startsWith('unlock_')
    throw new AppError(unlocking ? 'repair.not_locked' : 'repair.not_allowed_in_state', {
      number,
      state,
      action,
    })
  }
  if (row.whenLocked === 'only' && repair.lockReason === null)
    throw new AppError('repair.not_locked', { number })
  return row
}

/** A day a person gives must not lie behind: `field.in_past` at `path`. */
export function requireNotPast(day: string, today: string, path: string): void {
  if (day < today) throw fieldError(path, 'field.in_past', { min: today })
}

/** A day that must lie ahead (waking up, next try): `code` at `path`, with the first day that would do. */
export function requireFuture(
  day: string,
  today: string,
  path: string,
  code: 'field.before' | 'repair.wake_date_required' = 'field.before',
): void {
  if (day <= today) throw fieldError(path, code, { min: addDays(today, 1) })
}

/**
 * A repair is assigned only for a resolution date that has not passed: the given one, else its own.
 * Errors: `field.in_past` for a given date, `repair.due_date_passed` when a new one is needed.
 */
export function dueOnForAssignment(
  own: string | null,
  given: string | undefined,
  today: string,
  path: string,
): string | null {
  if (given !== undefined) {
    requireNotPast(given, today, path)
    return given
  }
  if (own !== null && own < today) throw fieldError(path, 'repair.due_date_passed', { dueOn: own })
  return own
}

/**
 * The date by which somebody must be on it, after a handling that did not help. A date that is behind us was
 * met by that handling and must not lock the repair (W5 asks who was never assigned in time): the promise to
 * the customer takes its place while it still lies ahead, otherwise there is none until somebody gives one.
 */
export function requestedOnAfterHandling(
  requestedOn: string | null,
  dueOn: string | null,
  today: string,
): string | null {
  if (requestedOn === null || requestedOn >= today) return requestedOn
  return dueOn !== null && dueOn >= today ? dueOn : null
}

/**
 * What the customer's signature covers: the words and circumstances of the fault and what was agreed about
 * data, parts, warranty and the bench fee. It is intake evidence, append-only once signed (domain §3.1).
 * Priority, dates, estimate and ceiling, shelf, notes, references, who may collect and the problem type stay open.
 */
export const coveredBySignature: ReadonlySet<keyof VisitInput> = new Set([
  'faultText',
  'faultUnknown',
  'faultSince',
  'dropped',
  'liquid',
  'intermittent',
  'backup',
  'benchFeeMinor',
  'warrantyKind',
  'dataLossWaiver',
  'partsPolicy',
  'oldPartBack',
])
