import type { BroughtPages } from '../../page.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/handbook', name: 'handbook', component: () => import('./HandbookPage.vue') },
]

export const pages: BroughtPages['pages'] = [{ name: 'handbook', group: 'manage', key: 'g' }]
