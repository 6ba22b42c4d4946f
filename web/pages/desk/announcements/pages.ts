import type { BroughtPages } from '../../page.ts'
import '../../../../shared/desk/announcements/rights.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/announcements', name: 'announcements', component: () => import('./AnnouncementsPage.vue') },
]

export const pages: BroughtPages['pages'] = [{ name: 'announcements', group: 'handle', key: 'v' }]
