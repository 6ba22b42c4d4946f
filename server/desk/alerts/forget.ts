import { sql } from 'kysely'
import { doOneByOne } from '../../base/aside/one-by-one.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { commitFacts } from '../../base/facts/commit.ts'
import { factOf } from './facts.ts'
import { alertsById } from './queries.ts'

/**
 * Opens acknowledged alerts again whose time has run out, and so those that their unit had in hand until then. Several
 * processes may do it at once: each alert is forgotten once. The text of the fact is the name of the person whose
 * acknowledgement it was.
 * @param now epoch ms.
 * @returns how many there were.
 */
export async function forgetAcknowledgements(
  ctx: Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>,
  now: number,
): Promise<number> {
  const due = await ctx.db
    .selectFrom('alert')
    .select(['id', 'site_id as siteId'])
    .where(isOver(now))
    .orderBy('id')
    .execute()
  return doOneByOne(ctx, 'acknowledgements', due, (ids) =>
    commitFacts(ctx, async (tx) => {
      const forgotten = await forget(tx, ids, now)
      const alerts = await alertsById(tx, [...forgotten.keys()])
      return [...alerts.values()].map((alert) =>
        factOf('alert.forgotten', alert, null, forgotten.get(alert.id) ?? null, now),
      )
    }),
  )
}

/** Taken on, or in hand by what its unit said, until a time that has come. */
const isOver = (now: number) => sql<boolean>`(
  (status = 'acknowledged' and acknowledged_until <= ${new Date(now)})
  or (status = 'open' and informed_until <= ${new Date(now)}))`

/** @returns the names of those who had acknowledged or informed, by alert. */
async function forget(tx: Tx, ids: readonly number[], now: number): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; name: string }>`
    with due as (
      select alert.id, person.id as person_id, person.name
      from alert join user_account person on person.id = coalesce(alert.acknowledged_by, alert.informed_by)
      where alert.id = any(${ids}::int[]) and ${isOver(now)}
      order by alert.id for update of alert
    )
    update alert set status = 'open', acknowledged_by = null, acknowledged_at = null,
      acknowledged_until = null, note = null, forgotten_by = due.person_id, forgotten_at = ${new Date(now)},
      informed_by = null, informed_at = null, informed_until = null, informed_note = null,
      escalation_for = null, version = version + 1
    from due where alert.id = due.id
    returning alert.id, due.name
  `.execute(tx)
  return new Map(rows.map((row) => [row.id, row.name]))
}
