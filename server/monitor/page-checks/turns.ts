import { sql } from 'kysely'
import { DAY, SECOND } from '../../../shared/base/time.ts'
import { TEMPLATES, type Template } from '../../../shared/monitor/page-checks/page-checks-rules.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Db } from '../../base/db/database.ts'
import { isThere } from '../../register/ledger/answers/answers.ts'
import { notPaused } from '../../register/sites/paused.ts'
import { isSameSite } from '../read/page/second-level.ts'
import { askRender } from '../rendering/ask.ts'
import { ordersWaiting } from '../rendering/queries.ts'
import { keepNoCheck } from './queries.ts'
import './tables.ts'

/** How an order for a check is told from others of its site. */
const REF = /^check (home|list|article)$/
const EVERY_S = (RENDERING.checkEveryDays * DAY) / SECOND

/** The template whose page is to be checked; null: the order is for something else. */
export function templateOf({
  subject,
}: {
  readonly subject: { readonly ref: string } | null
}): Template | null {
  const [, template] = REF.exec(subject?.ref ?? '') ?? []
  return (template as Template | undefined) ?? null
}

/** Sites that are looked at in one statement. */
const SITES_AT_ONCE = 2_000

/**
 * Gives the pages of sites that are there and have none their turns, those of each site together and of each at another time: a
 * part of the sites after the other.
 */
export async function spreadChecks(db: Db, now: Date): Promise<void> {
  for (let after: number | null = 0; after !== null; ) after = await spreadAfter(db, now, after)
}

/** @returns the last of the sites that were looked at; null: they were the last ones. */
async function spreadAfter(db: Db, now: Date, after: number): Promise<number | null> {
  const { rows } = await sql<{ last: number | null; n: number }>`
    with part as (
      select site.id, ${isThere} as there from site where site.id > ${after} order by site.id limit ${SITES_AT_ONCE}
    ), given as (
      insert into page_check (site_id, template, next_at)
      select id, template, ${now}::timestamptz + make_interval(secs => (id * 0.6180339887498949) % 1 * ${EVERY_S}::int)
      from part, unnest(${[...TEMPLATES]}::text[]) as template
      where there and not exists (select from page_check known where known.site_id = part.id)
      on conflict do nothing
    )
    select max(id) as last, count(*)::int as n from part
  `.execute(db)
  const [row] = rows
  return row && row.n === SITES_AT_ONCE ? row.last : null
}

/** The page of a site that is up, there and in no filed downtime: it can be checked. */
const isOpen = (now: Date) => sql`(state.availability = 'up' and ${notPaused(now)} and ${isThere})`

/** Of the pages that wait longest so many are looked at for those that cannot be checked. */
const LOOKED_AT = 500

/** Puts pages off by a day whose turn has come and whose sites are down, paused or gone: nobody has to step over them again and again. */
async function putOffClosed(db: Db, now: Date): Promise<void> {
  await sql`
    with first as (
      select site_id, template from page_check where next_at <= ${now} order by next_at limit ${LOOKED_AT}
    ), closed as (
      select c.site_id, c.template from first
      join page_check c on c.site_id = first.site_id and c.template = first.template
      join site on site.id = c.site_id left join site_state state on state.site_id = c.site_id
      where ${isOpen(now)} is not true for update of c skip locked
    )
    update page_check c set next_at = ${new Date(now.getTime() + DAY)}
    from closed where c.site_id = closed.site_id and c.template = closed.template
  `.execute(db)
}

interface Due {
  readonly siteId: number
  readonly template: Template
  readonly home: string
  /** The page of a column, and the newest item of the home page, as far as they are known. */
  readonly list: string | null
  readonly article: string | null
}

/** Claims up to `limit` pages whose turn has come, and sets their next turn. Sites that are down or paused are let be. */
async function claimDue(db: Db, now: Date, limit: number): Promise<Due[]> {
  const { rows } = await sql<Due>`
    with due as (
      select c.site_id, c.template from page_check c join site on site.id = c.site_id
      join site_state state on state.site_id = c.site_id
      where c.next_at <= ${now} and ${isOpen(now)}
      order by c.next_at limit ${limit} for update of c skip locked
    )
    update page_check c set next_at = ${now}::timestamptz + make_interval(secs => ${EVERY_S}::int)
    from due join site on site.id = due.site_id join site_state state on state.site_id = due.site_id
    where c.site_id = due.site_id and c.template = due.template
    returning c.site_id as "siteId", c.template, site.url as home,
      (select col.url from site_column col where col.site_id = c.site_id and col.url is not null
        order by col.list_items desc nulls last, col.id limit 1) as list,
      case when jsonb_typeof(state.finding->'evidence') = 'object' then state.finding#>>'{evidence,href}' end as article
  `.execute(db)
  return rows
}

/** The address of the page, if it is one of the site's own. */
function addressOf({ template, home, ...known }: Due): string | null {
  if (template === 'home') return home
  const url = known[template]
  return url !== null && URL.canParse(url) && isSameSite(url, home) ? url : null
}

/**
 * Has the pages drawn and checked whose turn it is, a few at a time and while hardly anything else waits to be drawn.
 * @param now epoch ms.
 */
export async function askChecks(db: Db, now: number): Promise<void> {
  const at = new Date(now)
  await putOffClosed(db, at)
  const { checksWhileFewerWait: fewer, checksAtOnce } = RENDERING
  const limit = Math.min(checksAtOnce, fewer - (await ordersWaiting(db, now, fewer)))
  if (limit <= 0) return
  const due = (await claimDue(db, at, limit)).map((one) => ({ ...one, url: addressOf(one) }))
  for (const one of due) if (one.url === null) await keepNoCheck(db, one, 'no_such_page', at)
  const asks = due.flatMap(({ siteId, template, url }) =>
    url === null
      ? []
      : [
          {
            ...{ siteId, url, purpose: 'check' as const, cause: 'turn' as const, askedBy: null },
            subject: { ref: `check ${template}` },
          },
        ],
  )
  await askRender(db, asks, now)
}
