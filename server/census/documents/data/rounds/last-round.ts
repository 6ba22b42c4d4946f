import { sql } from 'kysely'
import { roundNumber } from '../../../../../shared/census/rounds/rounds-rules.ts'
import type { Db } from '../../../../base/db/database.ts'
import type { ListedSite } from '../sites.ts'

/** The spot check that was closed last before another was planned. */
export async function lastClosedBefore(
  db: Db,
  roundId: number,
): Promise<{ id: number; number: string } | null> {
  const row = await db
    .selectFrom('census_round')
    .select(['id', 'kind', 'year', 'serial'])
    .where('kind', '=', 'spot')
    .where('state', '=', 'closed')
    .where('id', '<', roundId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { id: row.id, number: roundNumber(row.kind, row.year, row.serial) } : null
}

/** The sites of a spot check that failed, as they are called now; those that are over are left out. */
export function drawnAndFailed(
  db: Db,
  roundId: number,
): Promise<(ListedSite & { result: 'failed' | 'vetoed' | 'passed' | 'open' | null })[]> {
  return db
    .selectFrom('census_round_site as s')
    .innerJoin('site', 'site.id', 's.site_id')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .select(['site.id', 'site.code', 'site.name', 'site.url', 'site.level', 'site.district'])
    .select(['site.unit_id as unitId', 'unit.name as unit', 'site.lifecycle', 's.result'])
    .select(sql<boolean>`false`.as('isClosed'))
    .select(sql<boolean>`(site.pause_reason is not null)`.as('isPaused'))
    .where('s.round_id', '=', roundId)
    .where('s.draw', '=', 'chosen')
    .where('s.result', 'in', ['failed', 'vetoed'])
    .where('site.merged_into', 'is', null)
    .where((eb) => eb.or([eb('site.pause_reason', 'is', null), eb('site.paused_until', 'is not', null)]))
    .orderBy('s.position')
    .execute()
}
