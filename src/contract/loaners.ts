import { z } from 'zod'
import { amountMinor, at, changed, id, line, name, on, text, uid, version } from './fields.ts'
import { command, query } from './method.ts'

/** Devices the shop lends while it repairs; each lending is a move on the goods ledger. */
const loanerFields = {
  name: name(120),
  serial: line(60),
  valueMinor: amountMinor,
  condition: text(500),
  active: z.boolean(),
}
export const loanerInput = z.strictObject(loanerFields)
export type LoanerInput = z.output<typeof loanerInput>

export const loan = z.object({
  id,
  uid,
  version,
  loanerId: id,
  loanerUid: uid,
  loanerName: z.string(),
  serial: z.string(),
  repairId: id,
  repairUid: uid,
  repairNumber: z.string(),
  customerName: z.string().nullable(),
  lentAt: at,
  lentBy: z.string().nullable(),
  dueOn: z.string(),
  conditionOut: z.string(),
  signatureUid: uid.nullable(),
  returnedAt: at.nullable(),
  returnedTo: z.string().nullable(),
  conditionIn: z.string(),
})
export type Loan = z.output<typeof loan>

export const loaner = z.object({ id, uid, version, ...loanerFields, name: z.string(), out: loan.nullable() })
export type Loaner = z.output<typeof loaner>

export const loanersContract = {
  list: query(
    'repairs.read',
    { only: z.enum(['free', 'out', 'overdue']).optional(), includeInactive: z.boolean().optional() },
    z.array(loaner),
  ),
  ofRepair: query('repairs.read', { repairId: id }, z.array(loan)),
  create: command('stock.manage', { loaner: loanerInput }, z.object({ id, uid, version })),
  update: command('stock.manage', { loanerId: id, version, loaner: loanerInput }, changed),
  lend: command(
    'loaners.lend',
    { loanerId: id, repairId: id, dueOn: on, conditionOut: text(500), signatureUid: uid.nullable() },
    z.object({ id, uid, version }),
  ),
  takeBack: command('loaners.lend', { loanId: id, version, conditionIn: text(500) }, changed),
}
