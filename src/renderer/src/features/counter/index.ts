import type { RouteRecordRaw } from 'vue-router'

export const counterRoutes: RouteRecordRaw[] = [
  {
    path: 'counter',
    name: 'counter',
    component: () => import('./PlaceholderPage.vue'),
    meta: { title: 'shell.nav.counter', permission: 'repairs.receive' },
  },
  {
    path: 'counter/new/:draftUid?',
    name: 'intake',
    component: () => import('./PlaceholderPage.vue'),
    meta: { title: 'shell.nav.intake', permission: 'repairs.receive' },
  },
]
