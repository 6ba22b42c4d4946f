import { sql } from 'kysely'
import type { NewFact } from '../../shared/base/facts.ts'
import { deriveState } from '../../shared/register/sites/states.ts'
import { doOneByOne } from '../base/aside/one-by-one.ts'
import type { Context } from '../base/context.ts'
import type { Tx } from '../base/db/database.ts'
import { appendFacts } from '../base/facts/append.ts'
import { followCityAlert } from '../desk/alerts/follow.ts'
import { lockSiteStates, overdueSites, type SiteStateRow } from '../monitor/schedule/queries.ts'

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
  const items = overdue.map((id) => ({ id, siteId: id }))
  try {
    const told = await doOneByOne(ctx, 'stalled', items, (ids) =>
      ctx.db.transaction().execute(async (tx) => {
        const facts = await stall(tx, ids, nowMs)
        await appendFacts(tx, facts)
        return facts.length
      }),
    )
    if (told > 0) ctx.wake()
  } finally {
    await alarm(ctx, overdue.length, nowMs)
  }
}

/** That many are not measured is an alarm, whether or not it can be noted of each. */
async function alarm(ctx: Context, sites: number, nowMs: number): Promise<void> {
  const told = await ctx.db.transaction().execute(async (tx) => {
    const facts = await followCityAlert(tx, 'STALL', sites > 0 ? 'critical' : null, { sites }, nowMs)
    return (await appendFacts(tx, facts)).length
  })
  if (told > 0) ctx.wake()
}

async function stall(tx: Tx, ids: readonly number[], nowMs: number): Promise<NewFact[]> {
  const rows = (await lockSiteStates(tx, ids, new Date(nowMs))).filter((row) => row.cause !== 'stalled')
  const facts = rows.map((row) => stalled(row, nowMs))
  const states = facts.map((fact) => ({ site_id: fact.siteId, ...fact.data.after }))
  await sql`
    update site_state s set availability = 'unknown', cause = 'stalled', since = u.since, state = u.state,
      state_since = u."stateSince", fail_streak = 0, ok_streak = 0
    from jsonb_to_recordset(${JSON.stringify(states)}::jsonb)
      as u(site_id int, since timestamptz, state text, "stateSince" timestamptz)
    where s.site_id = u.site_id
  `.execute(tx)
  return facts
}

function stalled(row: SiteStateRow, nowMs: number) {
  const { v1, v2, v3, share, newest, flapping } = row
  const at = new Date(nowMs).toISOString()
  const state = deriveState({ availability: 'unknown', sinceMs: nowMs, v1, v2, v3 }, nowMs)
  return {
    kind: 'site.changed' as const,
    at,
    siteId: row.site_id,
    district: row.district,
    actor: null,
    data: {
      before: { state: row.state, availability: row.availability },
      after: {
        state,
        stateSince: state === row.state ? row.state_since.toISOString() : at,
        availability: 'unknown' as const,
        cause: 'stalled',
        since: at,
        v1,
        share,
        v2,
        v3,
        newest,
        flapping,
      },
    },
  }
}
