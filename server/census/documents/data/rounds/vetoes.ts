import { sql } from 'kysely'
import type { Scope } from '../../../../../shared/people/rights/rights.ts'
import type { Db } from '../../../../base/db/database.ts'
import { within } from '../../../../people/rights/scope.ts'

/**
 * The vetoes by which sites of a round failed in it, by site. A result of before these were kept with it has those of the
 * sheet that was kept of the site for a day; none where none was kept.
 */
export async function vetoesIn(
  db: Db,
  scope: Scope,
  roundId: number,
  day: string,
): Promise<Map<number, string[]>> {
  const { rows } = await sql<{ site_id: number; vetoes: string[] }>`
    select s.site_id, coalesce(s.vetoes, (
      select sheet.vetoes from sheet
      where sheet.site_id = s.site_id and sheet.from_day <= ${day} and sheet.to_day >= ${day}
      order by sheet.from_day desc limit 1
    ), '{}') as vetoes
    from census_round_site s
    where s.round_id = ${roundId} and s.result = 'vetoed' and ${within(scope, 's')}
  `.execute(db)
  return new Map(rows.map(({ site_id, vetoes }) => [site_id, vetoes]))
}
