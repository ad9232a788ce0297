import { randomUUID } from 'node:crypto'
import type { DemoCash, DemoJob } from './demo-cash.ts'

/** A device nobody came for: the final notice, its sale, and what is left of it for the owner. */

const words = {
  'zh-CN': {
    final: '多次通知后仍未取机，这是最后通知。到期未取，机器将按条款处置。',
    early: '机主书面放弃机器。',
    buyer: '绿源二手数码',
  },
  en: {
    final:
      'We have asked you several times. This is our final notice: the device may be disposed of by our terms.',
    early: 'The owner gave the device up in writing.',
    buyer: 'Green Source Second Hand',
  },
} as const

export function tellLast({ app, counter, language }: DemoCash, { repairId }: DemoJob): void {
  const letter = { kind: 'final', channel: 'print', language, address: null, subject: '' } as const
  const body = words[language].final
  app.run('notices.record', { commandId: randomUUID(), repairId, ...letter, body }, counter)
}

/** Sold for more than the repair and its storage cost: the rest is owed to the owner. */
export function sellJob(cash: DemoCash, { repairId }: DemoJob, version: number): void {
  const { app, manager, language } = cash
  const { early, buyer } = words[language]
  const { dueMinor } = app.run('charges.ofRepair', { repairId }, manager)
  const proceedsMinor = Math.max(0, dueMinor) + 68_000
  const sale = { proceedsMinor, costsMinor: 3000, method: 'transfer', reference: '', payFees: true } as const
  const target = { commandId: randomUUID(), repairId, version, kind: 'sold' as const }
  app.run(
    'disposals.dispose',
    { ...target, buyer, note: '', mediaWiped: true, earlyReason: early, sale },
    manager,
  )
}
