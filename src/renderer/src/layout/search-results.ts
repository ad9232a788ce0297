import { deviceName } from '@/components/device-name.ts'
import type { OutputOf } from '#contract/method-types.ts'
import type { RouteLocationRaw } from 'vue-router'
import { links } from '@/app/links.ts'
import type { IconName } from '@/components/index.ts'
import type { RepairState } from '#contract/repair-states.ts'

/** One line of the search box's list. */
export interface Hit {
  readonly key: string
  readonly group: 'repairs' | 'customers' | 'devices'
  readonly icon: IconName
  readonly title: string
  readonly detail: string
  readonly state?: RepairState
  readonly to: RouteLocationRaw
}

const joined = (parts: readonly (string | null | undefined)[]): string => parts.filter(Boolean).join(' · ')

/** The host's answer as lines, in its order: repairs, customers, devices. */
export function hitsOf(found: OutputOf<'search.find'>): Hit[] {
  return [
    ...found.repairs.map((repair): Hit => ({
      key: `repair ${repair.uid}`,
      group: 'repairs',
      icon: 'Tickets',
      title: repair.number,
      detail: joined([deviceName(repair), repair.customerName, repair.faultText]),
      state: repair.state,
      to: links.repair(repair.uid),
    })),
    ...found.customers.map((customer): Hit => ({
      key: `customer ${customer.uid}`,
      group: 'customers',
      icon: customer.kind === 'company' ? 'OfficeBuilding' : 'User',
      title: customer.name,
      detail: customer.phone ?? '',
      to: links.customer(customer.uid),
    })),
    ...found.devices.map((device): Hit => ({
      key: `device ${device.uid}`,
      group: 'devices',
      icon: 'Iphone',
      title: deviceName(device),
      detail: joined([device.serial || device.imei1, device.ownerName]),
      to: links.device(device.uid),
    })),
  ]
}
