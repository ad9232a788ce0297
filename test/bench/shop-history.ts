import type Database from 'better-sqlite3'
import type { RepairAction, RepairState } from '#contract/repair-states.ts'
import { newUid } from '#core/app.ts'
import { inserter } from './rows.ts'

interface Told {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly state: RepairState
  readonly receivedAt: number
  readonly engineerId: number | null
  readonly ownerId: number
  readonly fault: string
}

type Step = readonly [RepairAction, RepairState | null, RepairState]

const toBench: readonly Step[] = [
  ['receive', null, 'waiting'],
  ['assign', 'waiting', 'assigned'],
  ['start', 'assigned', 'diagnosing'],
]
const toCustomer: readonly Step[] = [
  ...toBench,
  ['solve', 'diagnosing', 'processed'],
  ['hand_over', 'processed', 'collected'],
]

/** The moves that lead to each state. */
const ways: Readonly<Record<RepairState, readonly Step[]>> = {
  waiting: toBench.slice(0, 1),
  suspended: [['receive_suspended', null, 'suspended']],
  assigned: toBench.slice(0, 2),
  diagnosing: toBench,
  awaiting_approval: [...toBench, ['request_approval', 'diagnosing', 'awaiting_approval']],
  awaiting_parts: [...toBench, ['wait_for_parts', 'diagnosing', 'awaiting_parts']],
  in_repair: [...toBench, ['repair', 'diagnosing', 'in_repair']],
  testing: [...toBench, ['repair', 'diagnosing', 'in_repair'], ['test', 'in_repair', 'testing']],
  at_vendor: [...toBench, ['send_out', 'diagnosing', 'at_vendor']],
  processed: toCustomer.slice(0, 4),
  collected: toCustomer,
  closed: [...toCustomer, ['follow_up_satisfied', 'collected', 'closed']],
  cancelled: [...toBench.slice(0, 1), ['cancel', 'waiting', 'cancelled']],
  unclaimed: [...toCustomer.slice(0, 4), ['mark_unclaimed', 'processed', 'unclaimed']],
}

/**
 * Writes what lies behind a repair: a line for each move, the handling, and one row each in outbox and audit
 * log (a real shop has one for each move; the others would only make the file longer).
 */
export function historyOf(file: Database.Database): (told: Told) => void {
  const addLine = inserter(file, 'repair_log')
  const addAttempt = inserter(file, 'repair_attempts')
  const addOutbox = inserter(file, 'outbox')
  const addAudit = inserter(file, 'audit_log')
  return ({ id, uid, number, state, receivedAt, engineerId, ownerId, fault }) => {
    const steps = ways[state]
    let at = receivedAt
    for (const [action, from_state, to_state] of steps) {
      addLine({ repair_id: id, at, kind: 'move', user_id: ownerId, seat_id: 1, action, from_state, to_state })
      at += 3_600_000
    }
    if (engineerId !== null) {
      const isStarted = steps.some(([action]) => action === 'start')
      const isSolved = steps.some(([action]) => action === 'solve')
      addAttempt({
        repair_id: id,
        no: 1,
        engineer_id: engineerId,
        assigned_at: receivedAt + 3_600_000,
        started_at: isStarted ? receivedAt + 7_200_000 : null,
        ended_at: isSolved ? receivedAt + 2 * 86_400_000 : null,
        result: isSolved ? 'solved' : null,
        findings: isSolved ? '更换后测试正常' : '',
        code_ids: '[]',
      })
    }
    const payload = JSON.stringify({
      number,
      state: 'waiting',
      channel: 'walk_in',
      visit: { faultText: fault },
    })
    addOutbox({
      uid: newUid(receivedAt),
      at: receivedAt,
      entity: 'repairs',
      entity_uid: uid,
      entity_version: 1,
      type: 'repair.receive',
      payload,
    })
    addAudit({
      at: receivedAt,
      user_id: ownerId,
      seat_id: 1,
      method: 'repairs.receive',
      command_id: newUid(receivedAt),
      input: payload,
      result: 'ok',
    })
  }
}
