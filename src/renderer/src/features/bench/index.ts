import type { RouteRecordRaw } from 'vue-router'

export const benchRoutes: RouteRecordRaw[] = [
  {
    path: 'bench',
    name: 'bench',
    component: () => import('./PlaceholderPage.vue'),
    meta: { title: 'shell.nav.bench', permission: 'repairs.read' },
  },
  {
    path: 'bench/mine',
    name: 'my-jobs',
    component: () => import('./PlaceholderPage.vue'),
    meta: { title: 'shell.nav.myJobs', permission: 'repairs.read' },
  },
]
