import type { BroughtPages } from '../../page.ts'
import '../../../../shared/register/ledger/rights.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/answers', name: 'answers', component: () => import('./AnswersPage.vue') },
]

export const pages: BroughtPages['pages'] = [{ name: 'answers', group: 'manage', after: 'imports', key: '4' }]
