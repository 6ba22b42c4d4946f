import { sql } from 'kysely'
import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import type { Clock } from '../../base/clock.ts'
import type { Db } from '../../base/db/database.ts'
import { type KeyedDoubt, standingDoubts } from '../findings/doubts-store.ts'
import { checksOf, imprintRows } from '../imprints/queries.ts'
import { lineRow } from '../line/queries.ts'
import { messageVerdicts } from '../messages/queries.ts'
import { checkedPages, drawnLoad } from '../page-checks/queries.ts'
import { canRender } from '../rendering/ask.ts'
import { memoryOf, remember } from './content/memory/store.ts'
import type { Kept, NamedLink, ToldHidden } from './kept.ts'
import { hostsGoneBad, softOf } from './outbound/queries.ts'
import type { SiteFacts } from './rule.ts'

/** Links with such words that are looked through. */
const MOST_LINKS = 60

/** What is kept of a site of the register. */
export function keptOfSite(db: Db, { siteId, url, today }: SiteFacts, clock: Clock): Kept {
  return {
    async imprint() {
      const row = await imprintRows(db).where('site.id', '=', siteId).executeTakeFirst()
      if (!row) return null
      return { url: row.final_url ?? url, registered: url, imprint: row.said, checks: checksOf(row) }
    },
    async line() {
      const now = clock.now()
      const row = await lineRow(db, siteId, new Date(now))
      if (!row) return undefined
      const browser = { drawn: await drawnLoad(db, siteId, now), canRender: await canRender(db, now) }
      return { ...row, ...browser, ageMs: row.at && now - row.at.getTime() }
    },
    memory: () => memoryOf(db, siteId),
    remember: (before, seen) => remember(db, siteId, today, before, seen),
    async said(rule) {
      const row = await db
        .selectFrom('inspection')
        .select(['outcome', 'version'])
        .where('site_id', '=', siteId)
        .where('rule', '=', rule)
        .executeTakeFirst()
      return row && row.version === inspectionRule(rule)?.version ? row.outcome : null
    },
    links: (words) => linksOf(db, siteId, words),
    async items() {
      const state = await db
        .selectFrom('site_state')
        .select('finding')
        .where('site_id', '=', siteId)
        .executeTakeFirst()
      return state?.finding?.items ?? []
    },
    soft: () => softOf(db, siteId),
    hosts: () => hostsGoneBad(db, siteId, today),
    messages: async () =>
      (await messageVerdicts(db, [siteId], { atMs: clock.now(), today })).get(siteId) ?? null,
    async checked() {
      const now = clock.now()
      return { pages: await checkedPages(db, siteId, now), canRender: await canRender(db, now) }
    },
    hiddenTold: () => hiddenToldOf(db, siteId),
    dates: () => datesOf(db, siteId),
  }
}

async function linksOf(
  db: Db,
  siteId: number,
  words: readonly string[],
): Promise<{ links: NamedLink[]; isCut: boolean } | null> {
  const scan = await db
    .selectFrom('link_scan')
    .select(['id', 'is_cut'])
    .where('site_id', '=', siteId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!scan) return null
  const links = await db
    .selectFrom('link_target')
    .select(['url', 'found_text as text'])
    .where('scan_id', '=', scan.id)
    .where(sql<boolean>`found_text like any(${words.map((one) => `%${one}%`)}::text[])`)
    .orderBy('depth')
    .limit(MOST_LINKS)
    .execute()
  return { links, isCut: scan.is_cut }
}

/** Refused ones, too: what a person has said of hidden links to a domain holds, however they were seen. */
async function hiddenToldOf(db: Db, siteId: number): Promise<ToldHidden[]> {
  const { rows } = await sql<{ key: string; hosts: string | null; goneAt: Date | null }>`
    select key, detail->>'hosts' as hosts, gone_at as "goneAt" from inspection_problem
    where site_id = ${siteId} and rule = 'hidden-links'
  `.execute(db)
  return rows.map(({ key, hosts, goneAt }) => ({ domains: [key, ...(hosts ?? '').split(' ')], goneAt }))
}

/** Until its lists have been read on two days there is nothing that a date could contradict. */
async function datesOf(db: Db, siteId: number): Promise<KeyedDoubt[] | null> {
  const doubts = await standingDoubts(db, siteId)
  if (doubts.length > 0) return doubts
  const news = await db
    .selectFrom('site_news')
    .innerJoin('site_lists', 'site_lists.site_id', 'site_news.site_id')
    .select('site_news.site_id')
    .where('site_news.site_id', '=', siteId)
    .whereRef('site_news.since', '<', 'site_lists.day')
    .executeTakeFirst()
  return news ? [] : null
}
