import { sql } from 'kysely'
import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { migrate } from '../../../server/base/db/migrate.ts'
import { ensureDivisions } from '../../../server/register/divisions/seed.ts'
import { makeDistricts } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'

/** Addresses that the sites are found at; of what is at one address few are visited at a time. */
export const ADDRESSES = 250

/** Host names of the sites, as `HOSTS` wants them. */
export const hosts = (): string =>
  Array.from({ length: ADDRESSES }, (_, n) => `*.n${n + 1}.localhost=127.0.${n + 1}.1`).join(',')

/** Writes a register of sites that nobody has visited yet, with people, into an empty database. */
export async function fillRegister(databaseUrl: string, sites: number, origin: (host: string) => string) {
  const connection = await connect({ databaseUrl, dataDir: '' })
  try {
    const { db } = connection
    await migrate(db)
    await ensureDivisions(db)
    await makeDistricts(db)
    await makePeople(db)
    await fill(db, sites, origin('HOST'))
  } finally {
    await connection.close()
  }
}

async function fill(db: Db, sites: number, url: string): Promise<void> {
  const [before = '', behind = ''] = url.split('HOST')
  const units = Math.ceil(sites / 10)
  const at = new Date()
  await sql`
    insert into unit (name, district)
    select '第' || n || '办公室', (select code from district order by position offset n % 13 limit 1)
    from generate_series(1, ${units}::int) n
  `.execute(db)
  await sql`
    insert into site (code, name, url, level, district, unit_id, platform, created_at)
    select lpad((1000000000 + n)::text, 10, '0'), '第' || n || '网站',
      ${before} || 's' || n || '.n' || 1 + n % ${ADDRESSES}::int || '.localhost' || ${behind},
      (array['city_department', 'district_department', 'street', 'town'])[1 + n % 4], unit.district, unit.id,
      case when n % ${ADDRESSES}::int < ${PLATFORM_ADDRESSES}::int then '省级集约化平台' end, ${at}
    from generate_series(1, ${sites}::int) n join (select row_number() over (order by id) as nth, id, district from unit) unit
      on unit.nth = 1 + n % ${units}::int
  `.execute(db)
  await sql`
    insert into site_state (site_id, state, state_since, availability, since, v1, v2, next_visit_at, fail_streak, ok_streak, read_again)
    select id, 'unknown', ${at}, 'unknown', ${at}, 'insufficient', 'insufficient', ${at}, 0, 0, false from site
    where id not in (select site_id from site_state)
  `.execute(db)
  await sql`analyze`.execute(db)
}

/** So many of the addresses are one platform's: a tenth of all sites. */
export const PLATFORM_ADDRESSES = ADDRESSES / 10
