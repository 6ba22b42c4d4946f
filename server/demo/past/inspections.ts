import { sql } from 'kysely'
import { groupBy } from '../../../shared/base/lists/group.ts'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import { INSPECTION_RULES, inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import type { InspectionRule } from '../../../shared/monitor/inspections/inspections-rules.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { trusted } from '../../base/db/trusted.ts'
import { commitFacts } from '../../base/facts/commit.ts'
import { begun, type Steps } from '../../base/slices.ts'
import { noteLooks } from '../../monitor/inspections/crawl/looks.ts'
import { chance, choose, mix } from '../cast/random.ts'
import { type DemoSite, demoRegister } from '../cast/register.ts'
import { behaviourAt } from '../fleet/script.ts'
import { madeChecks } from './found/accessibility.ts'
import { madeProblems, madeUnmeasured } from './found/made.ts'
import { type PicturedProblem, storeProblemPictures } from './pictures.ts'

/** Sites of one transaction. */
const SITES_AT_ONCE = 160
/** So long ago looked the first inspection. */
const MOST_DAYS = 170
const CHECKED_DAYS = RENDERING.checkEveryDays
/** Pages of a site that a look reads. */
const PAGES = 60

interface Row {
  readonly id: number
  readonly url: string
  readonly demo: DemoSite
}

/**
 * Begins to make the inspections of half a year of the demo's sites that have none, from the fleet's own script: the
 * database is at other things meanwhile.
 * @returns what stores them. Once it was interrupted, the next start goes on where it was.
 */
export async function makePastInspections(ctx: Context): Promise<() => Promise<void>> {
  const demos = new Map(demoRegister().map((demo) => [demo.code, demo]))
  const people = await reviewers(ctx.db)
  const now = ctx.clock.now()
  const sites = (await withoutInspections(ctx.db)).flatMap(({ id, url, code }) => {
    const demo = demos.get(code)
    return demo ? [{ id, url, demo }] : []
  })
  const made = begun(seenOf(sites, people, now))
  return async () => {
    const seen = await made
    for (let from = 0; from < seen.length; from += SITES_AT_ONCE) {
      await storeSeen(ctx, seen.slice(from, from + SITES_AT_ONCE), now)
    }
  }
}

/** What inspections saw of one site. */
interface Seen {
  readonly siteId: number
  readonly problems: readonly ProblemRow[]
  readonly inspections: readonly ReturnType<typeof inspectionsOf>[number][]
  readonly checks: readonly ReturnType<typeof checksOf>[number][]
}

function* seenOf(sites: readonly Row[], people: readonly number[], now: number): Steps<Seen[]> {
  const seen: Seen[] = []
  for (const site of sites) {
    const problems = problemsOf(site, people, now)
    seen.push({
      ...{ siteId: site.id, problems, checks: checksOf(site, now) },
      inspections: inspectionsOf(site, problems, now),
    })
    yield
  }
  return seen
}

const storeSeen = (ctx: Context, seen: readonly Seen[], now: number) =>
  commitFacts(ctx, async (tx) => {
    await trusted(tx, async () => {
      const stored = await storeProblems(
        tx,
        seen.flatMap(({ problems }) => problems),
      )
      await storeProblemPictures(tx, stored)
      await storeInspections(
        tx,
        seen.flatMap(({ inspections }) => inspections),
      )
      await storeChecks(
        tx,
        seen.flatMap(({ checks }) => checks),
      )
    })
    const faulty = seen.filter(({ problems }) => problems.length > 0).map(({ siteId }) => siteId)
    return ctx.after.inspected(tx, faulty.filter(isTold), now)
  })

const withoutInspections = (db: Db) =>
  db
    .selectFrom('site')
    .select(['id', 'url', 'code'])
    .where('demo', '=', true)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('inspection').select('rule').whereRef('inspection.site_id', '=', 'site.id'))),
    )
    .orderBy('id')
    .execute()

async function reviewers(db: Db): Promise<number[]> {
  const rows = await db
    .selectFrom('user_account')
    .select('id')
    .where('demo', '=', true)
    .where('username', 'in', ['duty', 'vendor'])
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** A number of a text, the same at every start. */
const numberOf = (text: string): number => mix(...[...text].map((one) => one.codePointAt(0) ?? 0))

/** Alerts of some sites only: a demo that opens with dozens more of them shows nobody anything. */
const isTold = (siteId: number): boolean => chance(siteId, 308) < 0.12

/** So long somebody has had to look at it; of what is older nearly all is said, of what is newer some. */
const LOOKED_AT_DAYS = 7
const SAID = { older: 0.97, newer: 0.5 } as const
/** Of what a rule proposes. */
const REFUSED = 0.015

/** When the last look at a site was: last night. */
const lookedAt = (siteId: number, now: number): number => now - (2 + 20 * chance(siteId, 301)) * HOUR

type ProblemRow = ReturnType<typeof problemsOf>[number]

/**
 * What was found on a site. People have said of most of it whether it is so, and units have put much right; what waits is what a city
 * has that looks at such things once a week.
 */
function problemsOf({ id, url, demo }: Row, people: readonly number[], now: number) {
  const lookMs = lookedAt(id, now)
  const made = madeProblems({ site: demo, behaviour: behaviourAt(demo, now), atMs: now })
  return made.map(({ rule, key, path, excerpt, detail = {}, told = null, outline = null, isGone }) => {
    const dice = [id, numberOf(rule), numberOf(key)]
    const daysAgo = 2 + choose(MOST_DAYS, ...dice, 1)
    const isOld = isGone || daysAgo > LOOKED_AT_DAYS
    const isSaid = people.length > 0 && chance(...dice, 2) < (isOld ? SAID.older : SAID.newer)
    const known = inspectionRule(rule)
    const isRefused = isSaid && !isGone && known?.manner === 'proposes' && chance(...dice, 4) < REFUSED
    const goneMs = isGone ? lookMs - choose(daysAgo, ...dice, 5) * DAY : null
    const saidMs = Math.min(
      lookMs - Math.max(1, daysAgo - 1 - choose(5, ...dice, 3)) * DAY,
      goneMs === null ? now : goneMs - 2 * HOUR,
    )
    return {
      ...{ site_id: id, rule, key, url: new URL(path, url).href, excerpt, detail, told, outline },
      rule_version: known?.version ?? 1,
      first_at: new Date(lookMs - daysAgo * DAY).toISOString(),
      last_at: new Date(goneMs === null ? lookMs : goneMs - DAY).toISOString(),
      gone_at: goneMs === null ? null : new Date(goneMs).toISOString(),
      state: isSaid ? (isRefused ? 'refused' : 'confirmed') : 'open',
      decided_by: isSaid ? (people[choose(people.length, ...dice, 6)] ?? null) : null,
      decided_at: isSaid ? new Date(saidMs).toISOString() : null,
      note: isRefused ? '经核实，该页为外部系统自动生成，不作问题' : null,
    }
  })
}

/** What each rule said of a site last. @param problems those of the site */
function inspectionsOf({ id, demo }: Row, problems: readonly ProblemRow[], now: number) {
  const lookMs = lookedAt(id, now)
  const byRule = groupBy(problems, ({ rule }) => rule)
  const known = madeUnmeasured({ site: demo, behaviour: behaviourAt(demo, now), atMs: now })
  return INSPECTION_RULES.map((rule) => {
    const own = byRule.get(rule.id) ?? []
    const found = own.filter((one) => one.gone_at === null && one.state !== 'refused')
    const unmeasured = found.length > 0 ? null : (known.get(rule.id) ?? unmeasuredFor(rule, id, demo))
    const mended = own.flatMap(({ gone_at }) => (gone_at === null ? [] : [Date.parse(gone_at)]))
    const sinceMs =
      found.length > 0
        ? Math.min(...found.map((one) => Date.parse(one.first_at)))
        : Math.max(lookMs - MOST_DAYS * DAY, ...mended)
    return {
      ...{ site_id: id, rule: rule.id, version: rule.version, reason: unmeasured },
      outcome: found.length > 0 ? 'found' : unmeasured ? 'unmeasured' : 'clear',
      at: new Date(lookMs).toISOString(),
      since: new Date(sinceMs).toISOString(),
      pages: rule.of === 'site' ? 0 : rule.of === 'file' ? choose(9, id, 302) : PAGES - choose(30, id, 303),
      unmeasured: rule.of === 'site' ? 0 : choose(4, id, numberOf(rule.id), 304),
    }
  })
}

/** What a browser found of one page of each template, within the last week; its next turn is a week after. */
function checksOf({ id, url, demo }: Row, now: number) {
  const atMs = now - chance(id, 309) * CHECKED_DAYS * DAY
  return madeChecks({ site: demo, behaviour: behaviourAt(demo, now), atMs: now }).map(
    ({ template, path, found }) => ({
      ...{ site_id: id, template, url: new URL(path, url).href, found },
      at: new Date(atMs).toISOString(),
      next_at: new Date(atMs + CHECKED_DAYS * DAY).toISOString(),
    }),
  )
}

/** Some sites stand behind a firewall, and some have no files. */
function unmeasuredFor({ id, of }: InspectionRule, siteId: number, { platform }: DemoSite): string | null {
  if (platform === null && chance(siteId, 305) < 0.03) return 'blocked'
  if (of === 'file' && chance(siteId, 306) < 0.1) return 'noFiles'
  return chance(siteId, numberOf(id), 307) < 0.005 ? 'failed' : null
}

/** @returns those that are there still. */
async function storeProblems(tx: Tx, rows: readonly ProblemRow[]): Promise<PicturedProblem[]> {
  if (rows.length === 0) return []
  const { rows: stored } = await sql<PicturedProblem & { gone_at: Date | null }>`
    insert into inspection_problem (site_id, rule, key, url, excerpt, detail, told, outline, rule_version, first_at, last_at, gone_at,
      state, decided_by, decided_at, note)
    select site_id, rule, key, url, excerpt, detail, told, nullif(outline, 'null'::jsonb), rule_version, first_at, last_at, gone_at,
      state, decided_by, decided_at, note
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one(site_id int, rule text, key text, url text,
      excerpt text, detail jsonb, told text, outline jsonb, rule_version int, first_at timestamptz, last_at timestamptz, gone_at timestamptz,
      state text, decided_by int, decided_at timestamptz, note text)
    on conflict (site_id, rule, key) do nothing
    returning id, site_id as "siteId", rule, url, last_at as "lastAt", gone_at
  `.execute(tx)
  return stored.filter(({ gone_at }) => gone_at === null)
}

async function storeChecks(tx: Tx, rows: readonly ReturnType<typeof checksOf>[number][]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into page_check (site_id, template, next_at, url, at, found)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one(site_id int, template text, next_at timestamptz,
      url text, at timestamptz, found jsonb)
    on conflict (site_id, template) do update set next_at = excluded.next_at, url = excluded.url, at = excluded.at,
      found = excluded.found
    where page_check.at is null
  `.execute(tx)
}

async function storeInspections(
  tx: Tx,
  rows: readonly ReturnType<typeof inspectionsOf>[number][],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into inspection (site_id, rule, version, reason, outcome, at, since, pages, unmeasured)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one(site_id int, rule text, version int, reason text,
      outcome text, at timestamptz, since timestamptz, pages int, unmeasured int)
    on conflict (site_id, rule) do nothing
  `.execute(tx)
  await noteLooks(tx, [...new Set(rows.map(({ site_id }) => site_id))])
}
