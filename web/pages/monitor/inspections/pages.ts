import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'
import '../../../../shared/monitor/inspections/rights.ts'

const component = withWords(['inspect'], () => import('./InspectionsPage.vue'))
const paper = withWords(['inspect'], () => import('./ProblemSheetPage.vue'))
export const routes: BroughtPages['routes'] = [
  { path: '/inspections', name: 'inspections', component },
  { path: '/inspections/sheet', name: 'problemSheet', component: paper },
]

export const pages: BroughtPages['pages'] = [
  { name: 'inspections', group: 'handle', within: ['problemSheet'], key: '8' },
]
