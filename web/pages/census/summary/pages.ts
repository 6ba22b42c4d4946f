import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/summary', name: 'summary', component: withWords(['manage'], () => import('./SummaryPage.vue')) },
  {
    path: '/summary/sites',
    name: 'summarySites',
    component: withWords(['manage'], () => import('./SummarySitesPage.vue')),
  },
]

export const pages: BroughtPages['pages'] = [{ name: 'summary', group: 'watch', after: 'overview' }]
