import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { forgetEarly } from '../base/call.ts'
import { withWords } from '../base/i18n.ts'
import { followLeaving } from '../base/ui/keys/leaving.ts'
import { useSession } from '../people/sessions/store.ts'
import { loadInstallation } from '../people/settings/installation.ts'
import { BROUGHT } from './brought.ts'
import { carryInstant } from './carry.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** May be seen without being signed in. */
    open?: true
    /** Without the desk's frame. */
    bare?: true
  }
}

const routes: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'overview',
    component: withWords(['manage'], () => import('../pages/city/OverviewPage.vue')),
  },
  {
    path: '/districts/:code',
    name: 'district',
    component: () => import('../pages/register/DistrictPage.vue'),
  },
  { path: '/sites', name: 'sites', component: () => import('../pages/register/SitesPage.vue') },
  { path: '/pauses', name: 'pauses', component: () => import('../pages/desk/PausesPage.vue') },
  {
    path: '/sites/:id(\\d+)',
    name: 'site',
    component: withWords(['manage', 'inspect'], () => import('../pages/register/SitePage.vue')),
  },
  {
    path: '/evidence/:id(\\d+)',
    name: 'evidence',
    component: () => import('../pages/monitor/EvidencePage.vue'),
  },
  { path: '/alerts', name: 'alerts', component: () => import('../pages/desk/AlertsPage.vue') },
  { path: '/alerts/:id(\\d+)', name: 'alert', component: () => import('../pages/desk/alerts/AlertPage.vue') },
  {
    path: '/rectifications',
    name: 'rectifications',
    component: () => import('../pages/desk/RectificationsPage.vue'),
  },
  {
    path: '/rectifications/:id(\\d+)/sheet',
    name: 'rectificationSheet',
    component: () => import('../pages/desk/RectificationSheetPage.vue'),
  },
  {
    path: '/rectifications/offenders',
    name: 'offenders',
    component: () => import('../pages/desk/OffendersPage.vue'),
  },
  {
    path: '/rectifications/:id(\\d+)',
    name: 'rectification',
    component: () => import('../pages/desk/RectificationPage.vue'),
  },
  {
    path: '/duty',
    name: 'duty',
    component: withWords(['manage'], () => import('../pages/desk/DutyPage.vue')),
  },
  { path: '/escalation', name: 'escalation', component: () => import('../pages/desk/EscalationPage.vue') },
  {
    path: '/notifications/:section(inbox|subscriptions|channels|deliveries|alarm)?',
    name: 'notifications',
    component: () => import('../pages/desk/NotificationsPage.vue'),
  },
  {
    path: '/units',
    name: 'units',
    component: withWords(['manage'], () => import('../pages/register/UnitsPage.vue')),
  },
  {
    path: '/units/:id(\\d+)',
    name: 'unit',
    component: withWords(['manage'], () => import('../pages/register/UnitPage.vue')),
  },
  {
    path: '/imports',
    name: 'imports',
    component: withWords(['manage'], () => import('../pages/register/ImportPage.vue')),
  },
  {
    path: '/divisions/:code?',
    name: 'divisions',
    component: () => import('../pages/register/DivisionsPage.vue'),
  },
  {
    path: '/calendar',
    name: 'calendar',
    component: withWords(['manage'], () => import('../pages/register/CalendarPage.vue')),
  },
  {
    path: '/settings',
    name: 'settings',
    component: () => import('../pages/people/SettingsPage.vue'),
  },
  { path: '/wall-links', name: 'wallLinks', component: () => import('../pages/people/WallLinksPage.vue') },
  {
    path: '/users',
    name: 'users',
    component: withWords(['manage'], () => import('../pages/people/UsersPage.vue')),
  },
  {
    path: '/rights',
    name: 'rights',
    component: withWords(['manage'], () => import('../pages/people/RightsPage.vue')),
  },
  {
    path: '/account',
    name: 'account',
    component: withWords(['manage'], () => import('../pages/people/AccountPage.vue')),
  },
  {
    path: '/audit',
    name: 'audit',
    component: withWords(['manage'], () => import('../pages/people/AuditPage.vue')),
  },
  {
    path: '/aside',
    name: 'aside',
    component: () => import('../pages/desk/AsidePage.vue'),
  },
  {
    path: '/fleet',
    name: 'fleet',
    component: withWords(['manage'], () => import('../pages/demo/FleetPage.vue')),
  },
  {
    path: '/wall/:code([\\w-]+)?',
    name: 'wall',
    component: withWords(['wall'], () => import('../pages/city/WallPage.vue')),
    // The wall itself is never left showing the past.
    beforeEnter: ({ params, query: { at } }) => (at ? { name: 'replay', params, query: { at } } : true),
    meta: { open: true, bare: true },
  },
  {
    path: '/replay/:code([\\w-]+)?',
    name: 'replay',
    component: withWords(['desk', 'wall'], () => import('../pages/city/ReplayPage.vue')),
    meta: { bare: true },
  },
  {
    path: '/sign-in',
    name: 'signIn',
    component: () => import('../pages/people/SignInPage.vue'),
    meta: { open: true, bare: true },
  },
  {
    path: '/password',
    name: 'password',
    component: withWords(['desk'], () => import('../pages/people/PasswordPage.vue')),
  },
  ...BROUGHT.flatMap(({ routes: own }) => own),
  { path: '/:rest(.*)*', name: 'missing', component: () => import('../pages/MissingPage.vue') },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  /** Another page begins at its top, as the first one does anyway; a filter in the address leaves the page where it is. */
  scrollBehavior: (to, from, saved) =>
    saved ?? (from.matched.length === 0 || to.path === from.path ? false : { top: 0 }),
})

carryInstant(router)
followLeaving(router)
// The first page is there: from now on, only what is asked now is true.
router.afterEach(forgetEarly)

router.beforeEach(async (to) => {
  const told = loadInstallation()
  if (to.meta.open) {
    await told
    return true
  }
  const [user] = await Promise.all([useSession().load(), told])
  if (!user) return { name: 'signIn', query: { next: to.fullPath } }
  if (user.mustChangePassword && to.name !== 'password')
    return { name: 'password', query: { next: to.fullPath } }
  if (user.mustEnrolSecondFactor && to.name !== 'account' && to.name !== 'password')
    return { name: 'account' }
  return true
})
