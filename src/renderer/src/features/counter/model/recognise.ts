import { deviceName } from '@/components/device-name.ts'
import type { CustomerSummary } from '#contract/customers.ts'
import { isImei } from '#contract/fields.ts'
import { phoneDigits } from '#contract/names.ts'
import type { DeviceSummary, DeviceVisit } from '#contract/devices.ts'
import type { OutputOf } from '#contract/method-types.ts'
import type { RepairCard } from '#contract/repair-model.ts'
import type { IconName } from '@/components/index.ts'

/** What a text that nothing on file matches is taken for. */
export interface Hint {
  readonly field: 'serial' | 'imei1' | 'phone' | 'name'
  readonly text: string
}

/** What the clerk chose to begin with. */
export type Start =
  | { readonly kind: 'device'; readonly visit: DeviceVisit }
  | { readonly kind: 'customer'; readonly customer: CustomerSummary }
  | { readonly kind: 'repair'; readonly uid: string }
  | { readonly kind: 'new'; readonly hint: Hint }

/** One line under the box. */
export type Option =
  | { readonly kind: 'device'; readonly key: string; readonly device: DeviceSummary }
  | { readonly kind: 'customer'; readonly key: string; readonly customer: CustomerSummary }
  | { readonly kind: 'repair'; readonly key: string; readonly repair: RepairCard }
  | { readonly kind: 'new'; readonly key: string; readonly hint: Hint }

/** Serial, IMEI, phone or name: what a text looks like when nobody knows it yet. */
export function hintOf(text: string): Hint {
  const typed = text.trim()
  const digits = typed.replace(/\D/g, '')
  if (/^[\d\s-]+$/.test(typed) && isImei(digits)) return { field: 'imei1', text: digits }
  const phoneLike = /^\+?[\d\s().\-/]+$/.test(typed) && digits.length >= 7 && digits.length <= 14
  if (phoneLike) return { field: 'phone', text: typed }
  if (/^[\dA-Z][\dA-Z\-/.]{3,59}$/i.test(typed) && /\d/.test(typed)) return { field: 'serial', text: typed }
  return { field: 'name', text: typed }
}

/** The same where only a serial or an IMEI can be meant: what was scanned, or typed into a device's own box. */
export function codeHintOf(text: string): Hint {
  const hint = hintOf(text)
  return hint.field === 'imei1' ? hint : { field: 'serial', text: text.trim().slice(0, 60) }
}

/** True for a text that can be a serial or an IMEI at all. */
export function mayBeCode(text: string): boolean {
  return text.length <= 60 && /\d/.test(text) && text.replace(/[^\p{L}\p{N}]/gu, '').length >= 4
}

const mostRepairs = 4

/** The host's answer as lines: devices and customers to begin with, repairs to open, and a new one at the end. */
export function optionsOf(found: OutputOf<'search.find'>, hint: Hint): Option[] {
  return [
    ...found.devices.map((device): Option => ({ kind: 'device', key: `device ${device.uid}`, device })),
    ...found.customers.map((customer): Option => ({
      kind: 'customer',
      key: `customer ${customer.uid}`,
      customer,
    })),
    ...found.repairs
      .slice(0, mostRepairs)
      .map((repair): Option => ({ kind: 'repair', key: `repair ${repair.uid}`, repair })),
    { kind: 'new', key: 'new', hint },
  ]
}

/** The line that Enter may take without asking: the only one, or the one customer with exactly this phone. */
export function plainChoice(options: readonly Option[], text: string, country: string): Option | undefined {
  if (options.length === 1) return options[0]
  if (hintOf(text).field !== 'phone') return undefined
  const digits = phoneDigits(text, country)
  const same = options.filter(
    (option) => option.kind === 'customer' && phoneDigits(option.customer.phone ?? '', country) === digits,
  )
  return same.length === 1 ? same[0] : undefined
}

export function deviceTitle(device: Pick<DeviceSummary, 'brand' | 'model' | 'category'>): string {
  return deviceName(device)
}

/** How one line is drawn. */
export function shownOption(option: Option): { icon: IconName; title: string; detail: string } {
  const joined = (parts: readonly (string | null)[]): string => parts.filter(Boolean).join(' · ')
  switch (option.kind) {
    case 'device': {
      const { device } = option
      return {
        icon: 'Iphone',
        title: deviceTitle(device),
        detail: joined([device.serial || device.imei1, device.ownerName]),
      }
    }
    case 'customer': {
      const { customer } = option
      return {
        icon: customer.kind === 'company' ? 'OfficeBuilding' : 'User',
        title: customer.name,
        detail: customer.phone ?? '',
      }
    }
    case 'repair': {
      const { repair } = option
      return {
        icon: 'Tickets',
        title: repair.number,
        detail: joined([deviceTitle(repair), repair.customerName, repair.faultText]),
      }
    }
    case 'new':
      return { icon: 'Plus', title: '', detail: '' }
  }
}
