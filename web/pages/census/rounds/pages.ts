import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'
import '../../../../shared/census/rounds/rights.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/rounds', name: 'rounds', component: withWords(['manage'], () => import('./RoundsPage.vue')) },
  {
    path: '/rounds/:id(\\d+)',
    name: 'round',
    component: withWords(['manage'], () => import('./RoundPage.vue')),
  },
  {
    path: '/rounds/:id(\\d+)/closing',
    name: 'closingReport',
    component: withWords(['manage'], () => import('./ClosingPage.vue')),
  },
  {
    path: '/zero-reports',
    name: 'zeroReports',
    component: withWords(['manage'], () => import('./ZeroReportsPage.vue')),
  },
  {
    path: '/reviews/:id(\\d+)',
    name: 'review',
    component: withWords(['manage'], () => import('./ReviewPage.vue')),
  },
  {
    path: '/submissions/:id(\\d+)',
    name: 'submission',
    component: withWords(['manage'], () => import('./SubmissionPage.vue')),
  },
]

export const pages: BroughtPages['pages'] = [
  {
    name: 'rounds',
    group: 'handle',
    within: ['round', 'review', 'submission', 'closingReport', 'zeroReports'],
    key: '2',
  },
]
