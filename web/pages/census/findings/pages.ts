import type { BroughtPages } from '../../page.ts'
import '../../../../shared/census/findings/rights.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/findings', name: 'findings', component: () => import('./FindingsPage.vue') },
]

export const pages: BroughtPages['pages'] = [{ name: 'findings', group: 'handle', key: '1' }]
