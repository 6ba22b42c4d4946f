import { sql } from 'kysely'
import { crossChecks, differing, type Imprint } from '../../../shared/monitor/imprints/imprints-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { recordRows } from '../../register/ledger/queries.ts'
import { checksOf, outdatedRows, registeredOf } from './queries.ts'

interface Sighted {
  readonly siteId: number
  readonly atMs: number
  readonly result: { readonly finalUrl: string | null }
  readonly page?: { readonly imprint?: Imprint } | null
}

/** Keeps what home pages said of themselves at these visits, held against the register as it is. */
export async function storeImprints(tx: Tx, visits: readonly Sighted[]): Promise<void> {
  const seen = new Map(
    visits.flatMap((visit) => (visit.page?.imprint ? [[visit.siteId, visit] as const] : [])),
  )
  if (seen.size === 0) return
  const sites = await recordRows(tx)
    .where('site.id', 'in', [...seen.keys()])
    .execute()
  const rows = sites.flatMap((site) => {
    const visit = seen.get(site.id)
    const said = visit?.page?.imprint
    if (!visit || !said) return []
    const { finalUrl } = visit.result
    return [
      {
        ...{ site_id: site.id, read_at: new Date(visit.atMs).toISOString(), final_url: finalUrl, said },
        differs: differing(crossChecks(registeredOf(site), said, finalUrl)),
        site_version: site.version,
      },
    ]
  })
  await sql`
    insert into site_imprint as i (site_id, read_at, final_url, said, differs, site_version)
    select site_id, read_at, final_url, said, array(select jsonb_array_elements_text(differs)), site_version
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one(site_id int, read_at timestamptz, final_url text,
      said jsonb, differs jsonb, site_version int)
    on conflict (site_id) do update set read_at = excluded.read_at, final_url = excluded.final_url,
      said = excluded.said, differs = excluded.differs, site_version = excluded.site_version
    where i.read_at <= excluded.read_at
  `.execute(tx)
}

const AT_ONCE = 500

/** Holds pages anew against a register that has changed since: what differs is kept, so that it can be listed. */
export async function followRegister(db: Db): Promise<void> {
  for (;;) {
    const rows = await outdatedRows(db, AT_ONCE)
    if (rows.length === 0) return
    const held = rows.map((row) => ({
      ...{ site_id: row.id, site_version: row.version, differs: differing(checksOf(row)) },
    }))
    await sql`
      update site_imprint set differs = array(select jsonb_array_elements_text(one.differs)), site_version = one.site_version
      from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as one(site_id int, differs jsonb, site_version int)
      where site_imprint.site_id = one.site_id
    `.execute(db)
  }
}
