import { z } from 'zod'
import { alertRule, severity } from '../alerts/alerts.ts'
import { RULE_CAUSES, SITE_CAUSES } from './load-rules.ts'

export * from './load-rules.ts'

const noise = {
  alarms: z.int(),
  /** Of these: part of a failure of several sites, back within a day, over within ten minutes, held to be false. */
  shared: z.int(),
  again: z.int(),
  short: z.int(),
  falsified: z.int(),
}

/** How much a desk had to hear over a span, and who made the noise. */
export const alertLoad = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** What was announced; `folded` stood behind the one alert of a shared failure. */
  alarms: z.int(),
  folded: z.int(),
  /** Ten minutes in the span, and in how many of them nobody was on duty: those count as one person. */
  tens: z.int(),
  unstaffed: z.int(),
  /** Alarms in ten minutes for each person on duty, on average. */
  rate: z.number(),
  /** The busiest ten minutes. */
  peak: z.object({ at: z.iso.datetime(), alarms: z.int(), people: z.int() }).nullable(),
  /** Ten minutes that were floods, and the last floods, each of ten minutes on end. */
  inFlood: z.int(),
  floods: z.array(z.object({ at: z.iso.datetime(), until: z.iso.datetime(), alarms: z.int() })),
  bySeverity: z.record(severity, z.int()),
  /** Alerts that nobody has taken for more than a day, now. */
  standing: z.int(),
  stepMinutes: z.int(),
  /** The busiest ten minutes of each step, and the step's average for ten minutes; steps without alarms are left out. */
  steps: z.array(z.object({ at: z.iso.datetime(), busiest: z.int(), average: z.number() })),
  rules: z.array(z.object({ rule: alertRule, sites: z.int(), ...noise, cause: z.enum(RULE_CAUSES) })),
  /** Alarms of the ten noisiest sites together are `fromTopTen`. */
  fromTopTen: z.int(),
  sites: z.array(
    z.object({
      siteId: z.int(),
      name: z.string(),
      district: z.string(),
      /** By which most of its alarms came. */
      rule: alertRule,
      /** In which hour of the day most of them came. */
      hour: z.int(),
      liveSince: z.iso.datetime().nullable(),
      /** Its open rectification, if any. */
      rectificationId: z.int().nullable(),
      ...noise,
      cause: z.enum(SITE_CAUSES),
    }),
  ),
})
/** The last day of it in a line. */
export const alertRate = alertLoad.pick({ rate: true, inFlood: true })
export type AlertRate = z.infer<typeof alertRate>
export type AlertLoad = z.infer<typeof alertLoad>
export type NoisyRule = AlertLoad['rules'][number]
export type NoisySite = AlertLoad['sites'][number]
