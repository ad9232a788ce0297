import { createRouter, createWebHashHistory, createWebHistory, type RouteRecordRaw } from 'vue-router'
import type { Permission } from '#contract/permissions.ts'
import { benchRoutes } from '@/features/bench/index.ts'
import { billingRoutes } from '@/features/billing/index.ts'
import { counterRoutes } from '@/features/counter/index.ts'
import { customerRoutes } from '@/features/customers/index.ts'
import { deviceRoutes } from '@/features/devices/index.ts'
import { importRoutes } from '@/features/imports/index.ts'
import { partRoutes } from '@/features/parts/index.ts'
import { repairRoutes } from '@/features/repairs/index.ts'
import { settingsRoutes } from '@/features/settings/index.ts'
import { todayRoutes } from '@/features/today/index.ts'
import { watch } from 'vue'
import { currentLanguage, translate } from './i18n.ts'
import { links } from './links.ts'
import { useSession } from './session.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title. */
    title?: string
    /** Who may open the page; the host checks every call again. */
    permission?: Permission
    /** Shown without anybody signed in. */
    open?: boolean
  }
}

const outside: RouteRecordRaw[] = [
  {
    path: '/login',
    name: 'login',
    component: () => import('@/features/access/LoginPage.vue'),
    meta: { open: true, title: 'access.signIn' },
  },
  {
    path: '/setup',
    name: 'setup',
    component: () => import('@/features/setup/SetupPage.vue'),
    meta: { open: true, title: 'setup.title' },
  },
]

const inside: RouteRecordRaw = {
  path: '/',
  component: () => import('@/layout/AppShell.vue'),
  children: [
    ...todayRoutes,
    ...counterRoutes,
    ...benchRoutes,
    ...repairRoutes,
    ...partRoutes,
    ...billingRoutes,
    ...customerRoutes,
    ...deviceRoutes,
    ...settingsRoutes,
    ...importRoutes,
    // What a label's QR code holds: a phone that reads it lands on the repair.
    { path: 'r/:uid', redirect: (to) => links.repair(String(to.params['uid'])) },
    {
      path: '/:rest(.*)*',
      name: 'missing',
      component: () => import('@/layout/MissingPage.vue'),
      meta: { title: 'shell.missing' },
    },
  ],
}

/* The host serves the window at every path; app:// serves files only, so there the route stands after '#'. */
export const router = createRouter({
  history: location.protocol.startsWith('http') ? createWebHistory() : createWebHashHistory(),
  routes: [...outside, inside],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

router.beforeEach(async (to) => {
  const session = useSession()
  if (!session.state) await session.refresh()
  if (!session.state?.setUp) return to.name === 'setup' ? true : links.setup()
  if (to.name === 'setup') return links.today()
  if (!session.signedIn) return to.meta.open ? true : links.login(to.fullPath)
  if (to.name === 'login') return links.today()
  if (to.meta.permission && !session.can(to.meta.permission)) return links.today()
  return true
})

/** The document's title follows the page and the language. */
export function followTitle(): void {
  watch(
    () => [router.currentRoute.value.meta.title, currentLanguage()] as const,
    ([title]) => {
      document.title = title ? `${translate(title)} · Benchside` : 'Benchside'
    },
    { immediate: true },
  )
}
