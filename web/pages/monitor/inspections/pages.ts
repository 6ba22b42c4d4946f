import { withWords } from '../../../base/i18n.ts'
import type { BroughtPages } from '../../page.ts'
import '../../../../shared/monitor/inspections/rights.ts'

const component = withWords(['inspect'], () => import('./InspectionsPage.vue'))
export const routes: BroughtPages['routes'] = [{ path: '/inspections', name: 'inspections', component }]

export const pages: BroughtPages['pages'] = [{ name: 'inspections', group: 'handle', key: '8' }]
