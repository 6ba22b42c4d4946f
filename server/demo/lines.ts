import { sql } from 'kysely'
import { DAY } from '../../shared/base/time.ts'
import { gradeOf } from '../../shared/monitor/line/grade-rules.ts'
import type { LineMeasured, Redirection } from '../../shared/monitor/line/line-rules.ts'
import type { Context } from '../base/context.ts'
import { headerResults } from '../monitor/line/grade/headers.ts'
import { spreadTurns } from '../monitor/line/queries.ts'
import { castOf } from './cast/cast.ts'
import { type DemoLine, headersOf, lineOf } from './cast/line.ts'
import { chance } from './cast/random.ts'
import type { DemoSite } from './cast/register.ts'
import { behaviourAt, DEFAULT_SEED } from './fleet/script.ts'

const CERTIFICATE_DAYS = 3_650
/** Pages of a level that were tried. */
const TRIED = 5

/** What a monitor would have seen of the lines of the demo's sites within the last day, before its first start. */
export async function ensureDemoLines({ db, clock }: Context, hasSix: boolean): Promise<void> {
  const now = new Date(clock.now())
  await spreadTurns(db, now)
  const seen = await db
    .selectFrom('site_line')
    .select('site_id')
    .where('at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  if (seen) return
  const sites = new Map(castOf(DEFAULT_SEED).sites.map((site) => [site.code, site]))
  const stored = await db
    .selectFrom('site')
    .innerJoin('site_state as state', 'state.site_id', 'site.id')
    .select(['site.id', 'site.code', 'site.url'])
    .where('site.demo', '=', true)
    .where('state.availability', '=', 'up')
    .execute()
  const rows = stored.flatMap(({ id, code, url }) => {
    const site = sites.get(code)
    if (!site) return []
    const { latencyMs } = behaviourAt(site, now.getTime())
    return [{ site_id: id, measured: lineSeen(site, url, latencyMs, hasSix) }]
  })
  await sql`
    update site_line line set measured = one.measured, at = line.next_at - make_interval(secs => ${DAY / 1_000}::int)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one(site_id int, measured jsonb)
    where line.site_id = one.site_id
  `.execute(db)
}

/** The line of a made-up site as the monitor would measure it. */
export function lineSeen(site: DemoSite, url: string, latencyMs: number, hasSix: boolean): LineMeasured {
  const line = lineOf(site)
  const isSecure = site.scheme === 'https' || line.alsoSecure
  const redirection = site.scheme === 'http' || !line.redirects ? 'missing' : 'toHttps'
  const headers = headersOf(line, isSecure)
  const results = headerResults({
    ...{ url: new URL(url), headers, cookies: [], isHtml: true, scripts: [], metaCsp: [], redirection },
    isTrusted: isSecure ? true : null,
  })
  return {
    url,
    six: sixSeen(line, site, latencyMs, hasSix),
    secure: secureSeen(line, isSecure, redirection),
    headers: { results, ...gradeOf(results) },
    load: { ms: Math.round(latencyMs), by: 'load' },
  }
}

const secureSeen = (
  { hstsAge }: DemoLine,
  isSecure: boolean,
  redirection: Redirection,
): LineMeasured['secure'] => ({
  ...{ state: isSecure ? 'opens' : 'none', cause: isSecure ? null : 'reset', redirection },
  ...{ hstsAge: isSecure ? hstsAge : null, certDaysLeft: isSecure ? CERTIFICATE_DAYS : null },
  ...{ isIncomplete: false, isWeak: false },
})

function sixSeen(
  { six }: DemoLine,
  { code }: DemoSite,
  latencyMs: number,
  hasSix: boolean,
): LineMeasured['six'] {
  const none = { address: null, tookMs: null, same: null, second: null, third: null }
  if (six === 'none' || !hasSix) return { ...none, state: 'none', cause: 'dns_not_found' }
  if (six === 'fails') return { ...none, state: 'fails', cause: 'reset' }
  const opened = six === 'home' ? 0 : TRIED
  const share = { asked: TRIED, opened, failed: [] }
  const took = Math.round(latencyMs * (0.9 + 0.3 * chance(Number(code), 127)))
  const rest = six === 'other' ? none : { second: share, third: share }
  return {
    ...none,
    ...rest,
    state: 'opens',
    cause: null,
    address: '::1',
    tookMs: took,
    same: six === 'other' ? 0 : 1,
  }
}
