import type { Permission } from '#contract/permissions.ts'
import type { IconName } from '@/components/index.ts'

export interface SettingsSection {
  readonly route: string
  readonly label: string
  readonly icon: IconName
  readonly permission: Permission
  /** Only in the desktop program. */
  readonly desktop?: true
}

/** The pages of Settings, in the order a new shop goes through them. */
export const sections: readonly SettingsSection[] = [
  { route: 'settings-shop', label: 'settings.nav.shop', icon: 'Shop', permission: 'settings.manage' },
  {
    route: 'settings-documents',
    label: 'settings.nav.documents',
    icon: 'Printer',
    permission: 'settings.manage',
  },
  { route: 'settings-money', label: 'settings.nav.money', icon: 'Money', permission: 'settings.manage' },
  { route: 'settings-prices', label: 'settings.nav.prices', icon: 'Tickets', permission: 'billing.prices' },
  { route: 'settings-mail', label: 'settings.nav.mail', icon: 'Message', permission: 'settings.manage' },
  { route: 'settings-seats', label: 'settings.nav.seats', icon: 'Monitor', permission: 'seats.manage' },
  { route: 'settings-people', label: 'settings.nav.people', icon: 'User', permission: 'users.manage' },
  { route: 'settings-roles', label: 'settings.nav.roles', icon: 'Key', permission: 'users.manage' },
  {
    route: 'settings-dictionaries',
    label: 'settings.nav.dictionaries',
    icon: 'Files',
    permission: 'dictionaries.manage',
  },
  { route: 'settings-import', label: 'settings.nav.import', icon: 'Upload', permission: 'imports.run' },
  {
    route: 'settings-computer',
    label: 'computer.title',
    icon: 'Monitor',
    permission: 'documents.print',
    desktop: true,
  },
  { route: 'settings-audit', label: 'settings.nav.audit', icon: 'List', permission: 'audit.read' },
  {
    route: 'settings-reviews',
    label: 'settings.nav.reviews',
    icon: 'View',
    permission: 'audit.review',
  },
  { route: 'settings-data', label: 'settings.nav.data', icon: 'Finished', permission: 'data.backup' },
  { route: 'settings-export', label: 'settings.nav.export', icon: 'Box', permission: 'data.export' },
  {
    route: 'settings-privacy',
    label: 'settings.nav.privacy',
    icon: 'UserFilled',
    permission: 'settings.manage',
  },
]
