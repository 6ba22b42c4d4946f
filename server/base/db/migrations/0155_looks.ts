import { type Kysely, sql } from 'kysely'

/**
 * When each site was looked through last, and by how many rules with what success: what was asked of a row for each rule and site.
 * A look finds its next link by an index, whatever waits beside it, and whether a host is a site of the register; what is long gone
 * is found by one as well.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table site_look (
        site_id int primary key references site,
        looked_at timestamptz not null,
        rules int2 not null,
        unmeasured int2 not null
      ) with (fillfactor = 80);
      insert into site_look
        select site_id, max(at), count(*), count(*) filter (where outcome = 'unmeasured') from inspection group by site_id;
      create index link_target_turn on link_target (scan_id, visits, depth, id) where state = 'waiting';
      create index inspection_problem_gone on inspection_problem (gone_at) where gone_at is not null;
      create index outbound_host_unlinked on outbound_host (last_seen_at) where sites = 0;
      create index site_host on site ((substring(url from '^https?://([^/:?#]+)')))
    `)
    .execute(db)
}
