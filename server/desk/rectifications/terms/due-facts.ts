import { sql } from 'kysely'
import type { NewFact } from '../../../../shared/base/facts.ts'
import type { Rectification } from '../../../../shared/desk/rectifications/rectifications.ts'
import { doOneByOne } from '../../../base/aside/one-by-one.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { commitFacts } from '../../../base/facts/commit.ts'
import { factOf } from '../facts.ts'
import { clockIs, rectificationsById } from '../queries.ts'

const CROSSINGS = [
  { clock: 'overdue', told: 'told_overdue', kind: 'rectification.overdue' },
  { clock: 'atRisk', told: 'told_at_risk', kind: 'rectification.atRisk' },
] as const

/** What marks a term, so that another one is told of again. */
const TERM = sql`coalesce(to_char(due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'), due_on)`
export const termMark = ({ dueAt, dueOn }: Pick<Rectification, 'dueAt' | 'dueOn'>): string =>
  dueAt ? dueAt.slice(0, 19).replace('T', ' ') : dueOn

/**
 * Tells of rectifications that have come near their due day or are past it: once for each due day, so again when it was
 * moved. Several processes may do it at once: each crossing is told once.
 * @param now epoch ms.
 * @returns how many there were.
 */
export async function appendDue(
  ctx: Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>,
  now: number,
): Promise<number> {
  const { rows } = await sql<{ id: number; siteId: number }>`
    select id, site_id as "siteId" from rectification
    where ${sql.join(
      CROSSINGS.map((crossing) => isUntold(crossing, now)),
      sql` or `,
    )} order by id
  `.execute(ctx.db)
  return doOneByOne(ctx, 'due', rows, (ids) => commitFacts(ctx, (tx) => crossings(tx, ids, now)))
}

const isUntold = ({ clock, told }: (typeof CROSSINGS)[number], now: number) =>
  sql<boolean>`(${clockIs(clock, now)} and ${sql.ref(told)} is distinct from ${TERM})`

async function crossings(tx: Tx, ids: readonly number[], now: number): Promise<NewFact[]> {
  const told: NewFact[] = []
  for (const crossing of CROSSINGS) {
    const crossed = await sql<{ id: number }>`
      with crossed as (
        select id from rectification where id = any(${ids}::int[]) and ${isUntold(crossing, now)}
        order by id for update)
      update rectification set ${sql.id(crossing.told)} = ${TERM} from crossed
      where rectification.id = crossed.id returning rectification.id
    `.execute(tx)
    const crossedIds = crossed.rows.map(({ id }) => id).sort((a, b) => a - b)
    const rectifications = await rectificationsById(tx, crossedIds)
    told.push(
      ...[...rectifications.values()].map((rectification) =>
        factOf(crossing.kind, rectification, null, null, now),
      ),
    )
  }
  return told
}
