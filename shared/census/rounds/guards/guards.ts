import { z } from 'zod'
import { rowId, sentId } from '../../../base/ids.ts'
import { sentDay } from '../../../base/instant.ts'
import { person } from '../../../base/person.ts'
import { sentText } from '../../../base/sent-text.ts'
import { daysBetween } from '../../../base/time.ts'
import { TIME_OF_DAY } from '../../../desk/duty/duty-rules.ts'
import { MOST_WORDS } from '../rounds-rules.ts'
import {
  GRACE_MIN,
  GUARD_PHASES,
  LEAST_INTERVAL_S,
  MOST_GUARD_DAYS,
  MOST_GUARD_DISTRICTS,
  MOST_GUARD_SITES,
  MOST_HOURS,
  MOST_INTERVAL_S,
  ZERO_STANDINGS,
} from './guards-rules.ts'

const code = z.string().min(1).max(30)

/** What a guarded period is about. Without districts and sites it covers all. */
export const newGuard = z
  .object({
    name: sentText.min(1).max(80),
    from: sentDay,
    to: sentDay,
    districts: z.array(code).max(MOST_GUARD_DISTRICTS).default([]),
    siteIds: z.array(sentId).max(MOST_GUARD_SITES).default([]),
    /** Null: sites are visited as often as ever. */
    everyS: z.int().min(LEAST_INTERVAL_S).max(MOST_INTERVAL_S).nullable().default(null),
    /** Local hours of zero reports; none: nobody reports. */
    hours: z.array(z.string().regex(TIME_OF_DAY)).max(MOST_HOURS).default([]),
    graceMin: z.int().min(0).max(720).default(GRACE_MIN),
  })
  .refine(({ from, to }) => to >= from, { path: ['to'], message: 'must not lie before the beginning' })
  .refine(({ from, to }) => daysBetween(from, to) < MOST_GUARD_DAYS, {
    path: ['to'],
    message: `${MOST_GUARD_DAYS} days at most`,
  })
  .refine(({ hours }) => new Set(hours).size === hours.length, {
    path: ['hours'],
    message: 'each hour once',
  })
export type NewGuard = z.output<typeof newGuard>

/** The same as it stands in a round. */
export const guard = z.object({
  name: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  districts: z.array(z.string()),
  siteIds: z.array(z.int()),
  everyS: z.int().nullable(),
  hours: z.array(z.string()),
  graceMin: z.int(),
  phase: z.enum(GUARD_PHASES),
})
export type Guard = z.infer<typeof guard>

/** That nothing happened, or what did, said by a district or unit at a fixed hour. */
export const zeroReport = z.object({
  id: z.int(),
  version: z.int(),
  roundId: z.int(),
  round: z.string(),
  name: z.string(),
  district: z.string(),
  /** Null: the district's own. */
  unit: z.object({ id: z.int(), name: z.string() }).nullable(),
  dueAt: z.iso.datetime(),
  /** Until when it is on time. */
  lastAt: z.iso.datetime(),
  standing: z.enum(ZERO_STANDINGS),
  /** Null while nobody has signed; '': nothing happened. */
  happened: z.string().nullable(),
  signed: z.object({ by: person, at: z.iso.datetime(), signature: z.string() }).nullable(),
  may: z.array(z.enum(['sign'])),
})
export type ZeroReport = z.infer<typeof zeroReport>

/** '': nothing happened. */
export const signInput = z.object({ happened: sentText.max(MOST_WORDS).default('') })

const zeroCounts = { due: z.int(), onTime: z.int(), late: z.int(), missing: z.int() }

/** A stretch in which nobody is on duty at a desk. */
const gap = z.object({ from: z.iso.datetime(), to: z.iso.datetime() })

/** The desks that have to be manned, the city's (null) first. */
export const guardDesk = z.object({
  district: z.string().nullable(),
  /** Hours of the period, and of these with nobody on duty. */
  hours: z.number(),
  uncovered: z.number(),
  /** The first of them; `more` are not named. */
  gaps: z.array(gap),
  more: z.int(),
})
export type GuardDesk = z.infer<typeof guardDesk>

/** How a guarded period is manned and reported on, within the scope of who asks. */
export const guardState = z.object({
  /** Sites that are covered. */
  sites: z.int(),
  /** Sites that the monitor visits more often just now. */
  tightened: z.int(),
  desks: z.array(guardDesk),
  zero: z.array(z.object({ district: z.string(), ...zeroCounts })),
})
export type GuardState = z.infer<typeof guardState>

/** Medians and longest in minutes; null where there is none. */
const times = z.object({ n: z.int(), median: z.number().nullable(), longest: z.number().nullable() })

const closingFigures = {
  sites: z.int(),
  visits: z.int(),
  failed: z.int(),
  /** Outages that began in the period, and sites that had any. */
  outages: z.int(),
  outageSites: z.int(),
  /** From beginning to somebody taking it on; to the monitor having seen it well again. */
  taken: times,
  recovered: times,
  rectifications: z.int(),
  rectificationsVerified: z.int(),
  /** Of the poll beforehand: units asked, that answered, and sites that were said not to be ready. */
  asked: z.int(),
  answered: z.int(),
  unready: z.int(),
  ...zeroCounts,
}

export const closingRow = z.object({ district: z.string(), ...closingFigures, uncovered: z.number() })
export type ClosingRow = z.infer<typeof closingRow>

/** What came of a guarded period. */
export const closingReport = z.object({
  roundId: z.int(),
  number: z.string(),
  name: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  everyS: z.int().nullable(),
  /** It is kept as it was made when the round was closed; else it is of now. */
  final: z.boolean(),
  madeAt: z.iso.datetime(),
  madeBy: person.nullable(),
  /** Null for whoever sees a part of it. */
  all: z.object(closingFigures).nullable(),
  districts: z.array(closingRow),
  desks: z.array(guardDesk),
  /** Outages, the longest first. */
  outages: z.array(
    z.object({
      alertId: z.int(),
      siteId: z.int(),
      site: z.string(),
      district: z.string(),
      unitId: z.int(),
      openedAt: z.iso.datetime(),
      takenAt: z.iso.datetime().nullable(),
      takenBy: z.string().nullable(),
      resolvedAt: z.iso.datetime().nullable(),
    }),
  ),
  /** Zero reports that are missing, and those in which something happened; how many were late, the figures say. */
  noted: z.array(
    zeroReport.pick({
      district: true,
      unit: true,
      dueAt: true,
      standing: true,
      happened: true,
      signed: true,
    }),
  ),
  /** Sites whose units said that they were not ready, and why. */
  unready: z.array(
    z.object({
      siteId: z.int(),
      site: z.string(),
      district: z.string(),
      unitId: z.int(),
      unit: z.string(),
      why: z.string(),
    }),
  ),
})
export type ClosingReport = z.infer<typeof closingReport>

export const zeroFilter = z.object({ round: rowId.optional(), open: z.enum(['true', 'false']).optional() })
