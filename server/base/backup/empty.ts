import type { Asks } from './catalog.ts'
import type { Session } from './session.ts'

/** All that somebody has made in a database, apart from what belongs to an extension. */
const OURS = (oid: string, catalogue: string) => `
  ${oid} not in (select objid from pg_depend where classid = '${catalogue}'::regclass and deptype = 'e')`

/** Whether a database holds no table at all. */
export async function isEmpty(db: Asks): Promise<boolean> {
  const { rows } = await db.query<{ there: boolean }>(
    `select exists (select from pg_class where relkind in ('r', 'p')
        and relnamespace in (to_regnamespace('public'), to_regnamespace('pgboss')) and ${OURS('oid', 'pg_class')}) as there`,
  )
  return rows[0]?.there === false
}

/** Statements that remove what a database holds; those of a table take with them what hangs on it. */
const REMOVING = `
  select format('drop table %s cascade', oid::regclass) as text, 1 as turn from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and ${OURS('oid', 'pg_class')}
  union all
  select format('drop function %s cascade', oid::regprocedure), 2 from pg_proc
    where pronamespace = 'public'::regnamespace and prokind = 'f' and ${OURS('oid', 'pg_proc')}
  order by turn`

/** Removes tables, functions and the schema of background work; a database is the product's alone. */
export async function emptyDatabase(session: Session): Promise<void> {
  await session.exec('drop schema if exists pgboss cascade')
  const { rows } = await session.query<{ text: string }>(REMOVING)
  for (const { text } of rows) await session.exec(text)
}
