import type { Head, TableHead } from './head.ts'

/** What asks a database: a client of `pg`, or the embedded database itself. */
export interface Asks {
  query<Row>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>
}

/** Background work has its tables in a schema of its own; of them only what waits is kept. */
export const JOBS = 'pgboss.job'
/** Who is signed in is nobody's matter after a restore, and migrations are kept by their names. */
const LEFT_OUT = ['session', 'kysely_migration', 'kysely_migration_lock']

async function rowsOf<Row>(db: Asks, text: string): Promise<Row[]> {
  return (await db.query<Row>(text)).rows
}

/** Names of the tables of the product that hold rows of their own or by partitions, with the columns that are stored. */
export function tablesOf(db: Asks): Promise<TableHead[]> {
  return rowsOf(
    db,
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> all ('{${LEFT_OUT.join(',')}}')
      group by c.relname order by c.relname`,
  )
}

/** The columns of background work's jobs; none where no process has made the table yet. */
export async function jobsOf(db: Asks): Promise<TableHead[]> {
  const rows = await rowsOf<TableHead>(
    db,
    `select '${JOBS}' as name, array_agg(attname::text order by attnum) as columns
      from pg_attribute where attrelid = to_regclass('${JOBS}') and attnum > 0 and not attisdropped having count(*) > 0`,
  )
  return rows
}

/** Migrations that the database has; none where it is empty. */
export async function migrationsOf(db: Asks): Promise<string[]> {
  const [there] = await rowsOf<{ there: boolean }>(
    db,
    `select to_regclass('kysely_migration') is not null as there`,
  )
  if (!there?.there) return []
  const rows = await rowsOf<{ name: string }>(db, 'select name from kysely_migration order by name')
  return rows.map(({ name }) => name)
}

/** Partitions by days, each with what it holds of which table. */
export function partitionsOf(db: Asks): Promise<Head['partitions']> {
  return rowsOf(
    db,
    `select p.relname as of, c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound,
        coalesce(c.reloptions, '{}') as options
      from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
      where c.relispartition and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by p.relname, c.relname`,
  )
}

/** The last number that each sequence gave; those that never gave one are not among them. */
export function sequencesOf(db: Asks): Promise<Head['sequences']> {
  return rowsOf(
    db,
    `select sequencename as name, last_value as last from pg_sequences
      where schemaname = 'public' and last_value is not null order by 1`,
  )
}

/** Version and queues of background work. */
export async function queuesOf(db: Asks): Promise<Pick<Head, 'jobs' | 'queues'>> {
  const [there] = await rowsOf<{ there: boolean }>(db, `select to_regclass('${JOBS}') is not null as there`)
  if (!there?.there) return { jobs: null, queues: [] }
  const [version] = await rowsOf<{ version: number }>(db, 'select version from pgboss.version')
  const queues = await rowsOf<Head['queues'][number]>(
    db,
    `select name, jsonb_strip_nulls(jsonb_build_object('policy', policy, 'retryLimit', retry_limit,
        'retryDelay', retry_delay, 'retryBackoff', retry_backoff, 'expireInSeconds', expire_seconds,
        'retentionMinutes', retention_minutes, 'deadLetter', dead_letter)) as options
      from pgboss.queue order by dead_letter nulls first, name`,
  )
  return { jobs: version?.version ?? null, queues }
}

/** A foreign key, and how it is made. */
export interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

export function foreignKeysOf(db: Asks): Promise<ForeignKey[]> {
  return rowsOf(
    db,
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
      from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`,
  )
}

/** Tables with triggers of our own. */
export async function triggeredTables(db: Asks): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(
    db,
    `select distinct tgrelid::regclass::text as name from pg_trigger t join pg_class c on c.oid = tgrelid
      where not tgisinternal and not c.relispartition and c.relnamespace = 'public'::regnamespace`,
  )
  return rows.map(({ name }) => name)
}
