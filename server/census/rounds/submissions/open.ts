import { sql } from 'kysely'
import type { Round } from '../../../../shared/census/rounds/rounds.ts'
import type { Tx } from '../../../base/db/database.ts'

/**
 * What is to be handed in for a round that has just been opened: of self-checks and polls one by each unit that has sites in the list,
 * of reports one by each district, and one by each unit of the groups that are no district (departments).
 */
export async function insertSubmissions(tx: Tx, { id, kind }: Pick<Round, 'id' | 'kind'>): Promise<void> {
  // Groups of sites that are of no district have a name behind the code of the place: `4401-dept`.
  const isByUnit = kind !== 'report' ? sql`true` : sql`district like '%-%'`
  await sql`
    insert into census_submission (round_id, district, unit_id, unit_name, state)
    select ${id}, min(district), unit_id, min(unit_name), 'due'
    from census_round_site where round_id = ${id} and ${isByUnit} group by unit_id order by 2, 3
  `.execute(tx)
  if (kind !== 'report') return
  await sql`
    insert into census_submission (round_id, district, state)
    select distinct ${id}::int, district, 'due' from census_round_site
    where round_id = ${id} and not (${isByUnit}) order by 2
  `.execute(tx)
}
