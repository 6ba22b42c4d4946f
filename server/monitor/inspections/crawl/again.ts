import { sql } from 'kysely'
import { INSPECTION_RULES } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Context } from '../../../base/context.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { commitFacts } from '../../../base/facts/commit.ts'
import { failedVisit } from '../../visit/run.ts'
import { SITE_RULES } from '../families.ts'
import { keptOfSite } from '../kept-of-site.ts'
import { rulesFor, rulesKey } from '../look.ts'
import type { Outcome, Retrieved, SiteFacts } from '../rule.ts'
import { concludeRules } from './conclude.ts'
import type { Inspector } from './inspector.ts'
import { partsOf } from './looker.ts'
import { askRule } from './measure.ts'
import { unpackHome } from './packed.ts'
import { type LastHome, lastHome } from './pages.ts'
import { endProblems, keepProblems, problemsThere } from './problems.ts'
import { siteFactsOf } from './site-facts.ts'

/*
 * A rule that decides otherwise than it did judges again what is kept: of sites what other readers saw of them, of pages the home
 * page. What is not kept, other pages and files, waits for the next look; until then it stands there with the version that judged it.
 */

/** Sites that are looked for together. */
const AT_ONCE = 20
const OF_KEPT = new Map(SITE_RULES.flatMap((rule) => (rule.isOfKept ? [[rule.id, rule]] : [])))
const VERSIONS = INSPECTION_RULES.map(({ id, version, of }) => ({
  ...{ id, version },
  isAgain: of === 'site' ? OF_KEPT.has(id) : of !== 'file',
}))
/** Nothing is asked for: what was seen is judged, not what is there now. */
const NOBODY = { visit: async () => failedVisit('aborted') }

export interface AgainParts {
  readonly ctx: Context
  readonly inspector: Inspector
  readonly signal: AbortSignal
}

/** Judges again what older versions of rules have said, as far as it is kept. @returns how many sites there were to judge. */
export async function judgeAgain({ ctx, inspector, signal }: AgainParts): Promise<number> {
  let [n, afterId] = [0, 0]
  while (!signal.aborted) {
    const ids = await sitesOfOlder(ctx.db, afterId)
    if (ids.length === 0) break
    afterId = ids.at(-1) ?? afterId
    for (const id of ids) {
      if (signal.aborted) break
      await judgeSite({ ctx, inspector, signal }, id)
      n++
    }
  }
  return n
}

/** Sites of which a rule that can judge again has said something by another version. */
async function sitesOfOlder(db: Db, afterId: number): Promise<number[]> {
  const rules = VERSIONS.filter(({ isAgain }) => isAgain)
  const { rows } = await sql<{ id: number }>`
    select distinct i.site_id as id from inspection i
    join jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r(id text, version int) on r.id = i.rule
    where i.version <> r.version and i.site_id > ${afterId} order by 1 limit ${AT_ONCE}
  `.execute(db)
  return rows.map(({ id }) => id)
}

async function judgeSite({ ctx, inspector, signal }: AgainParts, siteId: number): Promise<void> {
  const now = ctx.clock.now()
  const site = await siteFactsOf(ctx.db, siteId, now)
  const last = await lastHome(ctx.db, siteId)
  const home = last && (await retrieved(last, siteId))
  const isOlder = last !== undefined && last.rules !== null && last.rules !== rulesKey('page', site.given)
  const looked =
    isOlder && home ? await inspector.look({ page: home, site, links: 0 }).catch(() => null) : null
  const measured = await measureKept({ ctx, inspector, signal }, site, home ?? null)
  if (!looked && measured.size === 0) return
  await commitFacts(ctx, async (tx) => {
    const at = new Date(now)
    if (looked && last) await keepHome(tx, site, last, looked.outcomes, at)
    await concludeRules(tx, siteId, measured, at)
    return ctx.after.inspected(tx, [siteId], now)
  })
}

async function retrieved(last: LastHome, siteId: number): Promise<Retrieved> {
  const bytes = await unpackHome(last.body)
  return {
    ...{ siteId, url: last.url, finalUrl: last.url, depth: 0, kind: 'page', status: last.status ?? 200 },
    // The thread that looks at it takes the bytes away.
    ...{ headers: last.headers ?? {}, bytes: new Uint8Array(bytes), isCut: false },
  }
}

/** What rules of sites say by what is kept; not those that it says nothing to any more. */
async function measureKept(
  { ctx, signal }: AgainParts,
  site: SiteFacts,
  home: Retrieved | null,
): Promise<Map<string, Outcome>> {
  const kept = keptOfSite(ctx.db, site, ctx.clock)
  const said = await ctx.db
    .selectFrom('inspection')
    .select(['rule', 'version'])
    .where('site_id', '=', site.siteId)
    .execute()
  const measured = new Map<string, Outcome>()
  for (const { rule: id, version } of said) {
    const rule = OF_KEPT.get(id)
    if (!rule || version === VERSIONS.find((one) => one.id === id)?.version) continue
    const outcome = await askRule({ log: ctx.log, prober: NOBODY, signal }, rule, site, {
      home,
      pages: [],
      kept,
    })
    if (outcome.outcome !== 'unmeasured') measured.set(id, outcome)
  }
  return measured
}

/** What the rules of pages say of the home page as it is kept, unless a look has seen it meanwhile. */
async function keepHome(
  tx: Tx,
  site: SiteFacts,
  last: LastHome,
  outcomes: readonly (readonly [rule: string, outcome: Outcome])[],
  now: Date,
): Promise<void> {
  const { said, found, problems } = partsOf(outcomes)
  const { numUpdatedRows } = await tx
    .updateTable('inspection_page')
    .set({ said: JSON.stringify(said), found: JSON.stringify(found), rules: rulesKey('page', site.given) })
    .where('site_id', '=', site.siteId)
    .where('url_hash', '=', last.url_hash)
    .where('rules', '=', last.rules ?? '')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return
  await keepProblems(tx, site.siteId, problems, now)
  const seen = new Set(found.map(([rule, key]) => `${rule} ${key}`))
  const judged = new Set(rulesFor('page').flatMap(({ data: { id } }) => (id in said ? [] : [id])))
  const there = await problemsThere(tx, site.siteId)
  const gone = there.filter(
    ({ rule, key, url }) => url === last.url && judged.has(rule) && !seen.has(`${rule} ${key}`),
  )
  await endProblems(
    tx,
    gone.map(({ id }) => id),
    now,
  )
  await followOutcomes(tx, site.siteId, [...judged], now)
}

/** A rule of pages has found something where a problem of it is there that nobody has refused, else nothing. */
async function followOutcomes(tx: Tx, siteId: number, rules: readonly string[], now: Date): Promise<void> {
  await sql`
    update inspection i set outcome = one.outcome, since = ${now}::timestamptz
    from (
      select rule, case when exists (select from inspection_problem p where p.site_id = ${siteId}::int and p.rule = said.rule
        and p.gone_at is null and p.state <> 'refused') then 'found' else 'clear' end as outcome
      from unnest(${[...rules]}::text[]) as said(rule)
    ) as one
    where i.site_id = ${siteId}::int and i.rule = one.rule and i.outcome <> one.outcome and i.outcome <> 'unmeasured'
  `.execute(tx)
}
