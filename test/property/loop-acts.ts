import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { transitionsFrom, type RepairAction } from '#contract/repair-states.ts'
import { builtInRoles, type BuiltInRole } from '#contract/permissions.ts'
import type { RepairShop, Row } from '../core/repairs/kit.ts'

/** One random step of the shop: somebody does something to some repair, or time passes. */
export interface Step {
  readonly kind: 'next' | 'any' | 'receive' | 'keep' | 'time'
  readonly role: BuiltInRole | 'technician2'
  readonly target: number
  /** Chooses the action. */
  readonly act: number
  /** Chooses people and what is given or left out. */
  readonly choice: number
  /** Days from today in dates, days that pass. */
  readonly days: number
  readonly flag: boolean
}

export const steps = fc.array(
  fc.record({
    kind: fc.oneof(
      { weight: 14, arbitrary: fc.constant('next' as const) },
      { weight: 3, arbitrary: fc.constant('any' as const) },
      { weight: 2, arbitrary: fc.constant('receive' as const) },
      { weight: 2, arbitrary: fc.constant('keep' as const) },
      { weight: 4, arbitrary: fc.constant('time' as const) },
    ),
    role: fc.constantFrom(...builtInRoles, 'technician2' as const, 'owner' as const, 'manager' as const),
    target: fc.nat(2),
    act: fc.nat(10_000),
    choice: fc.nat(1_000),
    days: fc.integer({ min: -1, max: 5 }),
    flag: fc.boolean(),
  }),
  { minLength: 30, maxLength: 30 },
)

/** What a step was and what came of it; `refused` is the code, when the shop said no. */
export interface Outcome {
  readonly what: string
  readonly refused: string | null
}

const personal = [
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
  'suspend',
  'resume',
  'lock',
  'unlock_reassign',
  'unlock_new_date',
  'unlock_close',
  'hand_over',
  'follow_up_satisfied',
  'follow_up_dissatisfied',
  'follow_up_unreached',
  'verify',
  'cancel',
  'mark_unclaimed',
  'claim_after_all',
] as const satisfies readonly RepairAction[]
type Personal = (typeof personal)[number]

function isPersonal(action: RepairAction): action is Personal {
  return (personal as readonly RepairAction[]).includes(action)
}

type Call = [method: string, input: object]

/** The test list of the shop's category; empty in most runs. */
export function testListOf(shop: RepairShop): number[] {
  const text = `SELECT id FROM dictionary_entries WHERE kind = 'test_item' AND parent_id = ${shop.categoryId} ORDER BY id`
  return shop.all(text).map(([id]) => id as number)
}

/** A test of the whole list, passed more often than not. */
function resultsOf(list: readonly number[], choice: number) {
  return list.map((itemId, index) => {
    const result = choice % 5 === index ? ('failed' as const) : ('passed' as const)
    return { itemId, result, note: '' }
  })
}

/** The command a person gives for an action, with what it needs filled in, rightly or not. */
function commandFor(shop: RepairShop, row: Row, action: Personal, step: Step): Call {
  const one = { repairId: row.id, version: row.version }
  const many = { repairs: [one] }
  const reason = step.flag || step.choice % 3 > 0 ? '理由' : ''
  const dueOn = step.flag ? { dueOn: shop.today(step.days) } : {}
  const engineerId = (step.choice % 2 ? shop.people.technician : shop.technician2).userId
  const findings = '检查过'
  const unlock = (resolution: object): Call => ['repairs.unlock', { ...one, resolution }]
  const followUp = (result: object): Call => ['repairs.followUp', { ...one, result }]
  switch (action) {
    case 'assign':
    case 'reassign':
      return ['repairs.assign', { ...many, engineerId, ...dueOn, reason }]
    case 'solve': {
      const list = testListOf(shop)
      if (step.flag && list.length > 0)
        return ['work.recordTest', { ...one, results: resultsOf(list, step.choice), note: '' }]
      return ['repairs.solve', { ...one, outcome: 'repaired', findings, codeIds: [], knownDefects: [] }]
    }
    case 'fail':
      return ['repairs.fail', { ...one, findings, codeIds: [] }]
    case 'suspend':
      return ['repairs.suspend', { ...many, reasonId: null, reason, wakeOn: shop.today(step.days) }]
    case 'resume':
      return ['repairs.resume', many]
    case 'lock':
      return ['repairs.lock', { ...one, reason }]
    case 'unlock_reassign':
      return unlock({ kind: 'reassign', engineerId, ...dueOn, reason })
    case 'unlock_new_date':
      return unlock({ kind: 'new_date', dueOn: shop.today(step.days), consent: reason })
    case 'unlock_close':
      return unlock({ kind: 'close', reason })
    case 'hand_over':
    case 'claim_after_all':
      return [
        'repairs.handOver',
        {
          ...one,
          collectedBy: '张三',
          signatureUid: null,
          noSignatureReason: step.choice % 9 ? 'by_phone' : null,
          noSignatureNote: '',
          returnedAccessoryIds: [],
          accessoriesKeptConfirmed: step.flag,
          note: '',
        },
      ]
    case 'follow_up_satisfied':
      return followUp({ kind: 'satisfied', satisfaction: 'satisfied', note: '' })
    case 'follow_up_dissatisfied':
      return followUp({ kind: 'dissatisfied', satisfaction: 'dissatisfied', reason })
    case 'follow_up_unreached':
      return followUp({ kind: 'not_reached', nextTryOn: shop.today(step.days), note: '' })
    case 'verify':
      return ['repairs.verify', many]
    case 'cancel':
      return ['repairs.cancel', { ...many, reason }]
    case 'mark_unclaimed':
      return ['repairs.markUnclaimed', { ...one, reason }]
    default:
      return ['repairs.work', { ...many, action, reason }]
  }
}

/** Changes that move nothing: place, note, edit, and a save on an old version. */
function keepingFor(shop: RepairShop, row: Row, step: Step): Call {
  const one = { repairId: row.id, version: row.version }
  const calls: Call[] = [
    ['repairs.setBin', { ...one, bin: `B${step.choice}` }],
    ['repairs.addNote', { repairId: row.id, text: '客户来电' }],
    ['repairs.edit', { ...one, changes: { requestedOn: step.flag ? shop.today(step.days) : null } }],
    ['repairs.edit', { ...one, changes: { dueOn: shop.today(step.days), priority: 'high' } }],
    ['repairs.setBin', { ...one, version: row.version + 1, bin: 'stale' }],
    ['repairs.setSubStatus', { ...one, subStatusId: null }],
  ]
  return calls[step.act % calls.length]!
}

function intakeFor(shop: RepairShop, rows: readonly Row[], step: Step): Call {
  const known = rows[step.choice % Math.max(rows.length, 1)]
  const device = step.choice % 2 && known ? { device: { id: Number(known['device_id']) } } : {}
  const wakeOn = shop.today(step.days)
  const suspend = step.choice % 8 === 0 ? { suspend: { reasonId: null, reason: '等客户', wakeOn } } : {}
  const engineerId = (step.choice % 2 ? shop.people.technician : shop.technician2).userId ?? 0
  const list = testListOf(shop)
  const testResults = step.days >= 0 ? { testResults: resultsOf(list, step.act) } : {}
  // Where there is a test list, a fix at the counter is what the runs are about.
  const isFinished = list.length > 0 ? step.choice % 4 > 0 : step.choice % 4 === 1
  const finished = isFinished
    ? { finished: { engineerId, outcome: 'repaired' as const, findings: '清理接口', ...testResults } }
    : {}
  const visit = shop.visit({
    requestedOn: step.flag ? shop.today(Math.max(step.days, 0)) : null,
    dueOn: step.choice % 3 ? shop.today(step.days + 1) : null,
  })
  const item = shop.item({
    ...device,
    ...suspend,
    ...finished,
    visit,
    overrideReason: step.choice % 7 ? null : '另一个故障',
  })
  return ['repairs.receive', shop.intake({ items: [item] })]
}

/**
 * How likely an act is: those that take a repair off its way are rarer than those that bring it on, or no run
 * would get far; failures are likelier, because a lock needs two of them.
 */
const likelihood: Partial<Record<Personal, number>> = {
  cancel: 1,
  lock: 1,
  suspend: 1,
  unlock_close: 1,
  reassign: 1,
  fail: 14,
  follow_up_dissatisfied: 8,
  follow_up_unreached: 14,
}

/** What a person may do with the repair now, likely steps several times over. */
function openTo(row: Row): Personal[] {
  return transitionsFrom(row.state, row.lockReason !== null)
    .map(({ action }) => action)
    .filter(isPersonal)
    .flatMap((action) => Array.from({ length: likelihood[action] ?? 4 }, () => action))
}

/** Takes one step in the shop. */
export function take(shop: RepairShop, rows: readonly Row[], step: Step): Outcome {
  const row = rows[step.target % Math.max(rows.length, 1)]
  if (step.kind === 'time') {
    shop.clock.advance(step.days > 0 ? step.days * 86_400_000 : step.choice * 1_000)
    const done = step.flag || step.days > 2 ? shop.timeRules() : null
    return { what: `time ${JSON.stringify(done)}`, refused: null }
  }
  if (step.kind === 'receive' || !row) {
    return rows.length < 4 ? call(shop, intakeFor(shop, rows, step), step) : { what: 'full', refused: null }
  }
  if (step.kind === 'keep') return call(shop, keepingFor(shop, row, step), step)
  const open = openTo(row)
  const chosen = step.kind === 'next' && open.length > 0 ? open : personal
  // A likely step is taken by somebody who may take it, so that runs reach deep into the loop.
  const who = step.kind === 'next' && step.choice % 4 ? { ...step, role: 'owner' as const } : step
  return call(shop, commandFor(shop, row, chosen[step.act % chosen.length]!, step), who)
}

function call(shop: RepairShop, [method, input]: Call, step: Step): Outcome {
  const actor = step.role === 'technician2' ? shop.technician2 : shop.people[step.role]
  const what = `${step.role} ${method} ${JSON.stringify(input)}`
  try {
    const full = { commandId: randomUUID(), ...input }
    const result = shop.app.dispatch(method, full, { kind: 'host', actor }) as {
      refused?: { code: string }[]
    }
    return { what, refused: result.refused?.[0]?.code ?? null }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'bug'
    if (code === 'internal' || code === 'bug') throw error
    return { what, refused: code }
  }
}
