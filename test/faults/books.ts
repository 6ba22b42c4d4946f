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
  wrong.push(...(await visitsWrong(db)))
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

/** Visits that are stored twice, and sites whose days do not sum up their visits. */
async function visitsWrong(db: Db): Promise<string[]> {
  const { rows: twice } = await sql<{ site: number }>`
    select site_id as site from visit group by site_id, at having count(*) > 1 limit 5`.execute(db)
  const { rows: sums } = await sql<{ site: number; made: number; summed: number }>`
    select site_id as site, coalesce(made, 0) as made, coalesce(summed, 0) as summed from (
      select site_id, count(*)::int as made from visit where not (extra and excluded) group by 1) as visits
    full join (select site_id, sum(total + excluded + beside)::int as summed from visit_day group by 1) as days using (site_id)
    where coalesce(made, 0) <> coalesce(summed, 0) limit 5`.execute(db)
  return [
    ...twice.map(({ site }) => `a visit to site ${site} is stored twice`),
    ...sums.map(({ site, made, summed }) => `${made} visits to site ${site}, ${summed} in its days`),
  ]
}

async function blindness(db: Db): Promise<number> {
  const { rows } = await sql<{ gap: number | null }>`
    select max(gap) as gap from (
      select extract(epoch from at - lag(at) over (order by at)) * 1000 as gap from visit) as gaps`.execute(
    db,
  )
  return Number(rows[0]?.gap ?? 0) / SECOND
}
