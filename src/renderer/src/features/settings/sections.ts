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

export interface SettingsGroup {
  readonly key: string
  readonly sections: readonly SettingsSection[]
}

/** The pages of Settings by what people look for, in the order a new shop goes through them. */
export const groups: readonly SettingsGroup[] = [
  {
    key: 'shop',
    sections: [
      { route: 'settings-shop', label: 'settings.nav.shop', icon: 'Shop', permission: 'settings.manage' },
      {
        route: 'settings-documents',
        label: 'settings.nav.documents',
        icon: 'Printer',
        permission: 'settings.manage',
      },
      {
        route: 'settings-dictionaries',
        label: 'settings.nav.dictionaries',
        icon: 'Files',
        permission: 'dictionaries.manage',
      },
      { route: 'settings-mail', label: 'settings.nav.mail', icon: 'Message', permission: 'settings.manage' },
    ],
  },
  {
    key: 'money',
    sections: [
      {
        route: 'settings-prices',
        label: 'settings.nav.prices',
        icon: 'Tickets',
        permission: 'billing.prices',
      },
      { route: 'settings-money', label: 'settings.nav.money', icon: 'Money', permission: 'settings.manage' },
    ],
  },
  {
    key: 'people',
    sections: [
      { route: 'settings-people', label: 'settings.nav.people', icon: 'User', permission: 'users.manage' },
      { route: 'settings-roles', label: 'settings.nav.roles', icon: 'Key', permission: 'users.manage' },
      { route: 'settings-reviews', label: 'settings.nav.reviews', icon: 'View', permission: 'audit.review' },
    ],
  },
  {
    key: 'seats',
    sections: [
      {
        route: 'settings-seats',
        label: 'settings.nav.seats',
        icon: 'Connection',
        permission: 'seats.manage',
      },
      {
        route: 'settings-computer',
        label: 'computer.title',
        icon: 'Monitor',
        permission: 'documents.print',
        desktop: true,
      },
    ],
  },
  {
    key: 'data',
    sections: [
      { route: 'settings-data', label: 'settings.nav.data', icon: 'Finished', permission: 'data.backup' },
      { route: 'settings-import', label: 'settings.nav.import', icon: 'Upload', permission: 'imports.run' },
      { route: 'settings-export', label: 'settings.nav.export', icon: 'Box', permission: 'data.export' },
      {
        route: 'settings-privacy',
        label: 'settings.nav.privacy',
        icon: 'UserFilled',
        permission: 'settings.manage',
      },
      { route: 'settings-audit', label: 'settings.nav.audit', icon: 'List', permission: 'audit.read' },
    ],
  },
]
