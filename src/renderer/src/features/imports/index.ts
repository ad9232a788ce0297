import type { RouteRecordRaw } from 'vue-router'

export const importRoutes: RouteRecordRaw[] = [
  {
    path: 'settings/import',
    name: 'settings-import',
    component: () => import('./ImportPage.vue'),
    meta: { title: 'shell.nav.import', permission: 'imports.run' },
  },
]
