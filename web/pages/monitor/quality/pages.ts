import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/quality', name: 'quality', component: withWords(['inspect'], () => import('./QualityPage.vue')) },
]

export const pages: BroughtPages['pages'] = [{ name: 'quality', group: 'manage', after: 'aside', key: '9' }]
