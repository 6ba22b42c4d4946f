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

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'overview', component: () => import('./overview/OverviewPage.vue') },
  { path: '/districts/:code', name: 'district', component: () => import('./districts/DistrictPage.vue') },
  { path: '/sites', name: 'sites', component: () => import('./sites/SitesPage.vue') },
  { path: '/pauses', name: 'pauses', component: () => import('./pauses/PausesPage.vue') },
  { path: '/sites/:id(\\d+)', name: 'site', component: () => import('./sites/SitePage.vue') },
  {
    path: '/evidence/:id(\\d+)',
    name: 'evidence',
    component: () => import('./evidence/EvidencePage.vue'),
  },
  { path: '/alerts', name: 'alerts', component: () => import('./alerts/AlertsPage.vue') },
  { path: '/alerts/:id(\\d+)', name: 'alert', component: () => import('./alerts/AlertPage.vue') },
  {
    path: '/rectifications',
    name: 'rectifications',
    component: () => import('./rectifications/RectificationsPage.vue'),
  },
  {
    path: '/rectifications/:id(\\d+)/sheet',
    name: 'fixSheet',
    component: () => import('./rectifications/FixSheetPage.vue'),
  },
  {
    path: '/rectifications/offenders',
    name: 'offenders',
    component: () => import('./rectifications/OffendersPage.vue'),
  },
  {
    path: '/rectifications/:id(\\d+)',
    name: 'rectification',
    component: () => import('./rectifications/RectificationPage.vue'),
  },
  { path: '/duty', name: 'duty', component: () => import('./duty/DutyPage.vue') },
  { path: '/escalation', name: 'escalation', component: () => import('./escalation/EscalationPage.vue') },
  {
    path: '/notifications/:section(inbox|subscriptions|channels|deliveries|alarm)?',
    name: 'notifications',
    component: () => import('./notifications/NotificationsPage.vue'),
  },
  { path: '/units', name: 'units', component: () => import('./units/UnitsPage.vue') },
  { path: '/units/:id(\\d+)', name: 'unit', component: () => import('./units/UnitPage.vue') },
  { path: '/calendar', name: 'calendar', component: () => import('./workdays/CalendarPage.vue') },
  { path: '/wall-links', name: 'wallLinks', component: () => import('./users/WallLinksPage.vue') },
  { path: '/users', name: 'users', component: () => import('./users/UsersPage.vue') },
  { path: '/rights', name: 'rights', component: () => import('./users/RightsPage.vue') },
  { path: '/account', name: 'account', component: () => import('./users/AccountPage.vue') },
  { path: '/audit', name: 'audit', component: () => import('./audit/AuditPage.vue') },
  { path: '/aside', name: 'aside', component: () => import('./aside/AsidePage.vue') },
  { path: '/fleet', name: 'fleet', component: () => import('./fleet/FleetPage.vue') },
  {
    path: '/wall',
    name: 'wall',
    component: () => import('./wall/WallPage.vue'),
    meta: { open: true, bare: true },
  },
  {
    path: '/replay',
    name: 'replay',
    component: () => import('./replay/ReplayPage.vue'),
    meta: { bare: true },
  },
  {
    path: '/sign-in',
    name: 'signIn',
    component: () => import('./session/SignInPage.vue'),
    meta: { open: true, bare: true },
  },
  { path: '/password', name: 'password', component: () => import('./session/PasswordPage.vue') },
  { path: '/:rest(.*)*', name: 'missing', component: () => import('./shell/MissingPage.vue') },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  /** Another page begins at its top; a filter in the address leaves the page where it is. */
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  const user = await useSession().load()
  if (!user) return { name: 'signIn', query: { next: to.fullPath } }
  if (user.mustChangePassword && to.name !== 'password') return { name: 'password' }
  if (user.mustEnrolSecondFactor && to.name !== 'account' && to.name !== 'password')
    return { name: 'account' }
  return true
})
