import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { appendFacts } from '../facts/append.ts'
import { factOf } from './facts.ts'
import { alertsById } from './queries.ts'

/**
 * Opens acknowledged alerts again whose time has run out. Several processes may do it at once: each alert is
 * forgotten once. The text of the fact is the name of the person whose acknowledgement it was.
 * @param now epoch ms.
 * @returns how many there were.
 */
export async function forgetAcknowledgements(
  ctx: Pick<Context, 'db' | 'wake'>,
  now: number,
): Promise<number> {
  const due = await ctx.db
    .selectFrom('alert')
    .select('id')
    .where('status', '=', sql.lit('acknowledged'))
    .where('acknowledged_until', '<=', new Date(now))
    .executeTakeFirst()
  if (!due) return 0
  const count = await ctx.db.transaction().execute(async (tx) => {
    const forgotten = await forget(tx, now)
    const alerts = await alertsById(tx, [...forgotten.keys()])
    const facts = [...alerts.values()].map((alert) =>
      factOf('alert.forgotten', alert, null, forgotten.get(alert.id) ?? null, now),
    )
    await appendFacts(tx, facts)
    return facts.length
  })
  if (count > 0) ctx.wake()
  return count
}

/** @returns the names of those who had acknowledged, by alert. */
async function forget(tx: Tx, now: number): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; name: string }>`
    with due as (
      select alert.id, person.id as person_id, person.name
      from alert join user_account person on person.id = alert.acknowledged_by
      where alert.status = 'acknowledged' and alert.acknowledged_until <= ${new Date(now)}
      order by alert.id for update of alert
    )
    update alert set status = 'open', acknowledged_by = null, acknowledged_at = null,
      acknowledged_until = null, note = null, forgotten_by = due.person_id, forgotten_at = ${new Date(now)},
      version = version + 1
    from due where alert.id = due.id
    returning alert.id, due.name
  `.execute(tx)
  return new Map(rows.map((row) => [row.id, row.name]))
}
