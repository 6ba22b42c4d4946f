import { sql } from 'kysely'
import { MINUTE } from '../../../../shared/base/time.ts'
import { INSPECTION_RULES } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Context } from '../../../base/context.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { commitFacts } from '../../../base/facts/commit.ts'
import { isThere } from '../../../register/ledger/answers/answers.ts'
import { notPaused } from '../../../register/sites/paused.ts'
import { shownAddress } from '../../persons/address.ts'
import { failedVisit } from '../../visit/run.ts'
import { SITE_RULES } from '../families.ts'
import { keptOfSite } from '../kept-of-site.ts'
import { rulesFor, rulesKey } from '../look.ts'
import { type Outcome, READ_IN_PART, type Retrieved, type SiteFacts, type SiteRule } from '../rule.ts'
import { concludeRules } from './conclude.ts'
import type { Inspected, Inspector } from './inspector.ts'
import { isLookedAt, partsOf } from './looker.ts'
import { askRule } from './measure.ts'
import { homeAsKept } from './packed.ts'
import { type LastHome, lastHome } from './pages.ts'
import { endProblems, keepProblems, problemsThere } from './problems.ts'
import { siteFactsOf } from './site-facts.ts'
import { isFollowed, outcomeWithout } from './sums.ts'

/*
 * A rule that decides otherwise than it did judges again what is kept: of sites what other readers saw of them, of pages the home
 * page. What is not kept, other pages and files, waits for the next look; until then it stands there with the version that judged it.
 */

/** Sites that are looked for together. */
const AT_ONCE = 20
/** After so long whoever asked is let go; a job counts as lost after three minutes. */
const SLICE_MS = MINUTE
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

/**
 * Judges again what older versions of rules have said, as far as it is kept: a slice with each call, never two at once. A process
 * comes by each site once, as its rules stay what they are; what could not be judged then is left to the next look.
 * @returns what does a slice, and says how many sites it came by.
 */
export function judgingAgain(parts: AgainParts, sliceMs = SLICE_MS): () => Promise<number> {
  const { ctx, signal } = parts
  let [afterId, isRunning, isDone] = [0, false, false]
  const slice = async () => {
    const endMs = ctx.clock.now() + sliceMs
    let n = 0
    const isOver = () => signal.aborted || (n > 0 && ctx.clock.now() >= endMs)
    while (!isOver() && !isDone) {
      const ids = await sitesOfOlder(ctx.db, afterId, new Date(ctx.clock.now()))
      isDone = ids.length === 0
      for (const id of ids) {
        if (isOver()) break
        await judgeSite(parts, id).catch((error: unknown) =>
          ctx.log.warn({ err: error, site: id }, 'a site could not be judged again'),
        )
        afterId = id
        n++
      }
    }
    return n
  }
  return async () => {
    if (isRunning) return 0
    isRunning = true
    return slice().finally(() => {
      isRunning = false
    })
  }
}

/** Sites that are looked at, of which a rule that can judge again has said something by another version. */
async function sitesOfOlder(db: Db, afterId: number, now: Date): Promise<number[]> {
  const rules = VERSIONS.filter(({ isAgain }) => isAgain)
  const { rows } = await sql<{ id: number }>`
    select distinct i.site_id as id from inspection i join site on site.id = i.site_id
    join jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r(id text, version int) on r.id = i.rule
    where i.version <> r.version and i.site_id > ${afterId} and ${isThere} and ${notPaused(now)} order by 1 limit ${AT_ONCE}
  `.execute(db)
  return rows.map(({ id }) => id)
}

async function judgeSite({ ctx, inspector, signal }: AgainParts, siteId: number): Promise<void> {
  const now = ctx.clock.now()
  const site = await siteFactsOf(ctx.db, siteId, now)
  const last = await lastHome(ctx.db, siteId)
  const isOlder = last !== undefined && last.rules !== null && last.rules !== rulesKey('page', site.given)
  const rules = await olderRules(ctx.db, siteId)
  if (!isOlder && rules.length === 0) return
  const kept = last ? await homeAsKept(siteId, last) : null
  const looked = isOlder && kept ? await lookAgain(inspector, kept, site) : null
  // One that could not be looked at is given to no rule of sites either.
  const home = looked === 'failed' ? null : kept
  const measured = await measureKept({ ctx, inspector, signal }, site, home, rules)
  const outcomes = looked !== null && looked !== 'failed' && isLookedAt(looked) ? looked.outcomes : null
  if (!outcomes && measured.size === 0) return
  await commitFacts(ctx, async (tx) => {
    const at = new Date(now)
    if (outcomes && last) await keepHome(tx, site, last, outcomes, at)
    await concludeRules(tx, siteId, measured, at)
    return ctx.after.inspected(tx, [siteId], now)
  })
}

/** The thread that looks at a page takes its bytes away: it is given others, as rules of sites look at it too. */
async function lookAgain(
  inspector: Inspector,
  home: Retrieved,
  site: SiteFacts,
): Promise<Inspected | 'failed'> {
  const page = { ...home, bytes: new Uint8Array(home.bytes) }
  return inspector.look({ page, site, links: 0 }).catch(() => 'failed' as const)
}

/** Rules of sites that judge by what is kept, and have said something of this one by another version. */
async function olderRules(db: Db, siteId: number): Promise<SiteRule[]> {
  const said = await db
    .selectFrom('inspection')
    .select(['rule', 'version'])
    .where('site_id', '=', siteId)
    .execute()
  return said.flatMap(({ rule, version }) =>
    version === VERSIONS.find(({ id }) => id === rule)?.version ? [] : (OF_KEPT.get(rule) ?? []),
  )
}

/** What rules of sites say by what is kept; not those that it says nothing to any more. */
async function measureKept(
  { ctx, inspector, signal }: AgainParts,
  site: SiteFacts,
  home: Retrieved | null,
  rules: readonly SiteRule[],
): Promise<Map<string, Outcome>> {
  // What was seen some day is not remembered as of today.
  const kept = { ...keptOfSite(ctx.db, site, ctx.clock), remember: async () => {} }
  const measured = new Map<string, Outcome>()
  for (const rule of rules) {
    const seen = { home, pages: [], kept }
    const outcome = await askRule({ log: ctx.log, prober: NOBODY, inspector, signal }, rule, site, seen)
    if (outcome && outcome.outcome !== 'unmeasured') measured.set(rule.id, outcome)
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
  const judged = new Set(
    rulesFor('page').flatMap(({ data: { id } }) => (id in said && said[id] !== READ_IN_PART ? [] : [id])),
  )
  const there = await problemsThere(tx, site.siteId)
  const home = shownAddress(last.url, site.today)
  const gone = there.filter(
    ({ rule, key, url }) => url === home && judged.has(rule) && !seen.has(`${rule} ${key}`),
  )
  await endProblems(
    tx,
    gone.map(({ id }) => id),
    now,
  )
  await followOutcomes(tx, site.siteId, [...judged], now)
}

/** A rule of pages has found something where a problem of it is there that nobody has refused, else what it says without. */
async function followOutcomes(tx: Tx, siteId: number, rules: readonly string[], now: Date): Promise<void> {
  await sql`
    update inspection i set outcome = one.outcome, since = ${now}::timestamptz
    from (
      select said.rule, case when exists (select from inspection_problem p where p.site_id = ${siteId}::int and p.rule = said.rule
        and p.gone_at is null and p.state <> 'refused') then 'found' else ${outcomeWithout('said')} end as outcome
      from inspection said where said.site_id = ${siteId}::int and said.rule = any(${[...rules]}::text[])
    ) as one
    where i.site_id = ${siteId}::int and i.rule = one.rule and i.outcome <> one.outcome and ${isFollowed('i')}
  `.execute(tx)
}
