import type { BroughtPages } from '../../page.ts'
import '../../../../shared/register/own-fields/rights.ts'

export const routes: BroughtPages['routes'] = [
  { path: '/register-fields', name: 'ownFields', component: () => import('./OwnFieldsPage.vue') },
]

export const pages: BroughtPages['pages'] = [
  { name: 'ownFields', group: 'manage', after: 'duplicates', needs: 'ownField.manage' },
]
