import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'
import '../../../../shared/register/ledger/rights.ts'

export const routes: BroughtPages['routes'] = [
  {
    path: '/duplicates',
    name: 'duplicates',
    component: withWords(['manage'], () => import('./DuplicatesPage.vue')),
  },
]

export const pages: BroughtPages['pages'] = [
  { name: 'duplicates', group: 'manage', after: 'answers', needs: 'register.place' },
]
