import type { RouteRecordRaw } from 'vue-router'

export const counterRoutes: RouteRecordRaw[] = [
  {
    path: 'counter',
    name: 'counter',
    component: () => import('./CounterPage.vue'),
    meta: { title: 'shell.nav.counter', permission: 'repairs.receive' },
  },
  {
    path: 'counter/new/:draftUid?',
    name: 'intake',
    component: () => import('./IntakePage.vue'),
    props: true,
    meta: { title: 'shell.nav.intake', permission: 'repairs.receive' },
  },
]
