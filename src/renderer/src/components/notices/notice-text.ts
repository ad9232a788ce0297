import type { Language } from '#contract/fields.ts'
import type { NoticeFacts, NoticeKind } from '#contract/notices.ts'
import { minorDigits } from '@/app/format.ts'
import { translate } from '@/app/i18n.ts'

/** The words of a notice, in the customer's language and not the window's; a person may change them before it goes. */

function day(on: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { timeZone: 'UTC', dateStyle: 'long' }).format(
    Date.parse(`${on}T00:00:00Z`),
  )
}

function money(minor: number, currency: string, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(
    minor / 10 ** minorDigits(currency),
  )
}

export interface NoticeText {
  readonly subject: string
  readonly body: string
}

/** Leaves out every line about something that is not so: no amount due, no storage fee, no address. */
export function noticeText(kind: NoticeKind, facts: NoticeFacts, language: Language): NoticeText {
  const say = (key: string, named: Record<string, string> = {}) =>
    translate(`notices.text.${key}`, named, { locale: language })
  const { number, device, shopName } = facts
  const lines = [
    facts.customerName === '' ? say('greetingAnybody') : say('greeting', { name: facts.customerName }),
    '',
    say(`${kind}Body`, { number, device }),
  ]
  if (kind !== 'quote' && kind !== 'other') {
    if (facts.dueMinor > 0)
      lines.push(say('due', { amount: money(facts.dueMinor, facts.currency, language) }))
    if (facts.storageFrom) lines.push(say('storage', { day: day(facts.storageFrom, language) }))
    if (kind === 'final' && facts.disposalOn)
      lines.push(say('disposal', { day: day(facts.disposalOn, language) }))
    lines.push(say('bring'))
  }
  const signature = [shopName, facts.shopPhone, facts.shopAddress].filter((line) => line !== '')
  return {
    subject: say(`${kind}Subject`, { number, device, shop: shopName }),
    body: [...lines, '', ...signature].join('\n'),
  }
}
