import { z } from 'zod'
import { sentId } from '../../base/ids.ts'
import { sentInstant } from '../../base/instant.ts'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { columnCounts } from '../../monitor/columns/columns.ts'
import { brokenLinks } from '../../monitor/links/links.ts'
import { outboundEvidence } from '../../monitor/outbound/evidence.ts'
import { RENDERED } from '../../monitor/rendering/rendering-rules.ts'
import { inEach } from '../../register/rule-editions/editions.ts'
import { ALERT_RULES, ALERT_STATUSES, ESCALATION_LEVELS, INCIDENT_KINDS, SEVERITIES } from './alerts-rules.ts'

export * from './alerts-rules.ts'

export const alertRule = z.enum(ALERT_RULES)
export type AlertRule = z.infer<typeof alertRule>
export const severity = z.enum(SEVERITIES)
export type Severity = z.infer<typeof severity>
export const alertStatus = z.enum(ALERT_STATUSES)
export type AlertStatus = z.infer<typeof alertStatus>
export const incidentKind = z.enum(INCIDENT_KINDS)
export type IncidentKind = z.infer<typeof incidentKind>

/** What the monitor saw when it opened the alert or last changed its severity. */
export const alertEvidence = z.object({
  cause: z.string().nullable().optional(),
  status: z.int().nullable().optional(),
  /** V1: failed share in per cent; UNSEEN: share not measured. */
  share: z.number().nullable().optional(),
  /** V2: newest credible date; null when nothing is dated. */
  newest: z.string().nullable().optional(),
  days: z.int().nullable().optional(),
  reason: z.string().optional(),
  /** V2, V3: how the pages were seen that it rests on; absent where that is not said. */
  rendered: z.enum(RENDERED).optional(),
  /** STALL, LINE, PLATFORM, OUTBOUND: how many sites. */
  sites: z.int().optional(),
  /** PLATFORM: how many of them are still down, and what they share. */
  down: z.int().optional(),
  /** PLATFORM, resolved by hand: the fewest that were down since then. */
  least: z.int().optional(),
  kind: incidentKind.optional(),
  key: z.string().optional(),
  /** BEHIND: turns come so late, seconds; visits a second that can be carried, and that are asked for. */
  behindS: z.int().optional(),
  capacity: z.number().optional(),
  wanted: z.number().optional(),
  /** LINE: reference targets asked, and how many of them answered. */
  asked: z.int().optional(),
  answered: z.int().optional(),
  /** V3: columns that count for a, b and c. */
  columns: columnCounts.optional(),
  /** LINKS: broken ones that are certain, by indicator, what they cost, and a few of them. */
  broken: brokenLinks.optional(),
  /** MACHINE: how many problems, the gravest rules first, and a few of them. PLATFORM of a source: its rule's name. */
  found: z
    .object({
      n: z.int(),
      rules: z.array(z.object({ id: z.string(), name: inEach, n: z.int() })),
      some: z.array(z.object({ url: z.string(), excerpt: z.string() })),
    })
    .optional(),
  name: inEach.optional(),
  /** OUTBOUND: what became of the host `key`, and what speaks for it. */
  outbound: outboundEvidence.optional(),
  /** CERT: the last of 30, 14, 7 and 1 days that has been passed; `days` are those left. */
  within: z.int().optional(),
})
export type AlertEvidence = z.infer<typeof alertEvidence>
export const escalationLevel = z.enum(ESCALATION_LEVELS)
export type EscalationLevel = z.infer<typeof escalationLevel>

/** A unit as an alert names it. */
const unit = z.object({ id: z.int(), name: z.string() })

/** Why a person holds an alert to be false. */
export const falseAlarm = z.object({
  reason: z.string(),
  /** V2: the day of the newest item that the person saw. */
  updatedOn: z.iso.date().nullable(),
  /** The page of the site that was kept last by then, if any. */
  evidenceId: z.int().nullable(),
})
export type FalseAlarm = z.infer<typeof falseAlarm>

export const alert = z.object({
  id: z.int(),
  /** Null for OUTBOUND, PLATFORM, STALL, BEHIND, LINE, ASIDE and UNSEEN. */
  siteId: z.int().nullable(),
  siteName: z.string().nullable(),
  district: z.string().nullable(),
  unitId: z.int().nullable(),
  rule: alertRule,
  severity,
  /** What the monitor holds it to be, where a person has set another; until the monitor itself judges anew. */
  monitorSeverity: severity.nullable().optional(),
  status: alertStatus,
  /** When it opened or, if it came back, when it came back last. */
  openedAt: z.iso.datetime(),
  acknowledgedBy: person.nullable(),
  acknowledgedAt: z.iso.datetime().nullable(),
  acknowledgedUntil: z.iso.datetime().nullable(),
  note: z.string().nullable(),
  /** Whose acknowledgement ran out, and when, if nobody has acknowledged it since. */
  forgotten: z.object({ by: person, at: z.iso.datetime() }).nullable().optional(),
  /**
   * Its own unit has said that it knows, and until when it has it in hand. That informs those above; it is no
   * acknowledgement: the alert stays open, and is carried on.
   */
  informed: z
    .object({ by: person, at: z.iso.datetime(), until: z.iso.datetime(), note: z.string().nullable() })
    .nullable()
    .optional(),
  assignee: person.nullable(),
  /** Given to the unit as a whole; never together with an assignee. */
  assignedUnit: unit.nullable().optional(),
  /** People whom a comment mentions. */
  mentioned: z.array(z.int()).optional(),
  silencedUntil: z.iso.datetime().nullable(),
  silenceReason: z.string().nullable(),
  resolvedAt: z.iso.datetime().nullable(),
  /** Null while live, and when the monitor resolved it. */
  resolvedBy: person.nullable(),
  /** It was resolved as a false alarm. */
  falseAlarm: falseAlarm.nullable().optional(),
  /** An outage that came and went while nobody looked. */
  missed: z.literal(true).optional(),
  /** Who looked first since it opened, of those who take alerts on, and when. */
  seen: z.object({ by: person, at: z.iso.datetime() }).optional(),
  /** How often it came back within 24 hours of being resolved. */
  recurrences: z.int(),
  evidence: alertEvidence,
  rectificationId: z.int().nullable(),
  /** Who was called last because nobody took it on. */
  escalation: z.object({ level: escalationLevel, at: z.iso.datetime() }).nullable().default(null),
  /** Sites that fail together: the same in their DOWN alerts and in the PLATFORM alert of them all. */
  incidentId: z.int().nullable().default(null),
  /** The PLATFORM alert of its incident was resolved while the incident lasts: it is to be taken on by itself. */
  alone: z.literal(true).optional(),
  version: z.int(),
})
export type Alert = z.infer<typeof alert>
/** An alert that was carried to the next level now; `called`: the names of who was told, null where the level has nobody. */
export const calledAlert = alert.extend({ called: z.string().nullable() })
export type CalledAlert = z.infer<typeof calledAlert>

const version = z.int().positive()
const note = sentText.max(1000)

export const acknowledgeInput = z.object({
  version,
  note: note.optional(),
  until: sentInstant.optional(),
})
/** To a person, to the unit that each alert's site belongs to, or to whoever is on duty for its district. */
const assignee = {
  assigneeId: sentId.optional(),
  toUnit: z.literal(true).optional(),
  toDuty: z.literal(true).optional(),
}
const hasOne = (given: { [key in keyof typeof assignee]?: number | true | undefined }) =>
  [given.assigneeId, given.toUnit, given.toDuty].filter((one) => one !== undefined).length === 1
const ONE = { message: 'one of assigneeId, toUnit and toDuty' }
export const assignInput = z.object({ version, ...assignee }).refine(hasOne, ONE)
export const silenceInput = z.object({
  version,
  until: sentInstant,
  reason: note.min(1),
})
export const commentInput = z.object({
  version: version.optional(),
  text: note.min(1),
  /** Ids of people whom it mentions; each must be able to see the alert. */
  mentions: z.array(z.int()).max(20).optional(),
})
export const resolveInput = z.object({ version, note: note.min(1) })
export const unacknowledgeInput = z.object({ version, note: note.optional() })
export const unsilenceInput = z.object({ version, note: note.optional() })
export const regradeInput = z.object({ version, severity, reason: note.min(1) })
export const falseAlarmInput = z.object({
  version,
  reason: note.min(1).max(500),
  /** V2 needs it: the day of the newest item that the person saw on the site. */
  updatedOn: z.iso.date().optional(),
})
/** Some alerts, or every missed outage of a district; null: of all that one looks after. */
export const lookInput = z.union([
  z.strictObject({ alertIds: z.array(sentId).min(1).max(1000) }),
  z.strictObject({ district: z.string().max(30).nullable() }),
])
export const mergeInput = z.object({ version, incidentId: z.int() })
export const escalateInput = z.object({
  version,
  note: note.optional(),
  /** The level that was called last, as far as is known: escalation leaves the version as it is. */
  after: escalationLevel.nullable().optional(),
})
export const splitInput = z.object({ version, note: note.optional() })

const items = z
  .array(z.object({ id: sentId, version }))
  .min(1)
  .max(1000)
export const bulkInput = z.discriminatedUnion('action', [
  acknowledgeInput.omit({ version: true }).extend({ action: z.literal('acknowledge'), items }),
  z.object({ action: z.literal('assign'), items, ...assignee }).refine(hasOne, ONE),
  silenceInput.omit({ version: true }).extend({ action: z.literal('silence'), items }),
  unsilenceInput.omit({ version: true }).extend({ action: z.literal('unsilence'), items }),
  unacknowledgeInput.omit({ version: true }).extend({ action: z.literal('unacknowledge'), items }),
  regradeInput.omit({ version: true }).extend({ action: z.literal('regrade'), items }),
  mergeInput.omit({ version: true }).extend({ action: z.literal('merge'), items }),
  falseAlarmInput.omit({ version: true, updatedOn: true }).extend({ action: z.literal('falseAlarm'), items }),
])
export type BulkInput = z.infer<typeof bulkInput>

export const bulkResult = z.object({
  results: z.array(
    z.object({
      id: z.int(),
      ok: z.boolean(),
      code: z.string().optional(),
      message: z.string().optional(),
      alert: alert.optional(),
    }),
  ),
})

/** False alarms of a rule, beside the alerts that it gave. */
export const falseAlarmFigure = z.object({ rule: alertRule, alerts: z.int(), falseAlarms: z.int() })
