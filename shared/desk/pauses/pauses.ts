import { z } from 'zod'
import { rowId } from '../../base/ids.ts'
import { sentDay, sentInstant } from '../../base/instant.ts'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { PAUSE_KINDS, PAUSE_STATES } from './pauses-rules.ts'

export * from './pauses-rules.ts'

export const pauseKind = z.enum(PAUSE_KINDS)
export const pauseState = z.enum(PAUSE_STATES)

/** On which weekdays (1 Monday to 7 Sunday) the hours of the first window come again, up to and with which day. */
export const pauseRepeat = z.object({
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
  until: sentDay,
})
export type PauseRepeat = z.infer<typeof pauseRepeat>

/** When: the first window, and whether it comes again. */
export interface PauseTimes {
  readonly from: string
  readonly to: string
  readonly repeat: PauseRepeat | null
}

/**
 * What is paused: the sites that have all that is said. `site` needs `siteId`, `unit` `unitId`, `district` `district`,
 * `platform` `platform`, and of it only what lies in `district` or belongs to `unitId` where they are given.
 */
const target = {
  kind: pauseKind,
  siteId: rowId.optional(),
  unitId: rowId.optional(),
  district: z.string().max(20).optional(),
  platform: sentText.min(1).max(200).optional(),
}
export const pauseTarget = z.object(target)
export type PauseTarget = z.infer<typeof pauseTarget>

export const pauseInput = z.object({
  target: pauseTarget,
  from: sentInstant,
  to: sentInstant,
  repeat: pauseRepeat.nullable(),
  reason: sentText.min(1).max(500),
})
export type PauseInput = z.infer<typeof pauseInput>

/** Another time or another reason; what is paused stays, of that another plan is filed. */
export const pauseChange = pauseInput.omit({ target: true }).extend({ version: z.int() })
export type PauseChange = z.infer<typeof pauseChange>

/** An answer to what was filed; a refusal says why. */
export const pauseAnswer = z.object({ version: z.int(), reason: sentText.max(500).default('') })
export const pauseRefusal = z.object({ version: z.int(), reason: sentText.min(1).max(500) })

/** When and why a plan was, before somebody changed it. */
export const pauseBefore = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  repeat: pauseRepeat.nullable(),
  endsAt: z.iso.datetime(),
  reason: z.string(),
})
export type PauseBefore = z.infer<typeof pauseBefore>

const pauseWindow = z.object({ from: z.iso.datetime(), to: z.iso.datetime() })

/** Filed downtime that was planned ahead (报备停测): its sites are not visited in its windows, and nothing counts. */
export const pausePlan = z.object({
  id: z.int(),
  kind: pauseKind,
  siteId: z.int().nullable(),
  unitId: z.int().nullable(),
  district: z.string().nullable(),
  platform: z.string().nullable(),
  /** Of the site or the unit that it is for. */
  name: z.string().nullable(),
  /** How many sites it covers now. */
  sites: z.int(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  repeat: pauseRepeat.nullable(),
  /** When its last window ends. */
  endsAt: z.iso.datetime(),
  reason: z.string(),
  state: pauseState,
  /** Of an approved plan: the window that is running, and the one after. */
  running: pauseWindow.nullable(),
  next: pauseWindow.nullable(),
  filedBy: person,
  filedAt: z.iso.datetime(),
  decidedBy: person.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  /** What was said to it. */
  answer: z.string(),
  version: z.int(),
  /** What the asker may do with it. */
  mayDecide: z.boolean(),
  mayWithdraw: z.boolean(),
  mayChange: z.boolean(),
})
export type PausePlan = z.infer<typeof pausePlan>

/** A plan as it is told of: without what depends on the clock or on who asks. */
export const pauseInFact = pausePlan.omit({
  running: true,
  next: true,
  mayDecide: true,
  mayWithdraw: true,
  mayChange: true,
})
export type PauseInFact = z.infer<typeof pauseInFact>

/** What a plan would cover, and whether it needs somebody's answer. */
export const pauseCover = z.object({ sites: z.int(), approvedAtOnce: z.boolean() })
export type PauseCover = z.infer<typeof pauseCover>

export const pausePlatform = z.object({ name: z.string(), sites: z.int() })
export type PausePlatform = z.infer<typeof pausePlatform>
