import { sql } from 'kysely'
import type { Db } from '../../server/base/db/database.ts'
import { factsAfter } from '../../server/desk/facts/told.ts'
import { SECOND } from '../../shared/base/time.ts'

/** What the database says of itself when a fault is over. */
export interface Books {
  readonly facts: number
  /** Where two places that must say the same do not. */
  readonly wrong: readonly string[]
  /** The longest that no visit to any site was recorded, seconds. */
  readonly blindS: number
}

/**
 * Balances facts, states, alerts and audit.
 * @param answered comments that somebody was told are stored
 */
export async function balance(db: Db, answered: ReadonlySet<string>): Promise<Books> {
  const facts = await factsAfter(db, 0, 10_000_000)
  const wrong = facts
    .filter(({ seq }, index) => seq !== index + 1)
    .slice(0, 5)
    .map(({ seq }) => `fact ${seq} is not in its place`)
  const { seq } = await db.selectFrom('fact_counter').select('seq').executeTakeFirstOrThrow()
  if (seq !== facts.length) wrong.push(`the counter stands at ${seq}, not ${facts.length}`)

  const states = new Map<number, string>()
  const alerts = new Map<number, string>()
  const texts = new Set<string>()
  for (const fact of facts) {
    if (fact.kind === 'site.changed' && fact.siteId !== null) {
      states.set(fact.siteId, `${fact.data.after.state} ${fact.data.after.availability}`)
    }
    if ('alert' in fact.data) alerts.set(fact.data.alert.id, fact.data.alert.status)
    if (fact.kind === 'alert.commented' && fact.data.text !== null) texts.add(fact.data.text)
  }
  for (const row of await db
    .selectFrom('site_state')
    .select(['site_id', 'state', 'availability'])
    .execute()) {
    const [stored, told] = [`${row.state} ${row.availability}`, states.get(row.site_id)]
    if (told !== undefined && told !== stored)
      wrong.push(`site ${row.site_id} is ${stored}, was told ${told}`)
  }
  for (const { id, status } of await db.selectFrom('alert').select(['id', 'status']).execute()) {
    if (alerts.get(id) !== status) wrong.push(`alert ${id} is ${status}, was told ${alerts.get(id)}`)
  }
  const audits = await db
    .selectFrom('audit')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('action', '=', 'alert.commented')
    .executeTakeFirstOrThrow()
  if (Number(audits.n) !== texts.size)
    wrong.push(`${audits.n} comments in the audit, ${texts.size} in the facts`)
  const lost = [...answered].filter((text) => !texts.has(text))
  if (lost.length > 0) wrong.push(`${lost.length} comments were answered and are not there`)
  return { facts: facts.length, wrong, blindS: await blindness(db) }
}

async function blindness(db: Db): Promise<number> {
  const { rows } = await sql<{ gap: number | null }>`
    select max(gap) as gap from (
      select extract(epoch from at - lag(at) over (order by at)) * 1000 as gap from visit) as gaps`.execute(
    db,
  )
  return Number(rows[0]?.gap ?? 0) / SECOND
}
