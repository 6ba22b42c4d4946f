import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/load', name: 'load', component: withWords(['manage'], () => import('./LoadPage.vue')) },
]

export const pages: BroughtPages['pages'] = [{ name: 'load', group: 'handle', key: 'x' }]
