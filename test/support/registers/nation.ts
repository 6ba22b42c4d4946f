import { sql } from 'kysely'
import type { Db, Tx } from '../../../server/base/db/database.ts'
import { migrate } from '../../../server/base/db/migrate.ts'
import { unhurried } from '../../../server/base/db/unhurried.ts'
import { ensureGroups, storeArea } from '../../../server/register/divisions/area.ts'
import { ensureDivisions } from '../../../server/register/divisions/seed.ts'
import { NATION } from '../../../shared/register/divisions/divisions-rules.ts'
import { makeDistricts } from '../make.ts'
import { makePeople, type People } from '../people.ts'

/** Sites of the nation's register at its first count. */
export const NATION_SITES = 84_094
/** One site in so many is down, with an alert that nobody has taken on. */
const DOWN_EVERY = 50

/** A city of 640 sites in its thirteen groups. */
export async function makeCity(db: Db): Promise<void> {
  await migrate(db)
  await ensureDivisions(db)
  await makeDistricts(db)
  await fill(db, 640, sql`select code, code as place from district`)
  await makePeople(db)
}

/**
 * A nation: every county and district of China with its sites, and every city and province with some of its own. The
 * people are those of all stories, but that the office of Tianhe looks after Guangdong, and that of Haizhu after Hunan.
 */
export async function makeNation(db: Db, sites = NATION_SITES): Promise<People> {
  const people = await makeNationPeople(db)
  await fill(
    db,
    sites,
    sql`select left(code, 2) || '0000' as code, code as place from division
      where level in ('province', 'city', 'district') and successor is null and code ~ '^[1-6][0-9]{5}$'
        and left(code, 2) || '0000' in (select code from district)`,
  )
  return people
}

/** The people and places of a nation, whose register is still empty. */
export async function makeNationPeople(db: Db): Promise<People> {
  await migrate(db)
  await ensureDivisions(db)
  const people = await makePeople(db)
  await db.transaction().execute(async (tx) => {
    await storeArea(tx, { code: NATION, by: 'register' })
    await ensureGroups(tx)
    await sql`update unit set district = '440000'`.execute(tx)
    await sql`update user_account set district = '440000' where district = '440106'`.execute(tx)
    await sql`update user_account set district = '430000' where district = '440105'`.execute(tx)
    await ensureGroups(tx)
  })
  return people
}

/** @param places groups (`code`) with the divisions in them (`place`) that sites lie in, in turn. */
function fill(db: Db, sites: number, places: ReturnType<typeof sql>): Promise<void> {
  return db.transaction().execute(async (tx) => {
    await unhurried(tx)
    await fillIn(tx, sites, places)
  })
}

async function fillIn(db: Tx, sites: number, places: ReturnType<typeof sql>): Promise<void> {
  const at = new Date()
  await sql`
    insert into unit (name, district)
    select place || '办公室', code from (${places}) places order by place
  `.execute(db)
  await sql`
    with place as (
      select code, place, row_number() over (order by md5(place)) - 1 as nth, count(*) over () as many from (${places}) places
    )
    insert into site (code, name, url, level, district, division, unit_id, created_at)
    select lpad((1000000000 + n)::text, 10, '0'), place.place || '第' || n || '网站', 'http://site-' || n || '.invalid/',
      'street', place.code, case when place.place ~ '^[0-9]{6}$' then place.place end, unit.id, ${at}
    from generate_series(1, ${sites}::int) n
      join place on place.nth = n % place.many
      join unit on unit.name = place.place || '办公室'
  `.execute(db)
  await sql`
    insert into site_state (site_id, state, state_since, availability, since, v1, v2, v3, share, next_visit_at, last_visit_at,
      latency_ms, read_again)
    select id, case when id % ${DOWN_EVERY}::int = 0 then 'down' else 'healthy' end, ${at},
      case when id % ${DOWN_EVERY}::int = 0 then 'down' else 'up' end, ${at}, 'ok', 'ok', 'ok', 0, ${at}, ${at}, 120, false
    from site
  `.execute(db)
  await sql`
    insert into alert (site_id, rule, severity, status, opened_at, evidence)
    select id, 'DOWN', 'major', 'open', ${at}, '{"cause":"timeout"}' from site where id % ${DOWN_EVERY}::int = 0
  `.execute(db)
  await sql`analyze`.execute(db)
}
