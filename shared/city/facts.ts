import { z } from 'zod'
import { alert } from '../desk/alerts/alerts.ts'
import { toldPause } from '../desk/pauses/pauses.ts'
import { fixRequest, rectification } from '../desk/rectifications/rectifications.ts'
import { sayInput } from '../monitor/freshness/findings.ts'
import { person } from '../people/rights/users.ts'
import { availability, siteState, verdict } from '../register/sites/states.ts'

/** Everything of a site that changes and that an operator would want to replay. */
export const siteFacts = z.object({
  state: siteState,
  stateSince: z.iso.datetime(),
  availability,
  cause: z.string().nullable(),
  since: z.iso.datetime(),
  v1: verdict,
  share: z.number().nullable(),
  v2: verdict,
  /** Facts of before columns were judged say nothing of it. */
  v3: verdict.default('insufficient'),
  newest: z.string().nullable(),
  /** Changes between well and failed again and again; facts of before that was told say nothing of it. */
  flapping: z.boolean().default(false),
})
export type SiteFacts = z.infer<typeof siteFacts>

const base = {
  /** Gapless, in commit order. */
  seq: z.int().positive(),
  at: z.iso.datetime(),
  siteId: z.int().nullable(),
  district: z.string().nullable(),
  /** Null when the monitor did it. */
  actor: person.nullable(),
}

export const ALERT_FACTS = [
  'alert.opened',
  'alert.raised',
  'alert.eased',
  'alert.reopened',
  'alert.grouped',
  'alert.acknowledged',
  'alert.informed',
  'alert.unacknowledged',
  'alert.forgotten',
  'alert.escalated',
  'alert.assigned',
  'alert.silenced',
  'alert.commented',
  'alert.regraded',
  'alert.merged',
  'alert.split',
  'alert.resolved',
  'alert.falsified',
] as const
export type AlertFactKind = (typeof ALERT_FACTS)[number]

export const RECTIFICATION_FACTS = [
  'rectification.raised',
  'rectification.assigned',
  'rectification.accepted',
  'rectification.submitted',
  'rectification.verifying',
  'rectification.closed',
  'rectification.returned',
  'rectification.extended',
  'rectification.overridden',
  'rectification.relapsed',
  'rectification.paused',
  'rectification.resumed',
  'rectification.atRisk',
  'rectification.overdue',
  'rectification.rescheduled',
  'rectification.asked',
  'rectification.withdrawn',
  'rectification.granted',
  'rectification.refused',
  'rectification.commented',
  'rectification.attached',
  'rectification.detached',
] as const
export type RectificationFactKind = (typeof RECTIFICATION_FACTS)[number]

/**
 * `approved` also of who may approve what is filed by filing it. `begun` and `resumed` are of one window, `ended` of
 * the whole plan, also where nobody has answered it in time.
 */
export const PAUSE_FACTS = [
  'pause.filed',
  'pause.approved',
  'pause.refused',
  'pause.withdrawn',
  'pause.begun',
  'pause.resumed',
  'pause.ended',
] as const
export type PauseFactKind = (typeof PAUSE_FACTS)[number]

const siteChanged = z.object({
  ...base,
  kind: z.literal('site.changed'),
  /** `after` is the whole of it, so that applying a fact twice changes nothing. */
  data: z.object({
    before: z.object({ state: siteState, availability }).nullable(),
    after: siteFacts,
    /** What a person said of how fresh the site is; null: took it back. */
    said: sayInput.nullish(),
  }),
})

const alertChanged = z.object({
  ...base,
  kind: z.enum(ALERT_FACTS),
  data: z.object({
    alert,
    text: z.string().nullable(),
    /** Whom a comment mentions. */
    mentions: z.array(person).optional(),
  }),
})

const rectificationChanged = z.object({
  ...base,
  kind: z.enum(RECTIFICATION_FACTS),
  data: z.object({
    rectification,
    text: z.string().nullable(),
    /** Whom a comment mentions. */
    mentions: z.array(person).optional(),
    /** What was asked for, withdrawn or answered. */
    request: fixRequest.optional(),
  }),
})

/** Whom something concerns that is not of one site alone. */
const place = z.object({ district: z.string(), unitId: z.int() })

const pauseChanged = z.object({
  ...base,
  kind: z.enum(PAUSE_FACTS),
  data: z.object({
    pause: toldPause,
    /** What was said with it. */
    text: z.string().nullable(),
    /** Where the sites lay that it covered, each place once. */
    places: z.array(place),
  }),
})

/** The register was loaded or edited: what a browser holds of it is out of date, so it asks for a snapshot. */
const registerChanged = z.object({
  ...base,
  kind: z.literal('register.changed'),
  data: z.object({ added: z.int(), changed: z.int() }),
})

/** What an operator would want to replay tomorrow. Stored in the transaction that made it true. */
export const fact = z.discriminatedUnion('kind', [
  siteChanged,
  alertChanged,
  rectificationChanged,
  pauseChanged,
  registerChanged,
])
export type Fact = z.infer<typeof fact>
export type AlertChanged = z.infer<typeof alertChanged>
export type RectificationChanged = z.infer<typeof rectificationChanged>
export type PauseChanged = z.infer<typeof pauseChanged>

/** A fact before the log has given it its number. */
export type NewFact = Fact extends infer F ? (F extends Fact ? Omit<F, 'seq'> : never) : never
