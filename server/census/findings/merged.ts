import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import { numberOf } from '../../../shared/census/findings/findings-rules.ts'
import type { Tx } from '../../base/db/database.ts'
import type { MergeOf, MovedRow } from '../../register/merges/moved.ts'

/**
 * Findings that stand on a site that was merged, or wait to be confirmed, go over to the one that stays, with the next
 * numbers there.
 * @returns the facts, to be appended, and what went over
 */
export async function moveFindings(
  tx: Tx,
  { actor, from, into, reason }: MergeOf,
  now: number,
): Promise<{ facts: NewFact[]; moved: MovedRow[] }> {
  const rows = await standing(tx, from.id, null)
  const moved = rows.map(({ id, serial }) => ({ id, was: { serial } }))
  return { facts: await hand(tx, rows, into.id, { actor, reason, now }), moved }
}

/** They come back, whatever became of them meanwhile, with the numbers that they had. @returns the facts, to be appended */
export async function bringBackFindings(
  tx: Tx,
  { actor, from, into, reason }: MergeOf,
  moved: readonly MovedRow[],
  now: number,
): Promise<NewFact[]> {
  if (moved.length === 0) return []
  const rows = await standing(
    tx,
    into.id,
    moved.map(({ id }) => id),
  )
  const serials = new Map(moved.map(({ id, was }) => [id, was.serial]))
  return hand(
    tx,
    rows.map((row) => ({ ...row, wanted: serials.get(row.id) })),
    from.id,
    { actor, reason, now },
  )
}

const standing = (tx: Tx, siteId: number, ids: readonly number[] | null) => {
  const rows = tx
    .selectFrom('census_finding')
    .select(['id', 'kind', 'serial', 'rule'])
    .where('site_id', '=', siteId)
    .orderBy('id')
    .forUpdate()
  return ids === null
    ? rows.where('state', 'in', ['proposed', 'confirmed']).execute()
    : rows.where('id', 'in', ids).execute()
}

interface Row {
  readonly id: number
  readonly kind: string
  readonly rule: string
  /** The number that it had there before; the next one where that is taken. */
  readonly wanted?: number | undefined
}

async function hand(
  tx: Tx,
  rows: readonly Row[],
  siteId: number,
  { actor, reason, now }: { actor: MergeOf['actor']; reason: string; now: number },
): Promise<NewFact[]> {
  if (rows.length === 0) return []
  // Two who record on one site at once have two numbers.
  await sql`select pg_advisory_xact_lock(hashtext('census finding'), ${siteId})`.execute(tx)
  const { district } = await tx
    .selectFrom('site')
    .select('district')
    .where('id', '=', siteId)
    .executeTakeFirstOrThrow()
  const facts: NewFact[] = []
  for (const { id, kind, rule, wanted = 0 } of rows) {
    const { rows: changed } = await sql<{ serial: number }>`
      update census_finding f set site_id = ${siteId}, version = version + 1, serial = case
        when ${wanted} > 0 and not exists (select from census_finding o
          where o.site_id = ${siteId} and o.kind = f.kind and o.serial = ${wanted}) then ${wanted}
        else (select coalesce(max(o.serial), 0) + 1 from census_finding o
          where o.site_id = ${siteId} and o.kind = f.kind) end
      where f.id = ${id} returning serial
    `.execute(tx)
    const number = numberOf(kind, changed[0]?.serial ?? 0)
    facts.push({
      ...{ kind: 'finding.moved', at: new Date(now).toISOString(), siteId, district, actor },
      data: { findingId: id, number, rule, text: reason },
    })
  }
  return facts
}
