import { z } from 'zod'
import { methods } from './billing.ts'
import { amountMinor, at, changed, id, line, reason, text, uid, version } from './fields.ts'
import { command, query } from './method.ts'
import { positiveMinor, signedMinor, totalMinor } from './money.ts'

/** What becomes of a device nobody collects (domain §3.2 "unclaimed"). */
export const disposalKinds = ['sold', 'recycled', 'donated', 'kept_for_parts'] as const
export type DisposalKind = (typeof disposalKinds)[number]

/** A device that goes to somebody else goes without the owner's data. */
export const kindsLeavingTheShop: readonly DisposalKind[] = ['sold', 'donated']

const receipt = z.object({ uid, number: z.string() })

export const disposal = z.object({
  id,
  uid,
  repairId: id,
  at,
  on: z.string(),
  by: z.string().nullable(),
  kind: z.enum(disposalKinds),
  buyer: z.string(),
  note: z.string(),
  /** What the buyer paid, and what selling cost; zero unless sold. */
  proceedsMinor: totalMinor,
  costsMinor: totalMinor,
  /** The receipt of what was left of the proceeds. */
  receipt: receipt.nullable(),
  voided: z.object({ at, by: z.string().nullable(), reason: z.string() }).nullable(),
})
export type Disposal = z.output<typeof disposal>

/** Whether a device may be disposed of now. */
export const disposalStanding = z.object({
  /** Ready or given up as unclaimed, and still on the shelf. */
  possible: z.boolean(),
  /** The day the owner had the final notice; null: not yet. */
  finalOn: z.string().nullable(),
  /** The first day on which it needs no special reason; null while the device is not ready. */
  from: z.string().nullable(),
  /** The final notice was given and the days are over. */
  due: z.boolean(),
  /** What the owner owes for the repair with the storage so far, less what is held; below zero is owed to the owner. */
  dueMinor: signedMinor,
})

export const disposalsContract = {
  /** Every disposal of a repair's device, void ones too, the newest first. */
  ofRepair: query(
    'repairs.read',
    { repairId: id },
    z.object({ standing: disposalStanding, disposals: z.array(disposal) }),
  ),
  /**
   * The device leaves the shelf for good. Before the final notice was given and the shop's days are over only with a
   * reason. What a sale brings, less its costs, is held for the owner.
   */
  dispose: command(
    'repairs.dispose',
    {
      repairId: id,
      version,
      kind: z.enum(disposalKinds),
      buyer: line(120),
      note: text(500),
      /** The person has said that no data of the owner is left on it. */
      mediaWiped: z.boolean(),
      /** Why it goes before its time; empty when it does not. */
      earlyReason: text(300),
      /** Only, and always, with `sold`. */
      sale: z
        .strictObject({
          proceedsMinor: positiveMinor,
          costsMinor: amountMinor,
          method: z.enum(methods),
          reference: line(80),
          /** Bill the owner's storage and whatever is not billed, and pay it out of the proceeds. */
          payFees: z.boolean(),
        })
        .nullable(),
    },
    z.object({
      id,
      version,
      uid,
      receipt: receipt.nullable(),
      /** What is held for the owner afterwards. */
      surplusMinor: totalMinor,
    }),
  ),
  /** It never happened: the money goes back, the device is unclaimed on the shelf again. */
  void: command('repairs.dispose', { disposalId: id, reason: reason(300) }, changed),
}
