import { z } from 'zod'
import { site } from '../../register/sites/sites.ts'
import { availability, siteState } from '../../register/sites/states.ts'
import { finding } from '../freshness/freshness.ts'
import { RENDERED } from '../rendering/rendering-rules.ts'

/** The 7-day meter (`shared/monitor/verdicts/meter.ts`). */
export const v1Meter = z.object({
  share: z.number().nullable(),
  toWarn: z.int(),
  toVeto: z.int(),
  crossesAt: z.iso.datetime().nullable(),
  shareInADay: z.number().nullable(),
  clearsAt: z.iso.datetime().nullable(),
})

/** One site in full, as its page shows it. */
export const siteDetail = site.extend({
  intervalSeconds: z.int(),
  nextVisitAt: z.iso.datetime().nullable(),
  status: z.int().nullable(),
  finding: finding.nullable(),
  findingAt: z.iso.datetime().nullable(),
  /** How the home page was seen that V2 rests on, and the pages of columns that count as neglected (V3); null: that is not said. */
  rendered: z.object({ v2: z.enum(RENDERED).nullable(), v3: z.enum(RENDERED).nullable() }),
  certDaysLeft: z.number().nullable(),
  window: z.object({
    total: z.int(),
    failed: z.int(),
    excluded: z.int(),
    perDay: z.array(z.int()),
    /** Of those that count; as `perDay`, the last 24 hours first. */
    failedPerDay: z.array(z.int()),
  }),
  meter: v1Meter,
  pausedUntil: z.iso.datetime().nullable(),
  pauseReason: z.string().nullable(),
})
export type SiteDetail = z.infer<typeof siteDetail>

/** One point of a site's chart; a bucket without visits is absent. */
export const historyPoint = z.object({
  at: z.iso.datetime(),
  total: z.int(),
  failed: z.int(),
  excluded: z.int(),
  avgMs: z.number().nullable(),
  maxMs: z.number().nullable(),
})
export type HistoryPoint = z.infer<typeof historyPoint>

export const siteHistory = z.object({
  level: z.enum(['visit', 'hour', 'day']),
  /** What lies within so many milliseconds is one point. */
  binMs: z.int(),
  points: z.array(historyPoint),
  changes: z.array(
    z.object({
      at: z.iso.datetime(),
      state: siteState,
      availability,
      cause: z.string().nullable(),
    }),
  ),
})
export type SiteHistory = z.infer<typeof siteHistory>
