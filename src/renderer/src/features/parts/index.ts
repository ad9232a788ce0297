import type { RouteRecordRaw } from 'vue-router'

export const partRoutes: RouteRecordRaw[] = [
  {
    path: 'parts',
    name: 'parts',
    component: () => import('./list/PartsPage.vue'),
    meta: { title: 'shell.nav.parts', permission: 'stock.read' },
  },
  {
    path: 'parts/receive',
    name: 'receive-goods',
    component: () => import('./receive/ReceivePage.vue'),
    meta: { title: 'shell.nav.receiveGoods', permission: 'stock.receive' },
  },
  {
    path: 'parts/shelves',
    name: 'shelves',
    component: () => import('./ShelvesPage.vue'),
    meta: { title: 'shell.nav.shelves', permission: 'stock.read' },
  },
  {
    path: 'parts/loaners',
    name: 'loaners',
    component: () => import('./loaners/LoanersPage.vue'),
    meta: { title: 'shell.nav.loaners', permission: 'repairs.read' },
  },
  {
    path: 'parts/:uid',
    name: 'part',
    component: () => import('./page/PartPage.vue'),
    meta: { title: 'shell.nav.part', permission: 'stock.read' },
  },
]
