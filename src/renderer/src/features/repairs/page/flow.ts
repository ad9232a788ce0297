import { repairTransitions, type RepairAction, type RepairState } from '#contract/repair-states.ts'
import type { TimelineRow } from '#contract/repairs.ts'

/** The way of a repair through the shop, read out of the state table, and how far one repair has come on it. */

/** Moves that do not lead on: to another engineer, aside, or out before the end. */
const asideActions: ReadonlySet<RepairAction> = new Set<RepairAction>([
  'reassign',
  'suspend',
  'lock',
  'cancel',
  'mark_unclaimed',
])

/** The state to which the first row of the table leads on from here, if it is one not yet passed. */
function nextOf(here: RepairState, passed: readonly RepairState[]): RepairState | undefined {
  for (const { action, from, to, back, permission, whenLocked } of repairTransitions) {
    if (!from.includes(here) || permission === null || back === true || whenLocked === 'only') continue
    if (asideActions.has(action) || to === 'same' || to === 'beneath' || passed.includes(to)) continue
    return to
  }
  return undefined
}

/** From `waiting` always the first row that leads on: the order of the table is the order of the work. */
function followTable(): RepairState[] {
  const path: RepairState[] = []
  for (let state: RepairState | undefined = 'waiting'; state !== undefined; state = nextOf(state, path)) {
    path.push(state)
  }
  return path
}

/** waiting … closed: the steps everybody hopes for. */
export const mainPath: readonly RepairState[] = followTable()

export interface FlowStep {
  readonly state: RepairState
  /** `passed` this time round, `skipped` when a later step came without it. */
  readonly reached: 'passed' | 'skipped' | 'present' | 'ahead'
  /** When it was entered, this time round. */
  readonly at: number | null
}

export interface Flow {
  readonly steps: readonly FlowStep[]
  /** The side state in which it stands, hanging under the step it left; null on the main path. */
  readonly side: { readonly state: RepairState; readonly under: number } | null
  /** Index of the present step, or of the one the side state hangs under. */
  readonly present: number
}

/** Moves of the present round: since the repair last came back to `waiting`. Newest first. */
function presentRound(history: readonly TimelineRow[]): TimelineRow[] {
  const moves = history.filter(({ toState, fromState }) => toState !== null && toState !== fromState)
  const begin = moves.findIndex(({ toState }) => toState === 'waiting')
  return begin < 0 ? moves : moves.slice(0, begin + 1)
}

/** How far a repair has come. `history` is its timeline, newest line first; it may not be there yet. */
export function flowOf(state: RepairState, history: readonly TimelineRow[]): Flow {
  const round = presentRound(history)
  const enteredAt = (step: RepairState): number | null =>
    round.find(({ toState }) => toState === step)?.at ?? null
  const onMain = mainPath.indexOf(state)
  const left = round.find(({ fromState }) => fromState !== null && mainPath.includes(fromState))?.fromState
  const present = onMain >= 0 ? onMain : Math.max(0, mainPath.indexOf(left ?? 'waiting'))
  const steps = mainPath.map((step, index): FlowStep => {
    const at = enteredAt(step)
    if (index === present && onMain >= 0) return { state: step, reached: 'present', at }
    if (index > present) return { state: step, reached: 'ahead', at: null }
    return { state: step, reached: at === null && index !== present ? 'skipped' : 'passed', at }
  })
  return { steps, present, side: onMain >= 0 ? null : { state, under: present } }
}
