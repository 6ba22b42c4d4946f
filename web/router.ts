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
const page = (path: string) => pages[`./${path}.vue`] ?? missing

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'overview', component: page('overview/OverviewPage') },
  { path: '/districts/:code', name: 'district', component: page('districts/DistrictPage') },
  { path: '/sites', name: 'sites', component: page('sites/SitesPage') },
  { path: '/sites/:id(\\d+)', name: 'site', component: page('sites/SitePage') },
  { path: '/alerts', name: 'alerts', component: page('alerts/AlertsPage') },
  { path: '/alerts/:id(\\d+)', name: 'alert', component: page('alerts/AlertPage') },
  { path: '/rectifications', name: 'rectifications', component: page('rectifications/RectificationsPage') },
  {
    path: '/rectifications/:id(\\d+)',
    name: 'rectification',
    component: page('rectifications/RectificationPage'),
  },
  { path: '/wall-links', name: 'wallLinks', component: page('users/WallLinksPage') },
  { path: '/audit', name: 'audit', component: page('users/AuditPage') },
  { path: '/fleet', name: 'fleet', component: page('fleet/FleetPage') },
  { path: '/wall', name: 'wall', component: page('wall/WallPage'), meta: { open: true, bare: true } },
  {
    path: '/sign-in',
    name: 'signIn',
    component: page('session/SignInPage'),
    meta: { open: true, bare: true },
  },
  { path: '/password', name: 'password', component: page('session/PasswordPage') },
  { path: '/:rest(.*)*', name: 'missing', component: missing },
]

export const router = createRouter({ history: createWebHistory(), routes })

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  const user = await useSession()
    .load()
    .catch(() => null)
  if (!user) return { name: 'signIn', query: { next: to.fullPath } }
  if (user.mustChangePassword && to.name !== 'password') return { name: 'password' }
  return true
})
