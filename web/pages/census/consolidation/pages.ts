import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'
import '../../../../shared/census/consolidation/rights.ts'

export const routes: BroughtPages['routes'] = [
  {
    path: '/consolidation',
    name: 'consolidation',
    component: withWords(['manage'], () => import('./ConsolidationPage.vue')),
  },
]

export const pages: BroughtPages['pages'] = [{ name: 'consolidation', group: 'manage', after: 'imports' }]
