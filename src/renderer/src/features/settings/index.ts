import type { RouteRecordRaw } from 'vue-router'

export const settingsRoutes: RouteRecordRaw[] = [
  {
    path: 'settings',
    component: () => import('./SettingsFrame.vue'),
    meta: { title: 'settings.title' },
    children: [
      { path: '', name: 'settings', component: () => import('./SettingsStart.vue') },
      {
        path: 'shop',
        name: 'settings-shop',
        component: () => import('./ShopPage.vue'),
        meta: { permission: 'settings.manage' },
      },
      {
        path: 'documents',
        name: 'settings-documents',
        component: () => import('./DocumentsPage.vue'),
        meta: { permission: 'settings.manage' },
      },
      {
        path: 'money',
        name: 'settings-money',
        component: () => import('./MoneyPage.vue'),
        meta: { permission: 'settings.manage' },
      },
      {
        path: 'prices',
        name: 'settings-prices',
        component: () => import('./prices/PricesPage.vue'),
        meta: { permission: 'billing.prices' },
      },
      {
        path: 'mail',
        name: 'settings-mail',
        component: () => import('./MailPage.vue'),
        meta: { permission: 'settings.manage' },
      },
      {
        path: 'seats',
        name: 'settings-seats',
        component: () => import('./seats/SeatsPage.vue'),
        meta: { permission: 'seats.manage' },
      },
      {
        path: 'people',
        name: 'settings-people',
        component: () => import('./PeoplePage.vue'),
        meta: { permission: 'users.manage' },
      },
      {
        path: 'roles',
        name: 'settings-roles',
        component: () => import('./RolesPage.vue'),
        meta: { permission: 'users.manage' },
      },
      {
        path: 'data',
        name: 'settings-data',
        component: () => import('./backups/BackupsPage.vue'),
        meta: { permission: 'data.backup' },
      },
      {
        path: 'export',
        name: 'settings-export',
        component: () => import('./export/ExportPage.vue'),
        meta: { permission: 'data.export' },
      },
      {
        path: 'audit',
        name: 'settings-audit',
        component: () => import('./audit/AuditPage.vue'),
        meta: { permission: 'audit.read' },
      },
      {
        path: 'reviews',
        name: 'settings-reviews',
        component: () => import('./reviews/ReviewPage.vue'),
        meta: { permission: 'audit.review' },
      },
      {
        path: 'privacy',
        name: 'settings-privacy',
        component: () => import('./privacy/PrivacyPage.vue'),
        meta: { permission: 'settings.manage' },
      },
      {
        path: 'computer',
        name: 'settings-computer',
        component: () => import('./computer/ComputerPage.vue'),
      },
      {
        path: 'dictionaries/:kind?',
        name: 'settings-dictionaries',
        component: () => import('./DictionariesPage.vue'),
        meta: { permission: 'dictionaries.manage' },
      },
    ],
  },
]
