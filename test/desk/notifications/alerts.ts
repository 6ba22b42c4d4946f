import type { Want } from '../../../server/desk/notifications/delivery/group.ts'
import { ALERT_RULES, type Alert, SEVERITIES } from '../../../shared/desk/alerts/alerts.ts'
import { DEFAULT_TIMINGS, NOTICE_EVENTS } from '../../../shared/desk/notifications/notifications.ts'
import { alert } from '../../base/live/made.ts'

/** A subscription that wants everything, with Alertmanager's intervals. */
export const EVERYTHING: Want = {
  severities: SEVERITIES,
  rules: ALERT_RULES,
  events: NOTICE_EVENTS,
  quiet: null,
  breakThrough: false,
  timings: DEFAULT_TIMINGS,
}

/** An open DOWN alert of Tianhe. */
export function anAlert(id: number, given: Partial<Alert> & { openedMs?: number } = {}): Alert {
  const { openedMs = 0, ...rest } = given
  return alert(id, {
    siteId: id,
    siteName: `天河区第${id}街道办事处`,
    openedAt: new Date(openedMs).toISOString(),
    ...rest,
  })
}
