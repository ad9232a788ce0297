import { randomUUID } from 'node:crypto'
import type { InputOf } from '#contract/method-types.ts'
import { signIn, type RunningHost, type Seat } from '../../kit/host.ts'
import { intakeOf } from '../../kit/intake.ts'
import { openTestShop } from '../../kit/shop.ts'

type PartInput = InputOf<'stock.createPart'>['part']
export interface MadePart {
  readonly id: number
  readonly uid: string
  readonly number: string
}
export type Received = Awaited<ReturnType<Seat['client']['repairs']['receive']>>['repairs'][number]

/** A shop with parts on its shelves, made through its own methods. */
export interface PartsShop {
  readonly host: RunningHost
  readonly manager: Seat
  addPart(changes: Partial<PartInput> & { number: string }): Promise<MadePart>
  addShelf(name: string): Promise<number>
  /** Puts pieces on a shelf. */
  putIn(part: MadePart, pieces: number, binId: number, serials?: readonly string[]): Promise<void>
  receive(): Promise<Received>
  /** Brings a repair to the bench, where parts are asked for. */
  atBench(): Promise<Received>
  plan(repair: Received, part: MadePart, pieces: number): Promise<void>
  addLoaner(name: string): Promise<{ id: number; uid: string }>
}

export async function openPartsShop(language: 'zh-CN' | 'en' = 'en'): Promise<PartsShop> {
  const { host } = await openTestShop(language)
  const manager = await signIn(host, 'manager')
  const technician = await signIn(host, 'technician')
  const { stock, loaners, prices, repairs } = manager.client
  const command = () => ({ commandId: randomUUID() })
  const [taxCode] = await prices.taxCodes({})
  if (!taxCode) throw new Error('the shop has no tax code')

  async function receive(): Promise<Received> {
    const [repair] = (await repairs.receive({ ...command(), ...(await intakeOf(manager)) })).repairs
    if (!repair) throw new Error('nothing was received')
    return repair
  }

  return {
    host,
    manager,
    receive,
    async addPart(changes) {
      const part: PartInput = {
        zh: '',
        en: changes.number,
        barcode: '',
        models: '',
        unit: '',
        serialised: false,
        returnable: false,
        priceMinor: 10_000,
        taxCodeId: taxCode.id,
        warrantyMonths: 3,
        minimum: 0,
        maximum: null,
        binId: null,
        supersedesId: null,
        active: true,
        ...changes,
      }
      return { ...(await stock.createPart({ ...command(), part })), number: part.number }
    },
    addShelf: async (name) => (await stock.addBin({ ...command(), name })).id,
    async putIn({ id: partId }, pieces, binId, serials = []) {
      const line = { partId, quantity: pieces * 1000, unitCostMinor: 4_200, binId, serials: [...serials] }
      await stock.receive({ ...command(), supplier: 'Parts Direct', document: '', note: '', lines: [line] })
    },
    async atBench() {
      const repair = await receive()
      const { session } = await technician.client.session.state({})
      const engineerId = session?.user.id ?? 0
      await repairs.assign({ ...command(), repairs: [{ repairId: repair.id }], engineerId })
      await technician.client.repairs.work({
        ...command(),
        repairs: [{ repairId: repair.id }],
        action: 'start',
      })
      return repair
    },
    async plan({ id: repairId }, { id: partId }, pieces) {
      await stock.plan({ ...command(), repairId, partId, quantity: pieces * 1000, reserve: true })
    },
    addLoaner: (name) =>
      loaners.create({
        ...command(),
        loaner: {
          name,
          serial: `L-${name}`,
          valueMinor: 120_000,
          condition: 'Small scratch at the back, cable included',
          active: true,
        },
      }),
  }
}
