import { sampleAt, sampleDay, sampleUid } from './sample-repair.ts'
import type { Pick } from './sample-repair.ts'
import type { DisposalData } from './types.ts'

type Sample = Omit<DisposalData, 'kind' | 'language' | 'size' | 'shop' | 'repair' | 'customer'>

/** A device sold after the final notice, with a fee paid out of it and the rest held for its owner. */
export function sampleDisposal(say: Pick): Sample {
  const notice = (kind: 'ready' | 'final', day: number, channel: 'phone' | 'print') => ({
    kind,
    channel,
    address: '',
    state: 'done' as const,
    createdAt: sampleAt + day * sampleDay,
  })
  return {
    disposal: {
      id: 1,
      uid: sampleUid,
      repairId: 1,
      at: sampleAt + 90 * sampleDay,
      on: '2026-06-08',
      by: say('王前台', 'Kim Counter'),
      kind: 'sold',
      buyer: say('示例二手店', 'Example Second Hand'),
      note: '',
      proceedsMinor: 60_000,
      costsMinor: 3000,
      receipt: { uid: sampleUid, number: 'R2026-00042' },
      voided: null,
    },
    notices: [notice('ready', 4, 'phone'), notice('final', 40, 'print')],
    money: { depositMinor: 37_000, openMinor: 0, payments: [] },
    paid: [{ number: '2026000042', amountMinor: 20_000 }],
    given: [],
    wiped: true,
  }
}
