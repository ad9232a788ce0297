import type { Handler } from '../context.ts'
import { addDays, dayOf } from '../kernel/days.ts'
import { found } from '../kernel/app-error.ts'
import { moneyOfRepair } from '../billing/steps.ts'
import { dueNotice, storageFrom } from './notices.ts'
import { deviceName, noticesOf, readyRepairs, repairFacts } from './views.ts'

export const listNotices: Handler<'notices.ofRepair'> = (ctx, { repairId }) => noticesOf(ctx.db, repairId)

/** What the window fills a notice's text with, in the customer's language. */
export const noticeFacts: Handler<'notices.facts'> = (ctx, { repairId }) => {
  const facts = found(repairFacts(ctx.db, repairId), 'repair')
  const { settings } = ctx
  const { storage, timeZone } = settings
  const language = facts.language ?? settings.defaultLanguage
  const readyOn = facts.processedAt === null ? null : dayOf(facts.processedAt, timeZone)
  return {
    customerName: facts.customerName ?? '',
    email: facts.email,
    language,
    number: facts.number,
    device: deviceName(facts, language),
    dueMinor: moneyOfRepair(ctx, { repairId }).dueMinor,
    currency: settings.currency,
    shopName: settings.name,
    shopPhone: settings.phone,
    shopAddress: settings.address,
    readyOn,
    storageFrom: storageFrom(facts.processedAt, storage, timeZone),
    disposalOn: readyOn === null ? null : addDays(readyOn, storage.disposalDays),
  }
}

/** Whom the shop should tell something today, the longest overdue first. */
export const dueNotices: Handler<'notices.due'> = (ctx) => {
  const { storage, timeZone } = ctx.settings
  return readyRepairs(ctx.db)
    .flatMap((ready) => {
      const due = dueNotice(ready, storage, ctx.today, timeZone)
      const facts = due && repairFacts(ctx.db, ready.id)
      if (!due || !facts) return []
      const device = deviceName(facts, ctx.settings.defaultLanguage)
      const { uid: repairUid, number: repairNumber } = ready
      return [{ repairUid, repairNumber, customerName: facts.customerName, device, ...due }]
    })
    .toSorted((a, b) =>
      a.dueOn === b.dueOn ? a.repairNumber.localeCompare(b.repairNumber) : a.dueOn < b.dueOn ? -1 : 1,
    )
}
