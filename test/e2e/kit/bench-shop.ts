import { randomUUID } from 'node:crypto'
import { signIn, type RunningHost, type Seat } from '../../kit/host.ts'
import { intakeOf } from '../../kit/intake.ts'
import { openTestShop } from '../../kit/shop.ts'

export type Received = Awaited<ReturnType<Seat['client']['repairs']['receive']>>['repairs'][number]
type Step = 'start' | 'repair' | 'test'

/** A shop with one technician, and repairs brought as far as a test needs them, through the shop's own methods. */
export interface BenchShop {
  readonly host: RunningHost
  readonly manager: Seat
  readonly technicianId: number
  receive(changes?: { priority?: 'urgent' | 'low' }): Promise<Received>
  /** Received and given to the technician. */
  assigned(changes?: { priority?: 'urgent' | 'low' }): Promise<Received>
  assign(repair: Received, engineerId: number): Promise<void>
  /** Steps on the bench by the technician. */
  work(repair: Received, ...steps: Step[]): Promise<void>
  stateOf(repair: Received): Promise<string>
}

export async function openBenchShop(): Promise<BenchShop> {
  const { host } = await openTestShop()
  const manager = await signIn(host, 'manager')
  const technician = await signIn(host, 'technician')
  const technicianId = await idOf(technician)

  async function receive(changes = {}): Promise<Received> {
    const intake = await intakeOf(manager)
    for (const item of intake.items) Object.assign(item.visit, changes)
    const { repairs } = await manager.client.repairs.receive({ commandId: randomUUID(), ...intake })
    const [repair] = repairs
    if (!repair) throw new Error('nothing was received')
    return repair
  }

  async function assign({ id }: Received, engineerId: number): Promise<void> {
    const repairs = [{ repairId: id }]
    await manager.client.repairs.assign({ commandId: randomUUID(), repairs, engineerId })
  }

  return {
    host,
    manager,
    technicianId,
    receive,
    assign,
    async assigned(changes) {
      const repair = await receive(changes)
      await assign(repair, technicianId)
      return repair
    },
    async work({ id }, ...steps) {
      for (const action of steps) {
        const repairs = [{ repairId: id }]
        await technician.client.repairs.work({ commandId: randomUUID(), repairs, action })
      }
    },
    stateOf: async ({ uid }) => (await manager.client.repairs.get({ uid })).state,
  }
}

/** The id of whoever sits at a seat. */
export async function idOf(seat: Seat): Promise<number> {
  const { session } = await seat.client.session.state({})
  if (!session) throw new Error('nobody is signed in at this seat')
  return session.user.id
}
