import type { FieldError } from '#contract/errors.ts'
import type { InputOf } from '#contract/method-types.ts'
import { amountOf, onePiece } from '#contract/money.ts'
import type { Part } from '#contract/stock.ts'
import type { GivenInput } from '@/client/index.ts'
import { sameCode } from '../codes.ts'

/** A receipt as it is being scanned, before it is saved. */

/** What a line must know of its part; the rest may change while goods are unpacked. */
export type ReceiptPart = Pick<
  Part,
  'id' | 'uid' | 'number' | 'label' | 'unit' | 'serialised' | 'costMinor' | 'binId'
>

export interface ReceiptLine {
  /** Names the line in field paths: other lines come and go around it. */
  readonly key: number
  readonly part: ReceiptPart
  quantity: number | null
  unitCostMinor: number | null
  binId: number | null
  serials: string[]
}

export interface Receipt {
  supplier: string
  document: string
  note: string
  /** The line scanned last stands first. */
  lines: ReceiptLine[]
}

export function blankReceipt(): Receipt {
  return { supplier: '', document: '', note: '', lines: [] }
}

export function isEmpty({ supplier, document, note, lines }: Receipt): boolean {
  return lines.length === 0 && [supplier, document, note].every((text) => text.trim() === '')
}

function partOf({ id, uid, number, label, unit, serialised, costMinor, binId }: Part): ReceiptPart {
  return { id, uid, number, label, unit, serialised, costMinor, binId }
}

/** Counts a scanned part: its line rises by a piece, or begins. A serialised part counts by its serials. */
export function takePart(receipt: Receipt, part: Part, shelfId: number | null): ReceiptLine {
  const old = receipt.lines.find((line) => line.part.id === part.id)
  if (old && !part.serialised) old.quantity = (old.quantity ?? 0) + onePiece
  const line = old ?? {
    key: 1 + Math.max(0, ...receipt.lines.map(({ key }) => key)),
    part: partOf(part),
    quantity: part.serialised ? null : onePiece,
    unitCostMinor: part.costMinor > 0 ? part.costMinor : null,
    binId: part.binId ?? shelfId,
    serials: [],
  }
  // The newest line is where the eyes are.
  receipt.lines.splice(0, receipt.lines.length, line, ...receipt.lines.filter((one) => one !== old))
  return receipt.lines[0] ?? line
}

export function hasSerial(receipt: Receipt, serial: string): boolean {
  return receipt.lines.some(({ serials }) => serials.some((one) => sameCode(one, serial)))
}

export function quantityOf(line: ReceiptLine): number | null {
  return line.part.serialised ? line.serials.length * onePiece || null : line.quantity
}

/** What the goods cost together; lines without a quantity or a cost count nothing. */
export function costOf({ lines }: Receipt): number {
  return lines.reduce((sum, line) => sum + amountOf(quantityOf(line) ?? 0, line.unitCostMinor ?? 0), 0)
}

type Input = GivenInput<'stock.receive'>

/** The input of the command with its lines in the order they were begun, or what is missing for it. */
export function inputOf(receipt: Receipt): { input: Input } | { missing: FieldError[] } {
  const missing: FieldError[] = []
  const lines: InputOf<'stock.receive'>['lines'] = []
  for (const line of inOrder(receipt)) {
    const { part, unitCostMinor, binId, serials } = line
    const quantity = quantityOf(line)
    const required = (name: string): void => {
      missing.push({ path: pathOf(line, name), code: 'field.required' })
    }
    if (quantity === null) required(part.serialised ? 'serials' : 'quantity')
    if (unitCostMinor === null) required('unitCostMinor')
    if (binId === null) required('binId')
    if (quantity === null || unitCostMinor === null || binId === null) continue
    lines.push({ partId: part.id, quantity, unitCostMinor, binId, serials: [...serials] })
  }
  if (receipt.lines.length === 0) missing.push({ path: 'scan', code: 'field.required' })
  const { supplier, document, note } = receipt
  if (supplier.trim() === '') missing.push({ path: 'supplier', code: 'field.required' })
  return missing.length > 0 ? { missing } : { input: { supplier, document, note, lines } }
}

export function pathOf({ key }: ReceiptLine, name: string): string {
  return `lines.${key}.${name}`
}

/** The host's errors name lines by their place in the input; the page's fields by their key. */
export function ownErrors(receipt: Receipt, fields: readonly FieldError[]): FieldError[] {
  const order = inOrder(receipt)
  return fields.map((field) => {
    const [, index, rest = ''] = /^lines\.(\d+)(?:\.(.*))?$/.exec(field.path) ?? []
    const line = index === undefined ? undefined : order[Number(index)]
    if (!line) return field
    const shown = rest === 'partId' || rest === '' ? 'quantity' : rest
    const name = line.part.serialised && shown === 'quantity' ? 'serials' : shown
    return { ...field, path: pathOf(line, name) }
  })
}

function inOrder({ lines }: Receipt): ReceiptLine[] {
  return lines.toSorted((a, b) => a.key - b.key)
}
