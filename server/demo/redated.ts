import { addDays, dayOfNumber, localDay } from '../../shared/base/time.ts'
import type { DatedItem } from '../../shared/monitor/freshness/freshness.ts'
import type { Context } from '../base/context.ts'
import { itemKey } from '../monitor/findings/items.ts'
import { readWhole } from '../monitor/read/read.ts'
import { castOf } from './cast/cast.ts'
import type { DemoSite } from './cast/register.ts'
import { homePage } from './fleet/pages/pages.ts'
import { redatedItem } from './fleet/pages/redated.ts'
import { type Behaviour, behaviourAt, DEFAULT_SEED } from './fleet/script.ts'

/** Before the demo's first start it was noticed so long ago at most. */
const NOTICED_DAYS = 20

/** An item that a site with forged dates shows under a newer day than its own; local days. */
export interface RedatedSeen {
  readonly item: DatedItem
  readonly claimed: string
  /** Its own. */
  readonly day: string
  /** When that was noticed. */
  readonly noticed: string
}

/** The item that a demo site shows so, as its home page has it; null: it forges nothing. @param url of the home page */
export function redatedOn(
  {
    site,
    behaviour,
    atMs,
  }: { readonly site: DemoSite; readonly behaviour: Behaviour; readonly atMs: number },
  url: string,
): RedatedSeen | null {
  const old = behaviour.traits.home === 'forged' ? redatedItem(behaviour.publisher, atMs) : null
  if (!old) return null
  const [today, claimed] = [localDay(atMs), dayOfNumber(old.claimedDay)]
  const page = readWhole({
    bytes: Buffer.from(homePage({ site, behaviour, atMs })),
    ...{ url, kind: 'home', ref: today },
  })
  const item = page.items.find(({ date, href }) => date === claimed && href?.includes(String(old.item.id)))
  const noticed = [claimed, addDays(today, -NOTICED_DAYS)].sort().at(-1) ?? today
  return item ? { item, claimed, day: dayOfNumber(old.item.day), noticed } : null
}

/** What memory saw of the items that the demo's sites with forged dates show under newer ones, and that it was noticed; once. */
export async function ensureDemoRedated({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  if (await db.selectFrom('date_doubt').select('site_id').limit(1).executeTakeFirst()) return
  const nowMs = clock.now()
  const today = localDay(nowMs)
  const { sites, homes } = castOf(DEFAULT_SEED)
  const forged = sites.filter((_, index) => homes.get(index) === 'forged')
  const rows = await db
    .selectFrom('site')
    .select(['id', 'code', 'url'])
    .where('demo', '=', true)
    .where(
      'code',
      'in',
      forged.map(({ code }) => code),
    )
    .execute()
  const seen = rows.flatMap(({ id, code, url }) => {
    const site = forged.find((one) => one.code === code)
    const found = site && redatedOn({ site, behaviour: behaviourAt(site, nowMs), atMs: nowMs }, url)
    return found ? [{ id, url, ...found }] : []
  })
  if (seen.length === 0) return
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('site_item')
      .values(
        seen.map(({ id, item, day }) => ({
          site_id: id,
          key: itemKey(item),
          first_day: day,
          first_date: day,
        })),
      )
      .onConflict((on) => on.doNothing())
      .execute()
    await tx
      .insertInto('site_lists')
      .values(seen.map(({ id }) => ({ site_id: id, day: today, lists: '[]' })))
      .onConflict((on) => on.doNothing())
      .execute()
    await tx
      .insertInto('date_doubt')
      .values(
        seen.map(({ id, url, item, claimed, day, noticed }) => ({
          ...{ site_id: id, key: itemKey(item), kind: 'moved' as const, title: item.text, claimed },
          ...{ url: item.href ? new URL(item.href, url).href : null, absent_day: null },
          ...{ first_day: day, first_date: day, seen_day: noticed, last_day: today },
        })),
      )
      .execute()
  })
}
