import type { DeskFilters } from '../alerts/list/useAlertDesk.ts'
import type { ListViews } from './views.ts'

const NO_ALERT_FILTERS = {
  status: 'live',
  district: '',
  rule: '',
  assignee: '',
  q: '',
  group: 'none',
} satisfies DeskFilters

export const ALERT_VIEWS: ListViews<typeof NO_ALERT_FILTERS> = {
  list: 'alerts',
  none: NO_ALERT_FILTERS,
  kept: ['group'],
  standing: [
    { key: 'live', word: 'views.alerts.live', query: {} },
    { key: 'mine', word: 'views.alerts.mine', query: { assignee: 'me' } },
    { key: 'open', word: 'views.alerts.open', query: { status: 'open' } },
    { key: 'forgotten', word: 'views.alerts.forgotten', query: { status: 'forgotten' } },
    { key: 'silenced', word: 'views.alerts.silenced', query: { status: 'silenced' } },
    { key: 'today', word: 'views.alerts.today', query: { status: 'today' } },
  ],
}
