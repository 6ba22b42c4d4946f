import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'
import '../../../../shared/census/letters/rights.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/letters', name: 'letters', component: withWords(['manage'], () => import('./LettersPage.vue')) },
  {
    path: '/letters/ranking',
    name: 'letterRanking',
    component: withWords(['manage'], () => import('./LetterRankingPage.vue')),
  },
  {
    path: '/letters/:id(\\d+)',
    name: 'letter',
    component: withWords(['manage'], () => import('./LetterPage.vue')),
  },
]

export const pages: BroughtPages['pages'] = [
  { name: 'letters', group: 'handle', within: ['letter', 'letterRanking'], needs: 'letter.read', key: '7' },
]
