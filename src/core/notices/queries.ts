import type { Handler } from '../context.ts'
import { dayOf } from '../kernel/days.ts'
import { found } from '../kernel/app-error.ts'
import { moneyOfRepair } from '../billing/steps.ts'
import { repairCards } from '../repairs/views.ts'
import { disposalDay, dueNotice, storageFrom } from './notices.ts'
import {
  deviceName,
  finalNoticeAt,
  leftRepairs,
  noticesOf,
  readyRepairs,
  repairFacts,
  type ReadyRepair,
} from './views.ts'

export const listNotices: Handler<'notices.ofRepair'> = (ctx, { repairId }) => noticesOf(ctx.db, repairId)

/** What the window fills a notice's text with, in the customer's language. */
export const noticeFacts: Handler<'notices.facts'> = (ctx, { repairId }) => {
  const facts = found(repairFacts(ctx.db, repairId), 'repair')
  const { settings } = ctx
  const { storage, timeZone } = settings
  const language = facts.language ?? settings.defaultLanguage
  const readyOn = facts.processedAt === null ? null : dayOf(facts.processedAt, timeZone)
  const toldAt = finalNoticeAt(ctx.db, repairId)
  const finalOn = toldAt === undefined ? ctx.today : dayOf(toldAt, timeZone)
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
    // Who writes the final notice today promises the days from today on.
    disposalOn: readyOn === null ? null : disposalDay(readyOn, finalOn, storage),
  }
}

/** For a device nobody may collect any more only the last two stages are left. */
const lastStages: ReadonlySet<string> = new Set(['final', 'disposal'])

/** Whom the shop should tell something today and what it may dispose of, the longest overdue first. */
export const dueNotices: Handler<'notices.due'> = (ctx) => {
  const { storage, timeZone } = ctx.settings
  const dueOf = ({ told, ...ready }: ReadyRepair) => {
    const days = told.map(({ kind, at }) => ({ kind, on: dayOf(at, timeZone) }))
    return dueNotice({ ...ready, told: days }, storage, ctx.today, timeZone)
  }
  const ready = readyRepairs(ctx.db).map((row) => ({ row, due: dueOf(row) }))
  const left = leftRepairs(ctx.db)
    .map((row) => ({ row, due: dueOf(row) }))
    .filter(({ due }) => due !== null && lastStages.has(due.kind))
  const all = [...ready, ...left].flatMap(({ row, due }) => (due ? [{ row, due }] : []))
  const cards = new Map(
    repairCards(
      ctx.db,
      all.map(({ row }) => row.id),
    ).map((card) => [card.id, card]),
  )
  return all
    .flatMap(({ row, due }) => {
      const card = cards.get(row.id)
      if (!card) return []
      const { uid: repairUid, number: repairNumber, customerName, brand, model, category } = card
      return [{ repairUid, repairNumber, customerName, brand, model, category, ...due }]
    })
    .toSorted((a, b) =>
      a.dueOn === b.dueOn ? a.repairNumber.localeCompare(b.repairNumber) : a.dueOn < b.dueOn ? -1 : 1,
    )
}
