import { sql } from 'kysely'
import type { Context } from '../../base/context.ts'

/** The demo fleet listens on other ports at each start: addresses of its hosts, which are under `.localhost`, follow it. */
export async function seedOutbound({ db }: Context): Promise<void> {
  const { rows } = await sql<{ scheme: string; port: string }>`
    select distinct on (1) substring(url from '^(https?)://') as scheme, substring(url from ':([0-9]+)') as port
    from site where demo and url like '%.localhost:%' order by 1, id
  `.execute(db)
  const portOf = (scheme: string) => rows.find((row) => row.scheme === scheme)?.port
  const http = portOf('http')
  const https = portOf('https') ?? http
  if (http === undefined || https === undefined) return
  const moved = (text: ReturnType<typeof sql>) => sql`
    regexp_replace(regexp_replace(${text}, '(http://[a-z0-9.-]+[.]localhost):[0-9]+', ${`\\1:${http}`}, 'g'),
      '(https://[a-z0-9.-]+[.]localhost):[0-9]+', ${`\\1:${https}`}, 'g')`
  await sql`
    update outbound_host set url = ${moved(sql`url`)}, landing = ${moved(sql`landing::text`)}::jsonb, well = ${moved(sql`well::text`)}::jsonb
    where demo and url <> ${moved(sql`url`)}
  `.execute(db)
  await sql`
    update outbound_use used set examples = ${moved(sql`examples::text`)}::jsonb
    from site where site.id = used.site_id and site.demo and examples::text <> ${moved(sql`examples::text`)}
  `.execute(db)
}
