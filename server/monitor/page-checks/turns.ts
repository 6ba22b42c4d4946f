import { sql } from 'kysely'
import { DAY, SECOND } from '../../../shared/base/time.ts'
import { TEMPLATES, type Template } from '../../../shared/monitor/page-checks/page-checks-rules.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Db } from '../../base/db/database.ts'
import { isThere } from '../../register/ledger/answers/answers.ts'
import { notPaused } from '../../register/sites/paused.ts'
import { isSameSite } from '../read/page/second-level.ts'
import { askRender } from '../rendering/ask.ts'
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

/** Gives the pages of sites that have none their turns, those of each site together and of each at another time. */
export async function spreadChecks(db: Db, now: Date): Promise<void> {
  await sql`
    insert into page_check (site_id, template, next_at)
    select id, template, ${now}::timestamptz + make_interval(secs => (id * 0.6180339887498949) % 1 * ${EVERY_S}::int)
    from site, unnest(${[...TEMPLATES]}::text[]) as template
    where not exists (select from page_check known where known.site_id = site.id)
    on conflict do nothing
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

/** Claims some pages whose turn has come, and sets their next turn. Sites that are down or paused are let be. */
async function claimDue(db: Db, now: Date): Promise<Due[]> {
  const { rows } = await sql<Due>`
    with due as (
      select c.site_id, c.template from page_check c join site on site.id = c.site_id
      join site_state state on state.site_id = c.site_id
      where c.next_at <= ${now} and state.availability = 'up' and ${notPaused(now)} and ${isThere}
      order by c.next_at limit ${RENDERING.checksAtOnce} for update of c skip locked
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

/** Has the pages drawn and checked whose turn it is. @param now epoch ms. */
export async function askChecks(db: Db, now: number): Promise<void> {
  const at = new Date(now)
  await spreadChecks(db, at)
  const due = (await claimDue(db, at)).map((one) => ({ ...one, url: addressOf(one) }))
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
