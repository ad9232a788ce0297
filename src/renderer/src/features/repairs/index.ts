import type { RouteRecordRaw } from 'vue-router'

export const repairRoutes: RouteRecordRaw[] = [
  {
    path: 'repairs',
    name: 'repairs',
    component: () => import('./list/RepairListPage.vue'),
    meta: { title: 'shell.nav.repairs', permission: 'repairs.read' },
  },
  {
    path: 'repairs/:uid',
    name: 'repair',
    component: () => import('./page/RepairPage.vue'),
    props: true,
    meta: { title: 'shell.nav.repair', permission: 'repairs.read' },
  },
]
