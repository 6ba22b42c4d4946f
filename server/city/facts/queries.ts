import { type RawBuilder, type Selectable, sql } from 'kysely'
import { type Fact, PAUSE_FACTS, siteFacts } from '../../../shared/city/facts.ts'
import { alert } from '../../../shared/desk/alerts/alerts.ts'
import type { Scope } from '../../../shared/people/rights/users.ts'
import type { Db, FactTable } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'

/** A pause concerns whoever has one of its sites. */
const PAUSE_KINDS = sql.join(PAUSE_FACTS.map((kind) => sql.lit(kind)))

/** Facts after number `seq`, oldest first, at most `limit`. */
export async function factsAfter(db: Db, seq: number, limit: number): Promise<Fact[]> {
  return (await rowsAfter(db, seq, limit)).map(toFact)
}

/** The same word for word, for who folds many and completes what comes of them: reading each takes most of the time. */
export async function storedAfter(db: Db, seq: number, limit: number): Promise<Fact[]> {
  return (await rowsAfter(db, seq, limit)).map(asStored)
}

const rowsAfter = (db: Db, seq: number, limit: number) =>
  db.selectFrom('fact').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute()

/** The number of the last fact that is committed. */
export async function lastSeq(db: Db): Promise<number> {
  const row = await db.selectFrom('fact_counter').select('seq').where('id', '=', 1).executeTakeFirstOrThrow()
  return row.seq
}

export interface FactFilter {
  siteId?: number | undefined
  alertId?: number | undefined
  rectificationId?: number | undefined
  /** Facts before this number. */
  before?: number | undefined
  limit: number
}

/** Facts within a scope, newest first. Facts that belong to no site are the city's. */
export async function listFacts(db: Db, scope: Scope, filter: FactFilter): Promise<Fact[]> {
  let query = db.selectFrom('fact').selectAll('fact').where(matches(scope, filter))
  if (filter.before !== undefined) query = query.where('fact.seq', '<', filter.before)
  const rows = await query.orderBy('fact.seq', 'desc').limit(filter.limit).execute()
  return rows.map(toFact)
}

/** How many facts there are within a scope, whatever page is asked for. */
export async function countFacts(db: Db, scope: Scope, filter: FactFilter): Promise<number> {
  const { total } = await db
    .selectFrom('fact')
    .where(matches(scope, filter))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

function matches(scope: Scope, { siteId, alertId, rectificationId }: FactFilter): RawBuilder<boolean> {
  const conditions: RawBuilder<unknown>[] = []
  if (scope.kind !== 'city') {
    // As arrays, which the indexes of both halves can be asked for.
    conditions.push(sql`(fact.site_id = any(array(select site.id from site where ${within(scope, 'site')}))
      or fact.kind in (${PAUSE_KINDS}) and exists (
        select from jsonb_to_recordset(fact.data -> 'places') as place(district text, "unitId" int)
        join site on site.district = place.district and site.unit_id = place."unitId" where ${within(scope, 'site')}))`)
  }
  if (siteId !== undefined) conditions.push(sql`fact.site_id = ${siteId}`)
  if (alertId !== undefined) conditions.push(sql`fact.alert_id = ${alertId}`)
  if (rectificationId !== undefined) conditions.push(sql`fact.rectification_id = ${rectificationId}`)
  return conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`
}

/** Changes of one site's state from `from` to `to`, oldest first, before them the last one before `from`. */
export async function siteChanges(db: Db, siteId: number, from: Date, to: Date): Promise<Fact[]> {
  const changes = db
    .selectFrom('fact')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('kind', '=', sql.lit('site.changed'))
  const last = changes.where('at', '<', from).orderBy('seq', 'desc').limit(1)
  const rows = await db
    .selectFrom(
      changes
        .where('at', '>=', from)
        .where('at', '<=', to)
        .unionAll((eb) => eb.parens(last))
        .as('change'),
    )
    .selectAll()
    .orderBy('seq')
    .execute()
  return rows.map(toFact)
}

/** A row of the log as the fact that was told. */
export function toFact(row: Selectable<FactTable>): Fact {
  const fact = asStored(row)
  return { ...fact, data: dataOf(fact.data) } as Fact
}

/** A row of the log word for word: a fact of long ago may say less than facts do now. */
function asStored(row: Selectable<FactTable>): Fact {
  return {
    seq: row.seq,
    at: row.at.toISOString(),
    kind: row.kind,
    siteId: row.site_id,
    district: row.district,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? '' },
    data: dataOf(row.data),
  } as Fact
}

/** What a fact of long ago does not say is as the schema has it. */
function dataOf(data: Fact['data']): Fact['data'] {
  if ('after' in data) return { ...data, after: siteFacts.parse(data.after) }
  return 'alert' in data ? { ...data, alert: alert.parse(data.alert) } : data
}
