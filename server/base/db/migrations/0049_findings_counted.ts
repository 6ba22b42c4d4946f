import { type Kysely, sql } from 'kysely'

/** Counting what somebody recorded in a day reads those facts alone; nobody looks for a finding by its address. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create index fact_finding on fact (at) where kind in ('finding.proposed', 'finding.confirmed');
      drop index census_finding_target
    `)
    .execute(db)
}
