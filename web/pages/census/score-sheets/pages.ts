import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'

export const routes: BroughtPages['routes'] = [
  {
    path: '/sites/:id(\\d+)/sheet',
    name: 'sheet',
    component: withWords(['manage'], () => import('./SheetPage.vue')),
  },
  {
    path: '/editions/:code/effect',
    name: 'edition-effect',
    component: () => import('./EditionEffectPage.vue'),
    props: true,
  },
  { path: '/trial', name: 'trial', component: withWords(['manage'], () => import('./TrialPage.vue')) },
]

export const pages: BroughtPages['pages'] = [{ name: 'trial', group: 'manage', after: 'calendar', key: 'z' }]
