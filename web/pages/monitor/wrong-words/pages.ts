import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'
import '../../../../shared/monitor/wrong-words/rights.ts'

const component = withWords(['inspect'], () => import('./WrongWordsPage.vue'))
export const routes: BroughtPages['routes'] = [{ path: '/wrong-words', name: 'wrongWords', component }]

export const pages: BroughtPages['pages'] = [
  { name: 'wrongWords', group: 'manage', after: 'calendar', needs: 'wrongWord.manage' },
]
