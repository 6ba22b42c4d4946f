import { sql } from 'kysely'
import { zoneInForce } from '../../../../shared/base/zone.ts'
import type { Cancel, Timers } from '../../../base/clock.ts'
import type { Context } from '../../../base/context.ts'
import type { Db } from '../../../base/db/database.ts'
import type { Visited } from '../../visit/visited.ts'

/** Confirmations are gathered so long. */
const BATCH_MS = 500

/**
 * Stores that pages show what was found on them before, many in one statement. One that cannot be stored is let go: its page
 * is compared, or read, once more.
 */
export class Confirmations {
  readonly #ctx: Context
  readonly #timers: Timers
  readonly #waiting = new Map<number, Visited>()
  #cancel: Cancel | null = null
  #storing: Promise<void> = Promise.resolve()

  constructor(ctx: Context, timers: Timers) {
    this.#ctx = ctx
    this.#timers = timers
  }

  add(visited: Visited): void {
    this.#waiting.set(visited.siteId, visited)
    this.#cancel ??= this.#timers.after(BATCH_MS, () => {
      this.#cancel = null
      this.#storing = this.flush()
    })
  }

  /** Stores what is there. */
  async flush(): Promise<void> {
    await this.#storing
    const some = [...this.#waiting.values()]
    this.#waiting.clear()
    if (some.length === 0) return
    await storeConfirmed(this.#ctx.db, some).catch((error: unknown) =>
      this.#ctx.log.warn({ err: error }, 'pages that are as they were could not be noted as such'),
    )
  }
}

/**
 * Notes of pages that show what was found on them before that this stood at the time of the visit, and so did the columns on
 * them, those of messages too. What goes with the day stands for the day on which it was read, and no other. The page was not
 * read by that: when it was is kept.
 */
export async function storeConfirmed(db: Db, visits: readonly Visited[]): Promise<void> {
  const rows = visits.map(({ siteId, atMs, result }) => ({
    site_id: siteId,
    at: new Date(atMs).toISOString(),
    body_hash: result.bodyHash,
    etag: result.etag,
    last_modified: result.lastModified,
  }))
  const dayOf = (at: string) => sql`to_char(${sql.raw(at)} at time zone ${zoneInForce()}::text, 'YYYY-MM-DD')`
  await sql`
    with c as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as c(site_id int, at timestamptz, body_hash text, etag text, last_modified text)
    ), known as (
      select s.site_id, s.finding_at, not s.goes_with_day or ${dayOf('s.finding_at')} = ${dayOf('c.at')} as stands
      from site_state s join c on c.site_id = s.site_id
      where s.finding_at < c.at
      order by s.site_id
      for update of s
    ), seen as (
      update site_column col set seen_at = c.at
      from c join known on known.site_id = c.site_id
      where col.site_id = c.site_id and known.stands and col.seen_at >= known.finding_at
    ), messages as (
      update message_column m set seen_at = c.at
      from c join known on known.site_id = c.site_id
      where m.site_id = c.site_id and known.stands and m.seen_at >= known.finding_at
    )
    update site_state s set
      finding_at = case when known.stands then c.at else s.finding_at end, read_at = coalesce(s.read_at, s.finding_at),
      body_hash = coalesce(c.body_hash, s.body_hash),
      etag = coalesce(c.etag, s.etag), last_modified = coalesce(c.last_modified, s.last_modified)
    from c join known on known.site_id = c.site_id
    where s.site_id = c.site_id
  `.execute(db)
}
