import { DAY } from '../../../shared/base/time.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import type { Context } from '../../base/context.ts'
import { castOf, isDrawn } from '../cast/cast.ts'
import { behaviourAt, DEFAULT_SEED, newestDay } from '../fleet/script.ts'

/** Longer ago than a drawn reading counts: what a site is judged by is what is seen from now on. */
const AGO_MS = 3 * DAY

/** What a browser drew some days ago of the home pages whose lists a script makes. What is kept already is left. */
export async function ensureDemoRenderings({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const atMs = clock.now() - AGO_MS
  const { homes, sites } = castOf(DEFAULT_SEED)
  const drawn = [...homes].flatMap(([index, home]) => {
    const site = sites[index]
    return site && isDrawn(home) ? [site] : []
  })
  const rows = await db
    .selectFrom('site')
    .select(['id', 'code', 'url'])
    .where(
      'code',
      'in',
      drawn.map(({ code }) => code),
    )
    .execute()
  const read: Omit<Finding, 'outcome' | 'newest'> = {
    ...{ evidence: null, recent: 0, items: [], rejected: [], encoding: 'utf-8', entrance: false },
  }
  const values = rows.flatMap(({ id, code, url }) => {
    const site = drawn.find((one) => one.code === code)
    if (!site) return []
    const newest = newestDay(behaviourAt(site, atMs).publisher, atMs)
    const sent: Finding = { ...read, outcome: 'unreadable', newest: null, reason: 'drawn_by_script' }
    const seen: Finding = { ...read, outcome: 'dated', newest, drawn: true }
    return [
      {
        site_id: id,
        ...{ cause: 'drawn' as const, sent: JSON.stringify(sent), sent_at: new Date(atMs) },
        ...{ drawn: JSON.stringify(seen), drawn_at: new Date(atMs), drawn_url: url },
        ...{ took_ms: 1_900, requests: 24, bytes: 86_000 },
      },
    ]
  })
  await db
    .insertInto('site_rendering')
    .values(values)
    .onConflict((on) => on.column('site_id').doNothing())
    .execute()
}
