import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'
import '../../../../shared/register/ledger/rights.ts'

const component = withWords(['manage'], () => import('./DifferencesPage.vue'))
export const routes: BroughtPages['routes'] = [{ path: '/differences', name: 'differences', component }]

export const pages: BroughtPages['pages'] = [
  { name: 'differences', group: 'manage', after: 'imports', key: '5' },
]
