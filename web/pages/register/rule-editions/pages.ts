import type { BroughtPages } from '../../page.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/editions', name: 'editions', component: () => import('./EditionsPage.vue') },
  {
    path: '/editions/:code/draft',
    name: 'edition-draft',
    component: () => import('./EditionDraftPage.vue'),
    props: true,
  },
]

export const pages: BroughtPages['pages'] = [
  {
    name: 'editions',
    group: 'manage',
    after: 'calendar',
    within: ['edition-draft', 'edition-effect'],
    key: 'k',
  },
]
