import { type Kysely, sql } from 'kysely'

/** Comments of a day are counted at each further one; what was attached and hidden long ago gives its content up. */
export async function up(db: Kysely<any>): Promise<void> {
  const statements = `
    create index fact_commented on fact (at) where kind in ('alert.commented', 'rectification.commented');
    alter table rectification_file drop constraint rectification_file_hash_fkey;
    create index rectification_file_hash on rectification_file (hash);
    create index rectification_file_uploaded on rectification_file (uploaded_at)
  `
  await sql.raw(statements).execute(db)
}
