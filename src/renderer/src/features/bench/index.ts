import type { RouteRecordRaw } from 'vue-router'

export const benchRoutes: RouteRecordRaw[] = [
  {
    path: 'bench',
    name: 'bench',
    component: () => import('./board/BoardPage.vue'),
    meta: { title: 'bench.board', permission: 'repairs.read' },
  },
  {
    path: 'bench/mine',
    name: 'my-jobs',
    component: () => import('./mine/MyJobsPage.vue'),
    meta: { title: 'bench.myJobs', permission: 'repairs.read' },
  },
]
