import type { BroughtPages } from '../../page.ts'
import '../../../../shared/register/filings/rights.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/filings', name: 'filings', component: () => import('./FilingsPage.vue') },
]

export const pages: BroughtPages['pages'] = [{ name: 'filings', group: 'handle', key: '3' }]
