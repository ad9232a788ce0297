import type { RouteRecordRaw } from 'vue-router'

export const billingRoutes: RouteRecordRaw[] = [
  {
    path: 'billing',
    component: () => import('./BillingFrame.vue'),
    meta: { title: 'shell.nav.billing', permission: 'billing.read' },
    children: [
      { path: '', name: 'invoices', component: () => import('./InvoicesPage.vue') },
      {
        path: 'receivables',
        name: 'receivables',
        component: () => import('./ReceivablesPage.vue'),
        meta: { title: 'shell.nav.receivables' },
      },
      {
        path: 'payments',
        name: 'payments',
        component: () => import('./PaymentsPage.vue'),
        meta: { title: 'shell.nav.payments' },
      },
      {
        path: 'shift',
        name: 'cash-shift',
        component: () => import('./ShiftPage.vue'),
        meta: { title: 'shell.nav.cashShift' },
      },
    ],
  },
  {
    path: 'billing/invoices/:uid',
    name: 'invoice',
    component: () => import('./InvoicePage.vue'),
    meta: { title: 'shell.nav.invoice', permission: 'billing.read' },
  },
  {
    path: 'billing/accounts/:uid',
    name: 'account',
    component: () => import('./AccountPage.vue'),
    meta: { title: 'shell.nav.account', permission: 'billing.read' },
  },
  {
    path: 'billing/shifts/:uid',
    name: 'shift',
    component: () => import('./ShiftReportPage.vue'),
    meta: { title: 'shell.nav.shift', permission: 'billing.read' },
  },
]
