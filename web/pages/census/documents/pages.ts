import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'
import '../../../../shared/census/documents/rights.ts'

const list = withWords(['manage'], () => import('./DocumentsPage.vue'))
const one = withWords(['manage'], () => import('./DocumentPage.vue'))
const templates = withWords(['manage'], () => import('./TemplatesPage.vue'))

export const routes: BroughtPages['routes'] = [
  { path: '/documents', name: 'documents', component: list },
  { path: '/documents/:id(\\d+)', name: 'document', component: one },
  { path: '/templates', name: 'templates', component: templates },
]

export const pages: BroughtPages['pages'] = [
  { name: 'documents', group: 'handle', within: ['document'], key: '6' },
  { name: 'templates', group: 'manage', needs: 'template.manage' },
]
