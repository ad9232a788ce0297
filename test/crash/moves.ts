import { randomUUID } from 'node:crypto'
import type { RepairAction } from '#contract/repair-states.ts'
import type { Seat } from '../kit/host.ts'
import { told, type Book, type Sent } from './book.ts'
import type { Shop } from './load.ts'
import { below, pick } from './random.ts'

type Repair = Awaited<ReturnType<Seat['client']['repairs']['get']>>
type Changed = { readonly id: number; readonly version: number }

/** A move as a seat that has read the repair would ask for it. */
interface Asked {
  readonly action: RepairAction
  readonly method: string
  send(seat: Seat, commandId: string): Promise<Changed | undefined>
}

const reason = 'tried under load'

type Step = Parameters<Seat['client']['repairs']['work']>[0]['action']

function worked({ id, version }: Repair, action: Step): Asked {
  return {
    action,
    method: 'repairs.work',
    async send(seat, commandId) {
      const repairs = [{ repairId: id, version }]
      return (await seat.client.repairs.work({ commandId, repairs, action, reason })).done[0]
    },
  }
}

function assigned({ id, version, locked }: Repair, engineerId: number): Asked {
  const target = { repairId: id, version }
  if (locked !== null) {
    const resolution = { kind: 'reassign' as const, engineerId, reason }
    return {
      action: 'unlock_reassign',
      method: 'repairs.unlock',
      send: (seat, commandId) => seat.client.repairs.unlock({ commandId, ...target, resolution }),
    }
  }
  return {
    action: 'assign',
    method: 'repairs.assign',
    async send(seat, commandId) {
      return (await seat.client.repairs.assign({ commandId, repairs: [target], engineerId })).done[0]
    },
  }
}

function paused({ id, version, state }: Repair): Asked {
  const repairs = [{ repairId: id, version }]
  if (state === 'suspended')
    return {
      action: 'resume',
      method: 'repairs.resume',
      async send(seat, commandId) {
        return (await seat.client.repairs.resume({ commandId, repairs })).done[0]
      },
    }
  return {
    action: 'suspend',
    method: 'repairs.suspend',
    async send(seat, commandId) {
      const wake = { reasonId: null, reason, wakeOn: '2099-01-01' }
      return (await seat.client.repairs.suspend({ commandId, repairs, ...wake })).done[0]
    },
  }
}

function ended({ id, version }: Repair, how: 'solve' | 'fail'): Asked {
  const found = { repairId: id, version, findings: reason, codeIds: [] }
  if (how === 'fail')
    return {
      action: 'fail',
      method: 'repairs.fail',
      send: (seat, commandId) => seat.client.repairs.fail({ commandId, ...found }),
    }
  const outcome = pick(['repaired', 'no_fault_found', 'not_repairable'] as const) ?? 'repaired'
  return {
    action: 'solve',
    method: 'repairs.solve',
    send: (seat, commandId) => seat.client.repairs.solve({ commandId, ...found, outcome, knownDefects: [] }),
  }
}

function handedOver({ id, version }: Repair): Asked {
  return {
    action: 'hand_over',
    method: 'repairs.handOver',
    send: (seat, commandId) =>
      seat.client.repairs.handOver({
        commandId,
        repairId: id,
        version,
        collectedBy: 'The customer',
        signatureUid: null,
        noSignatureReason: 'other',
        noSignatureNote: reason,
        returnedAccessoryIds: [],
        accessoriesKeptConfirmed: false,
        note: '',
      }),
  }
}

function calledBack({ id, version }: Repair): Asked {
  const satisfied = below(4) > 0
  const result = satisfied
    ? { kind: 'satisfied' as const, satisfaction: 'satisfied' as const, note: '' }
    : { kind: 'dissatisfied' as const, satisfaction: 'dissatisfied' as const, reason }
  return {
    action: satisfied ? 'follow_up_satisfied' : 'follow_up_dissatisfied',
    method: 'repairs.followUp',
    send: (seat, commandId) => seat.client.repairs.followUp({ commandId, repairId: id, version, result }),
  }
}

function verified({ id, version }: Repair): Asked {
  return {
    action: 'verify',
    method: 'repairs.verify',
    async send(seat, commandId) {
      const repairs = [{ repairId: id, version }]
      return (await seat.client.repairs.verify({ commandId, repairs })).done[0]
    },
  }
}

/** What may come next, the way forward more often than the others. */
function ways(repair: Repair, shop: Shop): readonly Asked[] {
  const work = (action: Step) => worked(repair, action)
  const repairing = work('repair')
  switch (repair.state) {
    case 'waiting':
      return [assigned(repair, shop.engineerId)]
    case 'suspended':
      return [paused(repair)]
    case 'assigned':
      return [work('start'), work('start'), paused(repair)]
    case 'diagnosing':
      return [
        repairing,
        repairing,
        work('request_approval'),
        work('wait_for_parts'),
        ended(repair, 'solve'),
        ended(repair, 'fail'),
      ]
    case 'awaiting_approval':
    case 'awaiting_parts':
      return [repairing, repairing, work('diagnose_again')]
    case 'in_repair':
      return [work('test'), ended(repair, 'solve'), work('wait_for_parts')]
    case 'testing':
      return [ended(repair, 'solve'), ended(repair, 'solve'), repairing]
    case 'processed':
      return [handedOver(repair)]
    case 'collected':
      return [calledBack(repair)]
    case 'closed':
      return repair.verifiedAt === null ? [verified(repair)] : []
    default:
      return []
  }
}

/** What was taken from the shelf has its place before the device is tested or ready. */
async function settlePart(book: Book, seat: Seat, { id, state }: Repair): Promise<Sent | null> {
  if (state !== 'in_repair' && state !== 'testing') return null
  const open = (await seat.client.stock.ofRepair({ repairId: id })).find((one) => one.state === 'issued')
  if (!open) return null
  const commandId = randomUUID()
  const line = { repairPartId: open.id, version: open.version, quantity: null, serial: '', oldSerial: '' }
  const used = { ...line, result: 'used' as const, reason: '', personId: null, binId: null }
  return {
    commandId,
    async run(one) {
      await told(book, 'stock.settle', commandId, one.client.stock.settle({ commandId, ...used }))
    },
  }
}

/** Reads a repair as its page does and decides what comes next; null where nothing more happens. */
export async function chooseMove(
  book: Book,
  seat: Seat,
  { uid }: { readonly uid: string },
  shop: Shop,
): Promise<Sent | null> {
  const repair = await seat.client.repairs.get({ uid })
  const part = await settlePart(book, seat, repair)
  if (part) return part
  const asked = pick(ways(repair, shop))
  if (!asked) return null
  const { action, method } = asked
  const commandId = randomUUID()
  return {
    commandId,
    async run(one) {
      const done = await told(book, method, commandId, asked.send(one, commandId))
      if (done) book.moves.push({ repairId: repair.id, action, seen: repair.version, version: done.version })
    },
  }
}
