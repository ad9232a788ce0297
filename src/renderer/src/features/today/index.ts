import type { RouteRecordRaw } from 'vue-router'

export const todayRoutes: RouteRecordRaw[] = [
  {
    path: '',
    name: 'today',
    component: () => import('./TodayPage.vue'),
    meta: { title: 'shell.nav.today' },
  },
]
