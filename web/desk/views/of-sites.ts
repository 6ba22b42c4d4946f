import { NO_SITE_FILTERS } from '../../register/sites/listing.ts'
import type { ListViews } from './views.ts'

export const SITE_VIEWS: ListViews<typeof NO_SITE_FILTERS> = {
  list: 'sites',
  none: NO_SITE_FILTERS,
  kept: ['columns'],
  standing: [
    { key: 'all', word: 'views.sites.all', query: {} },
    { key: 'lately', word: 'views.sites.lately', query: { state: 'wrong', sort: 'since' } },
    { key: 'stalest', word: 'views.sites.stalest', query: { sort: 'newest' } },
    // Whoever judges sites by hand, or looks after the monitor.
    { key: 'failing', word: 'views.sites.failing', query: { sort: 'share' }, needs: 'site.judge' },
    { key: 'slowest', word: 'views.sites.slowest', query: { sort: 'latency' }, needs: 'metrics.read' },
  ],
}
