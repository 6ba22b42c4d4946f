import { z } from 'zod'
import { BOUNDS, ERRORS, PLACES } from './quality-rules.ts'

export * from './quality-rules.ts'

const count = z.int().nonnegative()
const day = z.iso.date()

/** What was counted; see `QualityCounts`. */
const counts = {
  planted: count,
  found: count,
  clean: count,
  wrong: count,
  unmeasured: count,
}

/** How one rule has done over the nights that are asked for. */
export const ruleQuality = z.object({
  rule: z.string(),
  /** Of a rule of machine inspections, as it decides now; what an older version erred in holds it back no more. */
  version: z.int().nullable(),
  /** Of a rule of machine inspections, which is held back while it is above its limit; null: of another. */
  name: z.object({ zh: z.string(), en: z.string() }).nullable(),
  ...counts,
  /** Seconds until a fault was told of: the median of the nights' medians, and the slowest of all. */
  medianS: count.nullable(),
  slowestS: count.nullable(),
  marks: z.object({
    /** What was told of in that time, or judged by people. */
    told: count,
    refused: count,
    falseAlarms: count,
    problems: count,
    corrections: count,
  }),
  limits: z.object({ missedPercent: z.number(), wrongPercent: z.number(), refusedPercent: z.number() }),
  /** What is held against its limit: the share that is nearest to its limit or furthest above it, by what it is at least, from 0 to 1; null: too little is known. */
  held: z
    .object({
      by: z.enum(BOUNDS),
      low: z.number(),
      /** Days, of what was planted nights, that it is counted over, whatever was asked for; null: over those that were. */
      within: z.int().nullable(),
    })
    .nullable(),
  /** It is certain to err more often than its limit. A rule of machine inspections then proposes, and a person decides. */
  isAbove: z.boolean(),
})
export type RuleQuality = z.infer<typeof ruleQuality>

/** What was counted on one night of the rules that are asked for. */
export const qualityNight = z.object({ night: day, ...counts })
export type QualityNight = z.infer<typeof qualityNight>

export const qualityReport = z.object({
  from: day,
  to: day,
  /** Nights of them that were counted. */
  counted: count,
  rules: z.array(ruleQuality),
  /** By night, oldest first. */
  nights: z.array(qualityNight),
})
export type QualityReport = z.infer<typeof qualityReport>

/** Something that was missed, or told of wrongly. */
export const qualityCase = z.object({
  id: z.int(),
  night: day,
  place: z.enum(PLACES),
  rule: z.string(),
  error: z.enum(ERRORS),
  /** The way in which there was a fault, or only the look of one. */
  what: z.string(),
  site: z.object({ id: z.int(), name: z.string(), district: z.string() }).nullable(),
  page: z.string().nullable(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
})
export type QualityCase = z.infer<typeof qualityCase>
