import { type RawBuilder, sql } from 'kysely'
import type { Config } from '../../base/config.ts'
import './tables.ts'

/** SQL for a site's interval in seconds. */
export const intervalOf = ({
  visitIntervalS,
  demoIntervalS,
}: Pick<Config, 'visitIntervalS' | 'demoIntervalS'>): RawBuilder<number> =>
  sql`coalesce(site.interval_s, case when site.demo then ${demoIntervalS}::int else ${visitIntervalS}::int end)`

/** SQL for the same, by what a round of visits is told. */
export const usualOf = ({
  defaultIntervalS,
  demoIntervalS,
}: {
  readonly defaultIntervalS: number
  readonly demoIntervalS: number
}): RawBuilder<number> => intervalOf({ visitIntervalS: defaultIntervalS, demoIntervalS })

/** SQL for the same, or the shorter one that something has asked for and that is in force now. */
export const intervalNow = (every: RawBuilder<number>, now: Date): RawBuilder<number> =>
  sql`least(${every}, (select min(t.every_s) from visit_tightening t
    where t.site_id = site.id and t.from_at <= ${now}::timestamptz and t.until_at > ${now}::timestamptz))`
