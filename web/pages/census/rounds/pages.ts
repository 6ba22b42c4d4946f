import type { BroughtPages } from '../../page.ts'
import '../../../../shared/census/rounds/rights.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/rounds', name: 'rounds', component: () => import('./RoundsPage.vue') },
  { path: '/rounds/:id(\\d+)', name: 'round', component: () => import('./RoundPage.vue') },
  { path: '/rounds/:id(\\d+)/closing', name: 'closingReport', component: () => import('./ClosingPage.vue') },
  { path: '/zero-reports', name: 'zeroReports', component: () => import('./ZeroReportsPage.vue') },
  { path: '/reviews/:id(\\d+)', name: 'review', component: () => import('./ReviewPage.vue') },
  { path: '/submissions/:id(\\d+)', name: 'submission', component: () => import('./SubmissionPage.vue') },
]

export const pages: BroughtPages['pages'] = [
  {
    name: 'rounds',
    group: 'handle',
    within: ['round', 'review', 'submission', 'closingReport', 'zeroReports'],
    key: '2',
  },
]
