import { z } from 'zod'
import { rowId } from '../../base/ids.ts'
import { sentInstant } from '../../base/instant.ts'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import { userListItem } from '../../people/rights/rights.ts'
import {
  ALERT_RIGHTS,
  acknowledgeInput,
  alert,
  alertStatus,
  assignInput,
  bulkInput,
  bulkResult,
  calledAlert,
  commentInput,
  escalateInput,
  falseAlarmFigure,
  falseAlarmInput,
  lookInput,
  mergeInput,
  regradeInput,
  resolveInput,
  silenceInput,
  splitInput,
  unacknowledgeInput,
  unsilenceInput,
} from './alerts.ts'

const alertStep = <N extends keyof typeof ALERT_RIGHTS, B extends z.ZodType>(
  name: N,
  body: B,
  summary: string,
) =>
  ({
    method: 'POST',
    path: `/api/alerts/:id/${name}`,
    summary,
    needs: ALERT_RIGHTS[name],
    params: id,
    body,
    output: alert,
  }) as const

/** Alerts: lists, and what people do with them. */
export const alertEndpoints = {
  alerts: {
    method: 'GET',
    path: '/api/alerts',
    summary: 'Alerts of the own scope; live ones unless a status is given',
    needs: 'signedIn',
    cost: 2,
    query: z.object({
      status: z.union([alertStatus, z.literal('live')]).default('live'),
      district: z.string().optional(),
      assignee: z.string().optional(),
      rule: z.string().optional(),
      siteId: rowId.optional(),
      unit: rowId.optional(),
      resolvedSince: sentInstant.optional(),
      /** `true`: only outages that came and went while nobody looked, and that nobody has looked at since. */
      missed: z
        .literal('true')
        .transform(() => true)
        .optional(),
      ...paging,
    }),
    output: page(alert),
  },
  lookAtAlerts: {
    method: 'POST',
    path: '/api/alerts/seen',
    summary: 'Say that one has looked at outages, or at all that a district had while nobody looked',
    needs: 'alert.look',
    body: lookInput,
    output: z.object({ seen: z.int() }),
  },
  falseAlarms: {
    method: 'GET',
    path: '/api/alerts/false-alarms',
    summary: 'Alerts of each rule in the last days, and how many of them people held to be false',
    needs: 'signedIn',
    cost: 10,
    query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    output: z.array(falseAlarmFigure),
  },
  alertPeople: {
    method: 'GET',
    path: '/api/alerts/:id/people',
    summary: 'People who may see an alert, and so can be mentioned in a comment',
    needs: 'alert.comment',
    params: id,
    output: z.array(userListItem),
  },
  alert: {
    method: 'GET',
    path: '/api/alerts/:id',
    summary: 'One alert',
    needs: 'signedIn',
    params: id,
    output: alert,
  },
  acknowledgeAlert: alertStep('acknowledge', acknowledgeInput, 'Take an alert on, until a time'),
  unacknowledgeAlert: alertStep(
    'unacknowledge',
    unacknowledgeInput,
    'Put an acknowledged alert back to open',
  ),
  assignAlert: alertStep(
    'assign',
    assignInput,
    'Give an alert to somebody or to its unit; giving it to oneself acknowledges it',
  ),
  silenceAlert: alertStep('silence', silenceInput, 'Tell nobody of it until a time'),
  unsilenceAlert: alertStep('unsilence', unsilenceInput, 'End its silence now'),
  commentAlert: alertStep('comment', commentInput, 'Add to its timeline, and mention people'),
  regradeAlert: alertStep('regrade', regradeInput, 'Set its severity, until the monitor judges anew'),
  mergeAlert: alertStep('merge', mergeInput, 'Make an outage part of an incident'),
  splitAlert: alertStep('split', splitInput, 'Take an outage out of its incident'),
  escalateAlert: {
    ...alertStep('escalate', escalateInput, 'Call the next level now, whatever its clock says'),
    output: calledAlert,
  },
  resolveAlert: alertStep(
    'resolve',
    resolveInput,
    'Close by hand; it comes back if the monitor still sees it',
  ),
  falsifyAlert: {
    ...alertStep(
      'falseAlarm',
      falseAlarmInput,
      'Resolve as a false alarm; of V2 it is also a finding of how fresh the site is',
    ),
    path: '/api/alerts/:id/false-alarm',
  },
  bulkAlerts: {
    method: 'POST',
    path: '/api/alerts/bulk',
    summary: 'One action on many alerts, each with its own result',
    needs: [...new Set(Object.values(ALERT_RIGHTS))],
    body: bulkInput,
    output: bulkResult,
  },
} as const satisfies Record<string, Endpoint>
