import type { Permission } from './permissions.ts'

/**
 * The closed service loop (reference/domain.md W2–W8, W14, §3.1, §3.2) as one table:
 * core enforces it, the window decides from it which buttons to show and draws it.
 *
 * `locked` is not a state but an overlay: the repair keeps its state beneath and
 * only the `unlock*` actions are allowed until somebody with the permission unlocks it.
 */
export const repairStates = [
  'waiting',
  'suspended',
  'assigned',
  'diagnosing',
  'awaiting_approval',
  'awaiting_parts',
  'in_repair',
  'testing',
  'at_vendor',
  'processed',
  'collected',
  'closed',
  'cancelled',
  'unclaimed',
] as const

export type RepairState = (typeof repairStates)[number]

/** How a state is shown; the words stand in the locales under `states.<state>`. */
export interface RepairStateInfo {
  /** Colour family; never the only sign, an icon and a word go with it. */
  readonly tone: 'neutral' | 'info' | 'active' | 'pause' | 'success' | 'danger' | 'muted'
  /** Element Plus icon name. */
  readonly icon: string
  /** `queue` before work, `bench` while it is worked on, `out` after the bench, `end` when nothing more happens. */
  readonly phase: 'queue' | 'bench' | 'out' | 'end'
  /** Column on the board; end states have none. */
  readonly onBoard: boolean
}

export const repairStateInfo: Record<RepairState, RepairStateInfo> = {
  waiting: { tone: 'info', icon: 'Clock', phase: 'queue', onBoard: true },
  suspended: { tone: 'pause', icon: 'VideoPause', phase: 'queue', onBoard: true },
  assigned: { tone: 'info', icon: 'User', phase: 'queue', onBoard: true },
  diagnosing: { tone: 'active', icon: 'Search', phase: 'bench', onBoard: true },
  awaiting_approval: { tone: 'pause', icon: 'ChatDotRound', phase: 'bench', onBoard: true },
  awaiting_parts: { tone: 'pause', icon: 'Box', phase: 'bench', onBoard: true },
  in_repair: { tone: 'active', icon: 'Tools', phase: 'bench', onBoard: true },
  testing: { tone: 'active', icon: 'Finished', phase: 'bench', onBoard: true },
  at_vendor: { tone: 'pause', icon: 'Van', phase: 'bench', onBoard: true },
  processed: { tone: 'success', icon: 'CircleCheck', phase: 'out', onBoard: true },
  collected: { tone: 'neutral', icon: 'Phone', phase: 'out', onBoard: true },
  closed: { tone: 'muted', icon: 'Lock', phase: 'end', onBoard: false },
  cancelled: { tone: 'muted', icon: 'CircleClose', phase: 'end', onBoard: false },
  unclaimed: { tone: 'danger', icon: 'WarningFilled', phase: 'end', onBoard: false },
}

export const benchStates = repairStates.filter((s) => repairStateInfo[s].phase === 'bench')
/** States in which the device is still the shop's business: the ones "one open repair per serial" counts. */
export const openStates = repairStates.filter((s) => repairStateInfo[s].phase !== 'end' && s !== 'collected')
/** Columns of the board, in the order of the work. */
export const boardStates = repairStates.filter((s) => repairStateInfo[s].onBoard)

export const repairActions = [
  'receive',
  'receive_suspended',
  'assign',
  'reassign',
  'start',
  'request_approval',
  'wait_for_parts',
  'repair',
  'test',
  'send_out',
  'diagnose_again',
  'solve',
  'fail',
  'miss',
  'suspend',
  'resume',
  'wake',
  'lock_unassigned',
  'lock_failed',
  'lock',
  'unlock_reassign',
  'unlock_new_date',
  'unlock_close',
  'hand_over',
  'follow_up_satisfied',
  'follow_up_dissatisfied',
  'follow_up_unreached',
  'close_unreached',
  'verify',
  'cancel',
  'mark_unclaimed',
  'claim_after_all',
  'import',
] as const

export type RepairAction = (typeof repairActions)[number]

/** What a person must give with an action; core refuses it otherwise with a code at that field. */
export type RepairNeed =
  | 'engineer'
  | 'reason'
  | 'wake_date'
  | 'outcome'
  | 'findings'
  | 'due_date'
  | 'consent'
  | 'collected_by'
  | 'next_try'

export interface RepairTransition {
  readonly action: RepairAction
  readonly from: readonly RepairState[]
  /** `same` keeps the state; `beneath` returns to the state before the suspension. */
  readonly to: RepairState | 'same' | 'beneath'
  /** null: only the program itself takes it, on the schedule or as a consequence. */
  readonly permission: Permission | null
  readonly needs: readonly RepairNeed[]
  /** `only` is for unlocking; everything else is refused while locked, except `always`. */
  readonly whenLocked: 'refused' | 'only' | 'always'
  /** A step back in the work; it needs a reason (domain §3.2). */
  readonly back?: boolean
}

type Rest = Partial<Pick<RepairTransition, 'needs' | 'whenLocked' | 'back'>>

function row(
  action: RepairAction,
  from: readonly RepairState[],
  to: RepairTransition['to'],
  permission: Permission | null,
  rest: Rest = {},
): RepairTransition {
  return { action, from, to, permission, needs: [], whenLocked: 'refused', ...rest }
}

/** Everything a repair can do. The order of rows is the order in which the window offers them. */
export const repairTransitions: readonly RepairTransition[] = [
  // Waiting for assignment, assigned (W3, W4).
  row('assign', ['waiting'], 'assigned', 'repairs.assign', { needs: ['engineer'] }),
  row('start', ['assigned'], 'diagnosing', 'repairs.work'),
  row('reassign', ['assigned', ...benchStates], 'assigned', 'repairs.assign', {
    needs: ['engineer', 'reason'],
  }),
  // The bench (domain §3.2).
  row('request_approval', ['diagnosing'], 'awaiting_approval', 'repairs.work'),
  row(
    'repair',
    ['diagnosing', 'awaiting_approval', 'awaiting_parts', 'at_vendor'],
    'in_repair',
    'repairs.work',
  ),
  row('repair', ['testing'], 'in_repair', 'repairs.work', { needs: ['reason'], back: true }),
  row('test', ['in_repair', 'at_vendor'], 'testing', 'repairs.work'),
  row(
    'solve',
    ['testing', 'in_repair', 'diagnosing', 'awaiting_approval', 'at_vendor'],
    'processed',
    'repairs.work',
    {
      needs: ['outcome', 'findings'],
    },
  ),
  row('wait_for_parts', ['diagnosing', 'awaiting_approval', 'in_repair'], 'awaiting_parts', 'repairs.work'),
  row('send_out', ['diagnosing', 'awaiting_approval', 'in_repair'], 'at_vendor', 'repairs.work'),
  row('request_approval', ['in_repair', 'awaiting_parts'], 'awaiting_approval', 'repairs.work', {
    needs: ['reason'],
    back: true,
  }),
  row(
    'diagnose_again',
    ['awaiting_approval', 'awaiting_parts', 'in_repair', 'testing', 'at_vendor'],
    'diagnosing',
    'repairs.work',
    {
      needs: ['reason'],
      back: true,
    },
  ),
  // One handling ends without success (W6); the program ends it when the date passes unstarted.
  row('fail', benchStates, 'waiting', 'repairs.work', { needs: ['findings'] }),
  row('miss', ['assigned'], 'waiting', null),
  // Suspended (W3).
  row('suspend', ['waiting', 'assigned', ...benchStates], 'suspended', 'repairs.suspend', {
    needs: ['reason', 'wake_date'],
  }),
  row('resume', ['suspended'], 'beneath', 'repairs.suspend'),
  row('wake', ['suspended'], 'beneath', null),
  // Locked (W5): the two causes the program finds, the one a manager decides, and the three ways out.
  row('lock_unassigned', ['waiting'], 'same', null),
  row('lock_failed', ['waiting'], 'same', null),
  row('lock', ['waiting', 'suspended', 'assigned', ...benchStates, 'processed'], 'same', 'repairs.lock', {
    needs: ['reason'],
  }),
  row('unlock_reassign', ['waiting', 'assigned', ...benchStates], 'assigned', 'repairs.unlock', {
    needs: ['engineer', 'reason'],
    whenLocked: 'only',
  }),
  row(
    'unlock_new_date',
    ['waiting', 'suspended', 'assigned', ...benchStates, 'processed'],
    'same',
    'repairs.unlock',
    {
      needs: ['due_date', 'consent'],
      whenLocked: 'only',
    },
  ),
  row(
    'unlock_close',
    ['waiting', 'suspended', 'assigned', ...benchStates, 'processed'],
    'closed',
    'repairs.unlock',
    {
      needs: ['reason'],
      whenLocked: 'only',
    },
  ),
  // Out of the shop, followed up, closed, verified (W7, W8).
  row('hand_over', ['processed'], 'collected', 'repairs.hand_over', { needs: ['collected_by'] }),
  row('follow_up_satisfied', ['collected'], 'closed', 'repairs.follow_up'),
  row('follow_up_dissatisfied', ['collected'], 'waiting', 'repairs.follow_up', { needs: ['reason'] }),
  row('follow_up_unreached', ['collected'], 'same', 'repairs.follow_up', { needs: ['next_try'] }),
  row('close_unreached', ['collected'], 'closed', null),
  row('verify', ['closed'], 'same', 'repairs.verify'),
  row('cancel', ['waiting', 'suspended', 'assigned', ...benchStates], 'cancelled', 'repairs.cancel', {
    needs: ['reason'],
  }),
  row('mark_unclaimed', ['processed'], 'unclaimed', 'repairs.unlock', { needs: ['reason'] }),
  row('claim_after_all', ['unclaimed'], 'collected', 'repairs.hand_over', { needs: ['collected_by'] }),
]

/** The rows open to a repair in this state, locked or not. */
export function transitionsFrom(state: RepairState, locked: boolean): readonly RepairTransition[] {
  return repairTransitions.filter(
    (t) =>
      t.from.includes(state) &&
      (t.whenLocked === 'always' || (locked ? t.whenLocked === 'only' : t.whenLocked === 'refused')),
  )
}

/** The row for one action from one state, or undefined when the table has none. */
export function transitionFor(state: RepairState, action: RepairAction): RepairTransition | undefined {
  return repairTransitions.find((t) => t.action === action && t.from.includes(state))
}

export const lockReasons = ['unassigned', 'failed_twice', 'manual'] as const
export type LockReason = (typeof lockReasons)[number]

/** How one handling ended; `missed` was never started by the required date. */
export const attemptResults = ['solved', 'failed', 'missed', 'reassigned', 'cancelled', 'closed'] as const
export type AttemptResult = (typeof attemptResults)[number]

/** domain §3.2 outcomes; `unknown` and `in_progress` occur only in imported history. */
export const repairOutcomes = [
  'repaired',
  'replaced_unit',
  'no_fault_found',
  'beyond_economic_repair',
  'not_repairable',
  'declined',
  'returned_unrepaired',
  'unknown',
] as const
export type RepairOutcome = (typeof repairOutcomes)[number]

/** Whether a device with this outcome is said to work: it is tested before it is ready. */
export function isWorking(outcome: RepairOutcome): boolean {
  return outcome === 'repaired' || outcome === 'replaced_unit'
}

/** How a closed repair was closed; `not_reached` counts against follow-up coverage. */
export const closeKinds = ['satisfied', 'not_reached', 'by_manager', 'imported'] as const

/** W22: 客户评价. */
export const satisfactions = [
  'very_satisfied',
  'satisfied',
  'neutral',
  'dissatisfied',
  'very_dissatisfied',
] as const
export type Satisfaction = (typeof satisfactions)[number]

/** Failed handlings after which a repair is locked for the manager (W5). */
export const failuresBeforeLock = 2
