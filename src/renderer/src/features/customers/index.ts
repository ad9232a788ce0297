import type { RouteRecordRaw } from 'vue-router'

export const customerRoutes: RouteRecordRaw[] = [
  {
    path: 'customers',
    name: 'customers',
    component: () => import('./CustomersPage.vue'),
    meta: { title: 'shell.nav.customers', permission: 'customers.read' },
  },
  {
    path: 'customers/:uid',
    name: 'customer',
    component: () => import('./CustomerPage.vue'),
    meta: { title: 'shell.nav.customers', permission: 'customers.read' },
  },
]
