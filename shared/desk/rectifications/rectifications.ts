import { z } from 'zod'
import { sentId } from '../../base/ids.ts'
import { sentDay } from '../../base/instant.ts'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { HAND_RULES } from './hand-rules.ts'

import { FIX_SOURCES, REQUEST_KINDS, STAGES, STEPS } from './rectifications-rules.ts'

export * from './rectifications-rules.ts'

export const stage = z.enum(STAGES)
export type Stage = z.infer<typeof stage>
export const step = z.enum(STEPS)
export type Step = z.infer<typeof step>
export const handRule = z.enum(HAND_RULES)
export const rectificationSource = z.enum(FIX_SOURCES)
export type RectificationSource = z.infer<typeof rectificationSource>

/** What the monitor has measured since the rectification was submitted. */
export const verification = z.object({
  goodVisits: z.int(),
  neededVisits: z.int(),
  /** Why it was closed or returned, as a code with its figures. */
  result: z.string().nullable(),
  cause: z.string().nullable(),
  newest: z.string().nullable(),
  share: z.number().nullable(),
  /** The visit that it rests on; null until there was one, and for rectifications of before this was kept. */
  measuredAt: z.iso.datetime().nullable().default(null),
})
export type Verification = z.infer<typeof verification>

/** The clock stands still through `until`: the rectification waits for somebody else. */
export const rectificationPause = z.object({
  since: z.string(),
  until: z.string(),
  /** Working days by which the due day has moved. */
  workdays: z.int(),
  reason: z.string(),
  by: person,
})
export type RectificationPause = z.infer<typeof rectificationPause>

/** More time, or a pause, that somebody asks those who may grant it for. */
export const rectificationRequest = z.object({
  id: z.int(),
  kind: z.enum(REQUEST_KINDS),
  /** The due day that is wanted, or the last day of the pause. */
  until: z.string(),
  reason: z.string(),
  by: person,
  at: z.iso.datetime(),
})
export type RectificationRequest = z.infer<typeof rectificationRequest>

export const rectification = z.object({
  id: z.int(),
  siteId: z.int(),
  siteName: z.string(),
  district: z.string(),
  unitId: z.int(),
  unit: z.string(),
  alertIds: z.array(z.int()),
  rules: z.array(z.string()),
  source: rectificationSource,
  /** What is wrong, in the words of who raised it; null where alerts say it. */
  problem: z.string().nullable(),
  /** Number or title of the check, circular or report that it comes from. */
  reference: z.string().nullable(),
  incidentId: z.int().nullable(),
  /** The first of those that were raised together, one a site; null for one by itself. */
  batchId: z.int().nullable(),
  stage,
  assignee: person.nullable(),
  raisedBy: person.nullable(),
  raisedAt: z.iso.datetime(),
  /** Last local day on which it is in time. */
  dueOn: z.string(),
  /** Of a term in hours, the instant at which it ends and how many it was given; null of one in working days. */
  dueAt: z.iso.datetime().nullable().default(null),
  dueHours: z.int().nullable().default(null),
  /** The holidays of some year of it are not announced: counted as ordinary weekdays, it will be reckoned again. */
  provisional: z.boolean().default(false),
  /** All that it was given, 0 of a term in hours; those that it was paused for are not among them. */
  dueWorkdays: z.int(),
  /** The day on which four fifths of the working days are used. */
  atRiskOn: z.string(),
  /** The last pause, if it is not over yet or has ended by itself. */
  pause: rectificationPause.nullable(),
  pausedWorkdays: z.int(),
  /** What is asked for and not answered yet. */
  request: rectificationRequest.nullable().default(null),
  /** When it was first given to somebody, and first taken on; null: never, so that these stages were passed over. */
  assignedAt: z.iso.datetime().nullable().default(null),
  acceptedAt: z.iso.datetime().nullable().default(null),
  submittedAt: z.iso.datetime().nullable(),
  submittedNote: z.string().nullable(),
  closedAt: z.iso.datetime().nullable(),
  returnedCount: z.int(),
  relapses: z.int(),
  overridden: z.boolean(),
  verification: verification.nullable(),
  version: z.int(),
})
export type Rectification = z.infer<typeof rectification>

const version = z.int().positive()
const text = sentText.max(2000)
/** Working days or hours; neither: the term that `shared/desk/rectifications/deadlines-rules.ts` has for what the rectification is about. */
const term = {
  dueWorkdays: z.int().min(1).max(250).optional(),
  dueHours: z.int().min(1).max(720).optional(),
}
const hasOneTerm = (given: { [key in keyof typeof term]?: number | undefined }) =>
  given.dueWorkdays === undefined || given.dueHours === undefined
/** More time is never by default. */
const hasTerm = (given: { [key in keyof typeof term]?: number | undefined }) =>
  (given.dueWorkdays === undefined) !== (given.dueHours === undefined)
const ONE_TERM = { path: ['dueHours'], message: 'either dueWorkdays or dueHours' }

export const raiseInput = z
  .object({
    alertIds: z.array(sentId).min(1).max(50),
    unitId: sentId.optional(),
    assigneeId: sentId.optional(),
    ...term,
  })
  .refine(hasOneTerm, ONE_TERM)

/** A comment on a rectification, and whom it mentions. */
export const rectificationCommentInput = z.object({
  version: version.optional(),
  text: text.min(1).max(1000),
  mentions: z.array(z.int()).max(20).optional(),
})

/** Rectifications of many sites at once, each of its own unit: those of an incident, or sites named by hand. */
export const raiseManyInput = z.discriminatedUnion('source', [
  z.object({ source: z.literal('incident'), incidentId: z.int(), ...term }).refine(hasOneTerm, ONE_TERM),
  /** Of each site of these alerts, for all of them that are its own. `dryRun`: only says what would be. */
  z
    .object({
      source: z.literal('alerts'),
      alertIds: z.array(sentId).min(1).max(5000),
      dryRun: z.boolean().default(false),
      ...term,
    })
    .refine(hasOneTerm, ONE_TERM),
  z
    .object({
      source: rectificationSource.extract(['check', 'circular', 'hotline', 'hand']),
      siteIds: z.array(sentId).min(1).max(200),
      rule: handRule,
      problem: text.min(1),
      reference: sentText.max(200).optional(),
      ...term,
    })
    .refine(hasOneTerm, ONE_TERM),
])
export type RaiseManyInput = z.output<typeof raiseManyInput>
export const raiseManyResult = z.object({
  batchId: z.int().nullable(),
  items: z.array(rectification),
  /** Sites that have such a rectification already, or for which there is nobody to give one to. */
  refused: z.array(z.object({ siteId: z.int().nullable(), siteName: z.string(), message: z.string() })),
  /** Sites for which one was raised or, of a dry run, would be. */
  sites: z.int().default(0),
})

export const stepInput = {
  assign: z.object({ version, assigneeId: sentId }),
  accept: z.object({ version }),
  submit: z.object({ version, note: text.optional() }),
  confirm: z.object({ version, note: text.min(1) }),
  return: z.object({ version, reason: text.min(1) }),
  extend: z.object({ version, ...term, reason: text.min(1) }).refine(hasTerm, ONE_TERM),
  pause: z.object({ version, until: sentDay, reason: text.min(1) }),
  resume: z.object({ version }),
  override: z.object({ version, reason: text.min(1) }),
  ask: z.object({ version, kind: z.enum(REQUEST_KINDS), until: sentDay, reason: text.min(1) }),
  withdraw: z.object({ version }),
  /** Granted until the day that was asked for, or another; refused with the reason. */
  answer: z
    .object({ version, grant: z.boolean(), until: sentDay.optional(), reason: text.optional() })
    .refine(({ grant, reason }) => grant || Boolean(reason), { path: ['reason'], message: 'why not' }),
} as const satisfies Record<Step, z.ZodType>

const items = z
  .array(z.object({ id: z.int(), version }))
  .min(1)
  .max(200)
export const bulkRectificationInput = z.discriminatedUnion('step', [
  z.object({ step: z.literal('assign'), items, assigneeId: sentId }),
  z.object({ step: z.literal('accept'), items }),
  z.object({ step: z.literal('extend'), items, ...term, reason: text.min(1) }).refine(hasTerm, ONE_TERM),
])
export const bulkRectificationResult = z.object({
  results: z.array(
    z.object({
      id: z.int(),
      ok: z.boolean(),
      code: z.string().optional(),
      message: z.string().optional(),
      rectification: rectification.optional(),
    }),
  ),
})

/** Progress as wall, desk and reports show it. Closed counts those of the last 90 days. */
export const progress = z.object({
  raised: z.int(),
  closed: z.int(),
  overdue: z.int(),
  returned: z.int(),
  verifying: z.int(),
})
export type Progress = z.infer<typeof progress>
