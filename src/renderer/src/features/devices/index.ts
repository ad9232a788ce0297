import type { RouteRecordRaw } from 'vue-router'

export const deviceRoutes: RouteRecordRaw[] = [
  {
    path: 'devices',
    name: 'devices',
    component: () => import('./DevicesPage.vue'),
    meta: { title: 'shell.nav.devices', permission: 'devices.read' },
  },
  {
    path: 'devices/:uid',
    name: 'device',
    component: () => import('./DevicePage.vue'),
    meta: { title: 'shell.nav.devices', permission: 'devices.read' },
  },
]
