import { describe, expect, test } from 'vitest'
import type { Repair } from '#contract/repairs.ts'
import {
  nextStepFor,
  proposedStep,
  type WorkDone,
} from '../../src/renderer/src/components/repair/next-step.ts'

type Handled = Parameters<typeof proposedStep>[0]
type State = Repair['state']

const attempt = { findings: 'Battery worn', codes: [], startedAt: 1000, assignedAt: 900 }

function repairIn(state: State, changes: Partial<Handled> = {}): Handled {
  const attempts = [{ no: 1, engineerId: 1, engineerName: 'Tom', endedAt: null, result: null, ...attempt }]
  return {
    state,
    locked: null,
    attempts,
    warrantyKind: 'none',
    reworkOf: null,
    reworkKind: null,
    ...changes,
  }
}

function doneSoFar(changes: Partial<WorkDone> = {}): WorkDone {
  const nothing = { quotes: [], parts: [], tests: [], external: [], loanerOut: false, dueMinor: 0 }
  return { ...nothing, standing: { state: 'none' }, testWanted: true, ...changes }
}

const keyOf = (state: State, done: Partial<WorkDone> = {}, repair: Partial<Handled> = {}): string =>
  proposedStep(repairIn(state, repair), doneSoFar(done))?.key ?? 'what the state table says'
const asked = { standing: { state: 'asked' } } as const
const approved = { standing: { state: 'approved' } } as const

describe('the filled button follows the work', () => {
  const untold = { attempts: [{ ...repairIn('diagnosing').attempts[0]!, findings: '' }] }
  const rework = { reworkOf: { uid: 'u', number: '1', engineerName: null } }
  const issued = { state: 'issued', quantity: 1000, available: 4000 } as const
  test.each([
    ['what was found comes before the quote', 'diagnosing', {}, untold, 'record_findings'],
    ['with findings the quote is written', 'diagnosing', {}, {}, 'write_quote'],
    [
      'a written quote goes to the customer',
      'diagnosing',
      { quotes: [{ state: 'draft' }] },
      {},
      'send_quote',
    ],
    ['nobody asks for warranty work', 'diagnosing', {}, { warrantyKind: 'manufacturer' }, 'repair'],
    ['nobody asks for a rework of the same fault', 'diagnosing', {}, rework, 'repair'],
    [
      'another fault than before is quoted',
      'diagnosing',
      {},
      { ...rework, reworkKind: 'different' },
      'write_quote',
    ],
    ['an open question waits for its answer', 'awaiting_approval', asked, {}, 'record_answer'],
    ['a yes leads to the bench', 'awaiting_approval', approved, {}, 'repair'],
    ['a no ends the repair', 'awaiting_approval', { standing: { state: 'refused' } }, {}, 'solve'],
    ['a grown bill is asked about', 'in_repair', { standing: { state: 'needed_again' } }, {}, 'ask_again'],
    [
      'what lies ready is issued',
      'in_repair',
      { parts: [{ ...issued, state: 'reserved' }] },
      {},
      'issue_parts',
    ],
    ['what is on the bench is settled', 'in_repair', { parts: [issued] }, {}, 'settle_parts'],
    ['a question asked on the bench waits for its answer too', 'in_repair', asked, {}, 'record_answer'],
    [
      'a planned part that lies on the shelf is issued',
      'in_repair',
      { ...approved, parts: [{ ...issued, state: 'planned' }] },
      {},
      'issue_parts',
    ],
    [
      'nothing is tested while a part has not come',
      'in_repair',
      { ...approved, parts: [{ ...issued, state: 'planned', available: 0 }] },
      {},
      'wait_for_parts',
    ],
    ['then the device is tested', 'in_repair', approved, {}, 'test'],
    ['the test list is worked through', 'testing', {}, {}, 'record_test'],
    ['a passed test makes it ready', 'testing', { tests: [{ at: 2000, passed: true }] }, {}, 'solve'],
    [
      'a test of the handling before is not enough',
      'testing',
      { tests: [{ at: 10, passed: true }] },
      {},
      'record_test',
    ],
    ['a unit away is taken back', 'at_vendor', { external: [{ backAt: null }] }, {}, 'take_back'],
    ['a loaner comes back first', 'processed', { loanerOut: true, dueMinor: 100 }, {}, 'loaner_back'],
    ['then the money', 'processed', { dueMinor: 100 }, {}, 'take_payment'],
    ['a paid repair is handed over', 'processed', {}, {}, 'what the state table says'],
    [
      'a locked repair has no next step of the work',
      'diagnosing',
      {},
      { locked: 'manual' },
      'what the state table says',
    ],
  ] as const)('%s', (_title, state, done, repair, expected) => {
    expect(keyOf(state, done, repair)).toBe(expected)
  })
})

test('a step this person may not take gives way to what they may', () => {
  const may = {
    can: () => false,
    offers: ['request_approval' as const],
    primary: 'request_approval' as const,
  }
  expect(nextStepFor(repairIn('diagnosing'), doneSoFar(), may)).toEqual({
    kind: 'act',
    key: 'request_approval',
  })
  const writes = { ...may, can: () => true }
  expect(nextStepFor(repairIn('diagnosing'), doneSoFar(), writes)).toEqual({
    kind: 'work',
    key: 'write_quote',
  })
})

test('nobody is led past a customer who has not answered', () => {
  const repair = repairIn('awaiting_approval')
  const may = { can: () => false, offers: ['repair' as const], primary: 'repair' as const }
  expect(nextStepFor(repair, doneSoFar(asked), may)).toBeUndefined()
  const decides = { ...may, can: () => true }
  expect(nextStepFor(repair, doneSoFar(asked), decides)).toEqual({ kind: 'work', key: 'record_answer' })
})
