import { NO_SITE_FILTERS } from '../../register/sites/listing.ts'
import type { DeskFilters } from '../alerts/list/useAlertDesk.ts'
import { NO_RECTIFICATION_FILTERS } from '../rectifications/list/filters.ts'
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

/** Stages have their own row of choices; these are what comes from where, by who works on it. */
export const RECTIFICATION_VIEWS: ListViews<typeof NO_RECTIFICATION_FILTERS> = {
  list: 'rectifications',
  none: NO_RECTIFICATION_FILTERS,
  kept: [],
  standing: [
    { key: 'open', word: 'views.rectifications.open', query: {} },
    { key: 'found', word: 'views.rectifications.found', query: { source: 'alert' } },
    // District offices and units are inspected, and answer for it.
    {
      key: 'checked',
      word: 'views.rectifications.checked',
      query: { source: 'check' },
      needs: 'rectification.ask',
    },
    // The working group answers to those above it and to citizens.
    {
      key: 'circular',
      word: 'views.rectifications.circular',
      query: { source: 'circular' },
      needs: 'rectification.answer',
    },
    {
      key: 'hotline',
      word: 'views.rectifications.hotline',
      query: { source: 'hotline' },
      needs: 'rectification.answer',
    },
  ],
}

export const SITE_VIEWS: ListViews<typeof NO_SITE_FILTERS> = {
  list: 'sites',
  none: NO_SITE_FILTERS,
  kept: [],
  standing: [
    { key: 'all', word: 'views.sites.all', query: {} },
    { key: 'lately', word: 'views.sites.lately', query: { state: 'wrong', sort: 'since' } },
    { key: 'stalest', word: 'views.sites.stalest', query: { sort: 'newest' } },
    // Whoever judges sites by hand, or looks after the monitor.
    { key: 'failing', word: 'views.sites.failing', query: { sort: 'share' }, needs: 'site.judge' },
    { key: 'slowest', word: 'views.sites.slowest', query: { sort: 'latency' }, needs: 'metrics.read' },
  ],
}

/** Every list that has views, in the order of the navigation. */
export const LISTS_WITH_VIEWS: readonly ListViews[] = [SITE_VIEWS, ALERT_VIEWS, RECTIFICATION_VIEWS]
