import { sql } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import {
  FAMILIES,
  familyOf,
  INSPECTION_RULES,
  inspectionRule,
  MACHINE,
} from '../../../shared/monitor/inspections/catalogue.ts'
import type { RuleStandings, SiteInspections } from '../../../shared/monitor/inspections/inspections.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { isThere } from '../../register/ledger/answers/answers.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { noSuchSite } from '../../register/sites/require.ts'
import { errorRates, mannersNow } from './error-rate.ts'
import { type Asker, isSaid } from './queries.ts'

const NO_PROBLEMS = { open: 0, confirmed: 0, refused: 0 }
type Problems = typeof NO_PROBLEMS
type Parts = Pick<Context, 'db' | 'clock'>

/** Whoever asks, with the rules that may tell now. */
export async function askerOf(
  { db, clock }: Parts,
  who: Pick<Principal, 'id' | 'role' | 'scope'>,
): Promise<Asker> {
  const now = clock.now()
  const manners = await mannersNow(db, now)
  return {
    who,
    today: localDay(now),
    telling: [...manners].flatMap(([id, manner]) => (manner === 'tells' ? [id] : [])),
  }
}

type Outcomes = RuleStandings['rules'][number]['sites']
/** What every rule said of the sites of a scope, and at how many of them somebody has looked. */
export interface SitesByRule {
  readonly byRule: ReadonlyMap<string, Outcomes>
  readonly sites: RuleStandings['sites']
}

/**
 * Every rule with what it said of the sites of the scope.
 * @param shared gives what was counted for others who see the same; a unit's is counted anew, as it hangs on what was said of it
 */
export async function standingOfRules(
  parts: Parts,
  user: Principal,
  shared: (count: () => Promise<SitesByRule>) => Promise<SitesByRule> = (count) => count(),
): Promise<RuleStandings> {
  const { db } = parts
  const asker = await askerOf(parts, user)
  const rates = await errorRates(db, parts.clock.now())
  const count = () => sitesByRule(db, asker)
  const { byRule, sites } = await (user.scope.kind === 'unit' ? count() : shared(count))
  const problems = await problemsBy(db, asker)
  return {
    rules: INSPECTION_RULES.map(
      ({ limits: _limits, pictures: _most, said: _said, saidBy: _by, ...rule }) => ({
        ...rule,
        census: [...rule.census],
        family: familyOf(rule.id) ?? '',
        manner: asker.telling.includes(rule.id) ? 'tells' : 'proposes',
        errorRate: rates.get(rule.id)?.share ?? null,
        errorLow: rates.get(rule.id)?.low ?? null,
        sites: byRule.get(rule.id) ?? { found: 0, clear: 0, unmeasured: 0, older: 0 },
        problems: problems.get(rule.id) ?? NO_PROBLEMS,
      }),
    ),
    families: FAMILIES.map(({ family, name }) => ({ id: family, name })),
    reasons: Object.assign({}, MACHINE.reasons, ...FAMILIES.map(({ reasons }) => reasons)),
    sites,
  }
}

/** In a nation this looks through three million rows. */
async function sitesByRule(db: Db, asker: Asker): Promise<SitesByRule> {
  const { scope } = asker.who
  const outcome = scope.kind === 'unit' ? outcomeForOwner(asker) : sql`i.outcome`
  // Nearly all sites of a city are there: those that are not are left out. Of parts of it, those are looked up.
  const which =
    scope.kind === 'city'
      ? sql`i.site_id not in (select site.id from site where not ${isThere})`
      : sql`i.site_id in (select site.id from site where ${isThere} and ${within(scope, 'site')})`
  type Counted = { rule: string; version: number; outcome: 'found' | 'clear' | 'unmeasured'; n: number }
  const { rows } = await sql<Counted>`
    select i.rule, i.version, ${outcome} as outcome, count(*)::int as n from inspection i where ${which} group by 1, 2, 3
  `.execute(db)
  const { rows: looked } = await sql<RuleStandings['sites']>`
    select count(*)::int as all, count(look.site_id)::int as looked
    from site left join site_look look on look.site_id = site.id where ${isThere} and ${within(scope, 'site')}
  `.execute(db)
  const byRule = new Map<string, Outcomes>()
  for (const { rule, version, outcome: of, n } of rows) {
    const now = inspectionRule(rule)
    if (!now) continue
    const counts = byRule.get(rule) ?? { found: 0, clear: 0, unmeasured: 0, older: 0 }
    counts[of] += n
    if (version !== now.version) counts.older += n
    byRule.set(rule, counts)
  }
  return { byRule, sites: looked[0] ?? { all: 0, looked: 0 } }
}

/** SQL for what the owner of a site is told of a rule `i`: what nobody has said a word of yet is no outcome. */
const outcomeForOwner = (asker: Asker) => sql`(case when i.outcome = 'found' and not exists (
    select from inspection_problem p where p.site_id = i.site_id and p.rule = i.rule and p.gone_at is null and ${isSaid(asker)})
  then 'unmeasured' else i.outcome end)`

/** Problems that are there, by rule; of one site with `siteId`. */
async function problemsBy(db: Db, asker: Asker, siteId?: number): Promise<Map<string, Problems>> {
  const { rows } = await sql<{ rule: string } & Problems>`
    select p.rule, count(*) filter (where p.state = 'open')::int as open,
      count(*) filter (where p.state = 'confirmed')::int as confirmed,
      count(*) filter (where p.state = 'refused')::int as refused
    from inspection_problem p join site on site.id = p.site_id
    where p.gone_at is null and site.merged_into is null and ${within(asker.who.scope, 'site')} and ${isSaid(asker)}
      and ${siteId === undefined ? sql`true` : sql`p.site_id = ${siteId}`}
    group by p.rule
  `.execute(db)
  return new Map(rows.map(({ rule, ...counts }) => [rule, counts]))
}

/** What every rule said of a site last; one that has not looked yet is not measured. @throws Refusal not_found */
export async function inspectionsOfSite(
  parts: Parts,
  user: Principal,
  siteId: number,
): Promise<SiteInspections> {
  const { db } = parts
  if (!(await findLocation(db, user.scope, siteId))) throw noSuchSite()
  const asker = await askerOf(parts, user)
  const rows = await db.selectFrom('inspection').selectAll().where('site_id', '=', siteId).execute()
  const said = new Map(rows.map((row) => [row.rule, row]))
  const problems = await problemsBy(db, asker, siteId)
  const items = INSPECTION_RULES.map(({ id }) => {
    const row = said.get(id)
    const counts = problems.get(id) ?? NO_PROBLEMS
    if (!row) {
      return {
        ...{
          rule: id,
          outcome: 'unmeasured' as const,
          reason: 'waiting',
          at: null,
          since: null,
          version: null,
        },
        ...{ pages: 0, unmeasured: 0, problems: counts },
      }
    }
    const isUnsaid =
      user.scope.kind === 'unit' && row.outcome === 'found' && counts.open + counts.confirmed === 0
    const told = isUnsaid
      ? { outcome: 'unmeasured' as const, reason: 'unsaid' }
      : { outcome: row.outcome, reason: row.outcome === 'unmeasured' ? row.reason : null }
    return {
      ...{ rule: id, ...told, version: row.version },
      ...{ at: row.at.toISOString(), since: row.since.toISOString() },
      ...{ pages: row.pages, unmeasured: row.unmeasured, problems: counts },
    }
  })
  return { items }
}
