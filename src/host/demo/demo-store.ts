import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '#contract/fields.ts'
import type { Actor, App } from '#core/app.ts'

/** The demonstration's shelves, parts and loaners (resources/demo/store.json). */
interface StoreData {
  readonly bins: readonly string[]
  readonly parts: readonly DemoPart[]
  readonly labour: { zh: string; en: string; priceMinor: number; standardMinutes: number }
  /** What an hour costs, and what is asked for items that take no time of their own. */
  readonly hourMinor: number
  readonly surchargeMinor: number
  readonly loaners: readonly { zh: string; en: string; serial: string; valueMinor: number }[]
}

interface DemoPart {
  readonly number: string
  readonly zh: string
  readonly en: string
  readonly models: string
  readonly bin: string
  readonly priceMinor: number
  readonly costMinor: number
  readonly pieces: number
  readonly minimum: number
  readonly months: number
  readonly serialised?: boolean
  /** Problem types it cures. */
  readonly problems: readonly string[]
}

/** What a repair of the demonstration may be quoted with. */
export interface DemoStore {
  readonly taxCodeId: number
  readonly labour: StoreData['labour']
  readonly loaners: readonly number[]
  partFor(problem: string): (DemoPart & { readonly id: number }) | undefined
}

const piece = 1000

function supplierOf(language: Language): string {
  return language === 'zh-CN' ? '华强配件行' : 'Huaqiang Parts'
}

/** Puts the parts on the shelves, as a delivery would. */
export function stockDemo(
  app: App,
  root: string,
  language: Language,
  storekeeper: Actor,
  owner: Actor,
): DemoStore {
  const file = join(root, 'resources', 'demo', 'store.json')
  const data = JSON.parse(readFileSync(file, 'utf8')) as StoreData
  const [tax] = app.run('prices.taxCodes', {}, owner)
  if (!tax) throw new Error('the demonstration has a tax code')
  priceLabour(app, data, owner)
  const existing = app.run('stock.places', { kinds: ['bin'] }, owner)
  const bins = new Map(existing.map((bin) => [bin.name, bin.id]))
  for (const name of data.bins) {
    if (bins.has(name)) continue
    bins.set(name, app.run('stock.addBin', { commandId: randomUUID(), name }, storekeeper).id)
  }
  const parts = data.parts.map((part) => ({ ...part, ...addPart(app, part, tax.id, bins, storekeeper) }))
  const delivered = parts.filter((part) => part.pieces > 0)
  const lines = delivered.map((part) => ({
    partId: part.id,
    quantity: part.pieces * piece,
    unitCostMinor: part.costMinor,
    binId: bins.get(part.bin) ?? 0,
    serials: part.serialised
      ? Array.from({ length: part.pieces }, (_, n) => `${part.number}-${1001 + n}`)
      : [],
  }))
  const supplier = supplierOf(language)
  const receipt = { commandId: randomUUID(), supplier, document: 'HQ-20260901', note: '', lines }
  app.run('stock.receive', receipt, storekeeper)
  const loaners = data.loaners.map(({ zh, en, serial, valueMinor }) => {
    const name = language === 'zh-CN' ? zh : en
    const loaner = { name, serial, valueMinor, condition: '', active: true }
    return app.run('loaners.create', { commandId: randomUUID(), loaner }, storekeeper).id
  })
  return {
    taxCodeId: tax.id,
    labour: data.labour,
    loaners,
    partFor: (problem) => parts.find((part) => part.problems.includes(problem)),
  }
}

/** Every labour item costs its standard time by the hour, in whole tens as a shop's price board has them. */
function priceLabour(app: App, { hourMinor, surchargeMinor }: StoreData, owner: Actor): void {
  const tens = 1000
  for (const { id: serviceId, uid: _uid, version, label: _label, ...fields } of app.run(
    'prices.services',
    {},
    owner,
  )) {
    const timed = Math.ceil((fields.standardMinutes * hourMinor) / 60 / tens) * tens
    const service = { ...fields, priceMinor: timed || surchargeMinor, warrantyMonths: timed ? 3 : 0 }
    app.run('prices.updateService', { commandId: randomUUID(), serviceId, version, service }, owner)
  }
}

function addPart(
  app: App,
  part: DemoPart,
  taxCodeId: number,
  bins: ReadonlyMap<string, number>,
  storekeeper: Actor,
): { id: number } {
  const { number, zh, en, models, priceMinor } = part
  const input = {
    number,
    zh,
    en,
    barcode: '',
    models,
    unit: '',
    serialised: part.serialised ?? false,
    returnable: false,
    priceMinor,
    taxCodeId,
    warrantyMonths: part.months,
    minimum: part.minimum * piece,
    maximum: null,
    binId: bins.get(part.bin) ?? null,
    supersedesId: null,
    active: true,
  }
  return { id: app.run('stock.createPart', { commandId: randomUUID(), part: input }, storekeeper).id }
}
