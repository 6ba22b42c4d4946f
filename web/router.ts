import type { Component } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { useSession } from './session/store.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** May be seen without being signed in. */
    open?: true
    /** Without the desk's frame. */
    bare?: true
  }
}

const pages = import.meta.glob<{ default: Component }>('./*/*Page.vue')
const missing = (): Promise<{ default: Component }> => import('./shell/MissingPage.vue')
const page = (name: string) =>
  pages[Object.keys(pages).find((path) => path.endsWith(`/${name}.vue`)) ?? ''] ?? missing

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'overview', component: page('OverviewPage') },
  { path: '/districts/:code', name: 'district', component: page('DistrictPage') },
  { path: '/sites', name: 'sites', component: page('SitesPage') },
  { path: '/sites/:id(\\d+)', name: 'site', component: page('SitePage') },
  { path: '/alerts', name: 'alerts', component: page('AlertsPage') },
  { path: '/alerts/:id(\\d+)', name: 'alert', component: page('AlertPage') },
  { path: '/rectifications', name: 'rectifications', component: page('RectificationsPage') },
  {
    path: '/rectifications/:id(\\d+)',
    name: 'rectification',
    component: page('RectificationPage'),
  },
  { path: '/wall-links', name: 'wallLinks', component: page('WallLinksPage') },
  { path: '/audit', name: 'audit', component: page('AuditPage') },
  { path: '/fleet', name: 'fleet', component: page('FleetPage') },
  { path: '/wall', name: 'wall', component: page('WallPage'), meta: { open: true, bare: true } },
  {
    path: '/sign-in',
    name: 'signIn',
    component: page('SignInPage'),
    meta: { open: true, bare: true },
  },
  { path: '/password', name: 'password', component: page('PasswordPage') },
  { path: '/:rest(.*)*', name: 'missing', component: missing },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  /** Another page begins at its top; a filter in the address leaves the page where it is. */
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  const user = await useSession()
    .load()
    .catch(() => null)
  if (!user) return { name: 'signIn', query: { next: to.fullPath } }
  if (user.mustChangePassword && to.name !== 'password') return { name: 'password' }
  return true
})
