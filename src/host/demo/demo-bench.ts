import { randomUUID } from 'node:crypto'
import { onlyCustomer } from '#contract/charges.ts'
import type { Language } from '#contract/fields.ts'
import { addDays, type Actor, type App } from '#core/app.ts'

/** What the demonstration's technicians do besides moving a repair on, through the commands a person would use. */

const words = {
  'zh-CN': {
    findings: '拆机检测：电池鼓包，屏幕排线松动，主板正常。',
    good: { title: '原厂电池', quality: '原厂件', line: '更换电池（原厂）' },
    plain: { title: '兼容电池', quality: '品牌兼容件', line: '更换电池（兼容）' },
  },
  en: {
    findings: 'Opened and checked: battery swollen, display cable loose, mainboard in order.',
    good: { title: 'Original battery', quality: 'original part', line: 'Battery replacement (original)' },
    plain: {
      title: 'Compatible battery',
      quality: 'brand-name part',
      line: 'Battery replacement (compatible)',
    },
  },
} as const

/** Says what was found, writes a quote of two options and sends it; the repair then waits for the customer. */
export function askCustomer(
  app: App,
  technician: Actor,
  language: Language,
  repair: { id: number; version: number; today: string; codeIds: readonly number[] },
): void {
  const say = words[language]
  const { id: repairId, version, today, codeIds } = repair
  const found = { repairId, version, findings: say.findings, codeIds: [...codeIds] }
  app.run('work.recordFindings', { commandId: randomUUID(), ...found }, technician)
  const taxes = app.run('prices.taxCodes', {}, technician)
  const taxCodeId = (taxes.find(({ isDefault }) => isDefault) ?? taxes[0])?.id
  if (taxCodeId === undefined) throw new Error('the demonstration has tax codes')
  const offer = (
    { title, quality, line }: (typeof say)['good' | 'plain'],
    days: number,
    unitMinor: number,
  ) => ({
    title,
    quality,
    days,
    lines: [
      {
        kind: 'labour' as const,
        serviceId: null,
        partId: null,
        description: line,
        quantity: 1000,
        unitMinor,
        discountMinor: 0,
        taxCodeId,
        shares: [...onlyCustomer],
        standardMinutes: 40,
        warrantyMonths: 6,
      },
    ],
  })
  const options = [offer(say.good, 2, 39_900), offer(say.plain, 1, 19_900)]
  const terms = { validUntil: addDays(today, 14), note: '', benchFeeMinor: 5000 }
  const quote = { commandId: randomUUID(), repairId, draft: null, ...terms, options }
  const { id: quoteId, version: seen } = app.run('quotes.save', quote, technician)
  const send = { commandId: randomUUID(), quoteId, version: seen, way: 'message' as const }
  app.run('quotes.send', send, technician)
}

/** The customer calls back and takes the first option of the quote they were sent. */
export function answerYes(app: App, counter: Actor, repairId: number, by: string): void {
  const { quotes } = app.run('quotes.ofRepair', { repairId }, counter)
  const sent = quotes.find(({ state }) => state === 'sent')
  if (!sent) return
  const answer = { optionNo: 1, by, way: 'phone' as const, signatureUid: null, note: '' }
  const approval = { commandId: randomUUID(), quoteId: sent.id, version: sent.version, ...answer }
  app.run('quotes.approve', approval, counter)
}

/** Goes through the whole test list of a repair, everything in order; answers the repair's version after it. */
export function testDevice(
  app: App,
  technician: Actor,
  target: { repairId: number; version: number },
): number {
  const { repairId, version } = target
  const list = app.run('work.testList', { repairId }, technician)
  if (list.length === 0) return version
  const results = list.map(({ itemId }) => ({ itemId, result: 'passed' as const, note: '' }))
  const test = { commandId: randomUUID(), repairId, version, results, note: '' }
  return app.run('work.recordTest', test, technician).version
}
