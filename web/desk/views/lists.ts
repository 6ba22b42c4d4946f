import { ALERT_VIEWS } from './of-alerts.ts'
import { RECTIFICATION_VIEWS } from './of-rectifications.ts'
import { SITE_VIEWS } from './of-sites.ts'
import type { ListViews } from './views.ts'

/** Every list that has views, in the order of the navigation; a page loads its own only. */
export const LISTS_WITH_VIEWS: readonly ListViews[] = [SITE_VIEWS, ALERT_VIEWS, RECTIFICATION_VIEWS]
