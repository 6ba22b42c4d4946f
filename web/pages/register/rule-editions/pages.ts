import type { BroughtPages } from '../../page.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/editions', name: 'editions', component: () => import('./EditionsPage.vue') },
]

export const pages: BroughtPages['pages'] = [{ name: 'editions', group: 'manage', key: 'k' }]
