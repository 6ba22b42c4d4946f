import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'

const list = withWords(['inspect'], () => import('./OutboundPage.vue'))
const one = withWords(['inspect'], () => import('./OutboundHostPage.vue'))

export const routes: BroughtPages['routes'] = [
  { path: '/outbound', name: 'outbound', component: list },
  { path: '/outbound/:id(\\d+)', name: 'outboundHost', component: one },
]

export const pages: BroughtPages['pages'] = [{ name: 'outbound', group: 'handle', within: ['outboundHost'] }]
