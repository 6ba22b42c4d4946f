import type { BroughtPages } from '../../page.ts'
import '../../../../shared/register/ledger/rights.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/duplicates', name: 'duplicates', component: () => import('./DuplicatesPage.vue') },
]

export const pages: BroughtPages['pages'] = [{ name: 'duplicates', group: 'manage', needs: 'register.place' }]
