import type { RouteLocationRaw } from 'vue-router'
import type { Permission } from '#contract/permissions.ts'
import { links } from '@/app/links.ts'
import type { IconName } from '@/components/index.ts'

export interface NavEntry {
  readonly key: string
  /** Key of its words. */
  readonly label: string
  readonly icon: IconName
  readonly to: RouteLocationRaw
  /** Whoever holds one of these sees the entry; none named: everybody. */
  readonly anyOf: readonly Permission[]
  /** Paths that light the entry. */
  readonly paths: readonly string[]
}

/** The left rail. What does not exist yet has no entry. */
export const navEntries: readonly NavEntry[] = [
  { key: 'today', label: 'shell.nav.today', icon: 'House', to: links.today(), anyOf: [], paths: ['/'] },
  {
    key: 'counter',
    label: 'shell.nav.counter',
    icon: 'Tickets',
    to: links.counter(),
    anyOf: ['repairs.receive'],
    paths: ['/counter'],
  },
  {
    key: 'bench',
    label: 'shell.nav.bench',
    icon: 'SetUp',
    to: links.bench(),
    anyOf: ['repairs.read'],
    paths: ['/bench'],
  },
  {
    key: 'repairs',
    label: 'shell.nav.repairs',
    icon: 'Memo',
    to: links.repairs(),
    anyOf: ['repairs.read'],
    paths: ['/repairs'],
  },
  {
    key: 'parts',
    label: 'shell.nav.parts',
    icon: 'Box',
    to: links.parts(),
    anyOf: ['stock.read'],
    paths: ['/parts'],
  },
  {
    key: 'billing',
    label: 'shell.nav.billing',
    icon: 'Money',
    to: links.invoices(),
    anyOf: ['billing.read'],
    paths: ['/billing'],
  },
  {
    key: 'customers',
    label: 'shell.nav.customers',
    icon: 'User',
    to: links.customers(),
    anyOf: ['customers.read'],
    paths: ['/customers'],
  },
  {
    key: 'devices',
    label: 'shell.nav.devices',
    icon: 'Iphone',
    to: links.devices(),
    anyOf: ['devices.read'],
    paths: ['/devices'],
  },
  {
    key: 'settings',
    label: 'shell.nav.settings',
    icon: 'Setting',
    to: links.settings(),
    anyOf: ['settings.manage', 'billing.prices', 'users.manage', 'dictionaries.manage', 'imports.run'],
    paths: ['/settings'],
  },
]

/** True when the path belongs to the entry. */
export function isUnder(entry: NavEntry, path: string): boolean {
  return entry.paths.some((root) =>
    root === '/' ? path === '/' : path === root || path.startsWith(`${root}/`),
  )
}
