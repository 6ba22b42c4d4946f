import { sql } from 'kysely'
import type { NewFact } from '../../shared/city/facts.ts'
import { deriveState } from '../../shared/register/sites/states.ts'
import type { Context } from '../base/context.ts'
import { appendFacts } from '../base/facts/append.ts'
import { followCityAlert } from '../desk/alerts/follow.ts'
import { lockSiteStates, overdueSites } from '../monitor/schedule/queries.ts'

/**
 * Sites whose turn is overdue by three intervals: nothing is known of them any more, and one alert says how many
 * they are. It is resolved when all are in turn again.
 */
export async function markStalled(ctx: Context, nowMs: number): Promise<void> {
  const overdue = await overdueSites(ctx.db, {
    now: new Date(nowMs),
    defaultIntervalS: ctx.config.visitIntervalS,
    demoIntervalS: ctx.config.demoIntervalS,
  })
  const told = await ctx.db.transaction().execute(async (tx) => {
    const rows = (await lockSiteStates(tx, overdue, new Date(nowMs))).filter((row) => row.cause !== 'stalled')
    const facts: NewFact[] = rows.map((row) => {
      const standing = {
        availability: 'unknown' as const,
        sinceMs: nowMs,
        v1: row.v1,
        v2: row.v2,
        v3: row.v3,
      }
      const state = deriveState(standing, nowMs)
      return {
        kind: 'site.changed',
        at: new Date(nowMs).toISOString(),
        siteId: row.site_id,
        district: row.district,
        actor: null,
        data: {
          before: { state: row.state, availability: row.availability },
          after: {
            state,
            stateSince: (state === row.state ? row.state_since : new Date(nowMs)).toISOString(),
            availability: 'unknown',
            cause: 'stalled',
            since: new Date(nowMs).toISOString(),
            v1: row.v1,
            share: row.share,
            v2: row.v2,
            v3: row.v3,
            newest: row.newest,
            flapping: row.flapping,
          },
        },
      }
    })
    await sql`
      update site_state s set availability = 'unknown', cause = 'stalled', since = u.since, state = u.state,
        state_since = u."stateSince", fail_streak = 0, ok_streak = 0
      from jsonb_to_recordset(${JSON.stringify(
        facts.map((fact) => ({ site_id: fact.siteId, ...('after' in fact.data ? fact.data.after : {}) })),
      )}::jsonb) as u(site_id int, since timestamptz, state text, "stateSince" timestamptz)
      where s.site_id = u.site_id
    `.execute(tx)
    const alerts = await followCityAlert(
      tx,
      'STALL',
      overdue.length > 0 ? 'critical' : null,
      { sites: overdue.length },
      nowMs,
    )
    const all = [...facts, ...alerts]
    await appendFacts(tx, all)
    return all.length
  })
  if (told > 0) ctx.wake()
}
