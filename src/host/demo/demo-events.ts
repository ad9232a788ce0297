import { randomUUID } from 'node:crypto'
import type { InputOf } from '#contract/method-types.ts'
import type { WorkAction } from '#contract/repairs.ts'
import { addDays, dayOf } from '#core/app.ts'
import type { DemoEnd, DemoRepair } from './demo-data.ts'
import { testDevice } from './demo-bench.ts'
import { sellJob, tellLast } from './demo-disposal.ts'
import { approveJob, billJob, depositJob, lendJob, quoteJob, workJob } from './demo-cash.ts'
import { intakeFor } from './demo-intake.ts'
import type { DemoWorld } from './demo-world.ts'

interface DemoEvent {
  readonly at: number
  run(): void | Promise<void>
}

const hour = 3_600_000
const day = 24 * hour
const zone = 'Asia/Shanghai'

type Step =
  | 'assign'
  | 'start'
  | 'quote'
  | 'approve'
  | 'parts'
  | 'deposit'
  | 'lend'
  | 'bill'
  | 'repair'
  | 'wait_for_parts'
  | 'test'
  | 'send_out'
  | 'solve'
  | 'fail'
  | 'lock'
  | 'hand_over'
  | 'unreached'
  | 'satisfied'
  | 'dissatisfied'
  | 'verify'
  | 'cancel'
  | 'mark_unclaimed'
  | 'final_notice'
  | 'dispose'

const toBench: Step[] = ['assign', 'start']
const quoted: Step[] = [...toBench, 'quote']
const toReady: Step[] = [...quoted, 'approve', 'parts', 'test', 'solve']
const toGone: Step[] = [...toReady, 'bill', 'hand_over']

/** What happened to a repair after its intake, in order. */
const paths: Record<DemoEnd, readonly Step[]> = {
  waiting: [],
  unassigned_lock: [],
  suspended: [],
  assigned: ['assign'],
  diagnosing: toBench,
  awaiting_approval: quoted,
  awaiting_parts: ['deposit', ...quoted, 'approve', 'wait_for_parts'],
  in_repair: [...quoted, 'approve'],
  testing: [...quoted, 'approve', 'parts', 'test'],
  at_vendor: ['lend', ...toBench, 'send_out'],
  failed_once: [...toBench, 'repair', 'fail'],
  failed_twice: [...toBench, 'fail', ...toBench, 'repair', 'fail'],
  manual_lock: ['lock'],
  processed: toReady,
  collected: toGone,
  unreached: [...toGone, 'unreached'],
  satisfied: [...toGone, 'satisfied'],
  verified: [...toGone, 'satisfied', 'verify'],
  not_reached: [...toGone, 'unreached', 'unreached', 'unreached'],
  dissatisfied: [...toGone, 'dissatisfied'],
  cancelled: ['cancel'],
  unclaimed: [...toReady, 'mark_unclaimed'],
  disposed: [...toReady, 'final_notice', 'dispose'],
}

/** Everything that happened to one repair, with its moments: opening hours, never after `now`. */
export function eventsOf(world: DemoWorld, repair: DemoRepair, index: number, now: number): DemoEvent[] {
  const received = receivedAt(repair, index, now)
  const steps = paths[repair.end]
  // Steps are spread over the time until now, so that nothing lies in the future and recent ones look recent.
  const gap = Math.floor(Math.min(9 * hour + (index % 5) * hour, (now - received) / (steps.length + 1)))
  let id = 0
  let number = ''
  const intake: DemoEvent = {
    at: received,
    async run() {
      const made = await intakeFor(world, repair, index, dayOf(received, zone))
      id = made.id
      number = made.number
    },
  }
  return [
    intake,
    ...steps.map((step, place) => ({
      at: received + gap * (place + 1),
      run: () => play(world, repair, step, { id, number, today: dayOf(received + gap * (place + 1), zone) }),
    })),
  ]
}

function receivedAt(repair: DemoRepair, index: number, now: number): number {
  // Between 09:00 and 17:59 in Shanghai, unless the shop opened less than that ago.
  const midnight = Date.parse(`${dayOf(now - repair.daysAgo * day, zone)}T00:00:00+08:00`)
  const at = midnight + 9 * hour + ((index * 37) % 540) * 60_000
  return Math.min(at, now - (60 - (index % 40)) * 60_000)
}

interface Target {
  readonly id: number
  readonly number: string
  readonly today: string
}

const words = {
  'zh-CN': {
    findings: '拆机检查，更换故障部件并清洁，功能全部正常。',
    failed: '更换后故障依旧，原因尚未找到。',
    lock: '疑似非本人设备，需经理核实购买凭证。',
    unhappy: '取回第二天又出现同样的问题。',
    note: '电话无人接听',
    cancel: '客户决定购买新机。',
    unclaimed: '多次通知，超过三十天未取。',
    defect: '边框有磕碰，后盖轻微变形。',
    vendor: '精芯主板维修中心',
  },
  en: {
    findings: 'Opened and checked, faulty part replaced and cleaned, all functions work.',
    failed: 'Fault is still there after the replacement; cause not found yet.',
    lock: 'May not be the customer’s own device: the manager has to see proof of purchase.',
    unhappy: 'The same problem came back the day after collection.',
    note: 'Phone not answered',
    cancel: 'The customer decided to buy a new one.',
    unclaimed: 'Notified several times, not collected for thirty days.',
    defect: 'Dented frame, back cover slightly bent.',
    vendor: 'Fine Core Board Lab',
  },
} as const

/** Where a device goes that the bench cannot repair itself. */
function away({ vendor }: { vendor: string }, today: string) {
  const expectedOn = addDays(today, 10)
  return { kind: 'vendor' as const, vendor, reference: 'RMA-20261', expectedOn, note: '' }
}

/** One step, through the command a person would have used. A bulk act that is refused is the demonstration's bug. */
function play(world: DemoWorld, repair: DemoRepair, step: Step, target: Target): void {
  const { app, people, language } = world
  const say = words[language]
  const technician = people.get(repair.engineer ?? 'tech')
  const manager = people.get('manager')
  const counter = people.get('counter')
  const engineerId = technician?.userId
  if (!technician || !manager || !counter || !engineerId) throw new Error('the demonstration has its people')
  const now = app.run('repairs.get', { number: target.number }, manager)
  const { customerName, accessories, version } = now
  const one = { commandId: randomUUID(), repairId: target.id, version }
  const many = { commandId: one.commandId, repairs: [{ repairId: target.id }] }
  const codeIds = world.entries.filter((e) => ['S101', 'R101', 'A101'].includes(e.code)).map((e) => e.id)
  const followUp = (result: InputOf<'repairs.followUp'>['result']) =>
    app.run('repairs.followUp', { ...one, result }, counter)
  const dueOn = addDays(target.today, repair.dueInDays ?? 4)
  const work = (action: WorkAction) => app.run('repairs.work', { ...many, action }, technician)
  const returnedAccessoryIds = accessories.map((accessory) => accessory.id)
  // Nobody of the demonstration can hold a pen.
  const unsigned = { signatureUid: null, noSignatureReason: 'dropped_off', noSignatureNote: '' } as const
  const taken = { returnedAccessoryIds, accessoriesKeptConfirmed: false, note: '' }
  const gone = { ...one, collectedBy: customerName ?? '', ...unsigned, ...taken }
  const outcome = 'repaired' as const
  const solved = { ...one, outcome, findings: say.findings, codeIds, knownDefects: [say.defect] }
  const happy = target.id % 3 === 0 ? 'satisfied' : 'very_satisfied'
  const cash = { app, language, technician, counter, manager, store: world.store }
  const job = {
    repairId: target.id,
    problem: repair.problem,
    index: target.id,
    today: target.today,
    customerName: customerName ?? '',
    onAccount: world.data.customers[repair.customer]?.company ?? false,
  }
  const acts: Record<Step, () => unknown> = {
    quote: () => quoteJob(cash, job, codeIds),
    approve: () => approveJob(cash, job),
    parts: () => workJob(cash, job),
    deposit: () => depositJob(cash, job),
    lend: () => lendJob(cash, job, 0),
    bill: () => billJob(cash, job),
    assign: () => app.run('repairs.assign', { ...many, engineerId, dueOn }, manager),
    start: () => work('start'),
    repair: () => work('repair'),
    // Approval of a part that is not on the shelf has done it already.
    wait_for_parts: () => (now.state === 'awaiting_parts' ? undefined : work('wait_for_parts')),
    test: () => work('test'),
    send_out: () => app.run('work.sendOut', { ...one, ...away(say, target.today) }, technician),
    solve: () => {
      // A device that is said to work was tested, where its category has a test list.
      const tested = testDevice(app, technician, one)
      return app.run('repairs.solve', { ...solved, version: tested }, technician)
    },
    fail: () => app.run('repairs.fail', { ...one, findings: say.failed, codeIds }, technician),
    lock: () => app.run('repairs.lock', { ...one, reason: say.lock }, manager),
    hand_over: () => app.run('repairs.handOver', gone, counter),
    unreached: () => followUp({ kind: 'not_reached', nextTryOn: addDays(target.today, 2), note: say.note }),
    satisfied: () => followUp({ kind: 'satisfied', satisfaction: happy, note: '' }),
    dissatisfied: () => followUp({ kind: 'dissatisfied', satisfaction: 'dissatisfied', reason: say.unhappy }),
    verify: () => app.run('repairs.verify', many, manager),
    cancel: () => app.run('repairs.cancel', { ...many, reason: say.cancel }, manager),
    final_notice: () => tellLast(cash, job),
    dispose: () => sellJob(cash, job, version),
    mark_unclaimed: () => app.run('repairs.markUnclaimed', { ...one, reason: say.unclaimed }, manager),
  }
  const answer = acts[step]()
  const refused = typeof answer === 'object' && answer !== null && 'refused' in answer ? answer.refused : []
  if (Array.isArray(refused) && refused.length > 0) throw new Error(`${step}: ${JSON.stringify(refused)}`)
}
