import { sql } from 'kysely'
import { addDays, lastDayOfMonth, localDay, monthBefore, monthOf } from '../../../shared/base/time.ts'
import { MONTHS_BACK, type Summary } from '../../../shared/census/summary/summary.ts'
import { may, type Principal, type Scope } from '../../../shared/people/rights/rights.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { isThere } from '../../register/ledger/answers/answers.ts'
import { editionOn } from '../../register/rule-editions/in-force.ts'
import { rankingOf } from '../letters/ranking/queries.ts'
import { rankingFor } from '../letters/ranking/service.ts'
import { inTheWayOn, lastKept, moversBetween, outcomesOn, pointsOn, vetoesOn } from './sheets.ts'
import { trendOf } from './trend.ts'
import { rectificationsOf, roundsOf, spanOf, trafficOf } from './work.ts'

/** How the sites that somebody sees stand in a month, against the month before. */
export async function summaryOf(ctx: Context, user: Principal, asked?: string): Promise<Summary> {
  const { db, clock } = ctx
  const { scope } = user
  const today = localDay(clock.now())
  const month = asked ?? monthOf(today)
  const earlier = monthBefore(month)
  const day = await endOf(db, month, today)
  const dayBefore = await endOf(db, earlier, today)
  const edition = await editionOn(db, day ?? today)
  const now = await outcomesOn(db, scope, day)
  const before = await outcomesOn(db, scope, dayBefore)
  const vetoes = await vetoesOn(db, scope, day)
  const vetoesBefore = await vetoesOn(db, scope, dayBefore)
  const points = [await pointsOn(db, scope, day), await pointsOn(db, scope, dayBefore)] as const
  const sitesOf = await sitesByDistrict(db, scope)
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, n) => all + n, 0)
  return {
    ...{ month, day, dayBefore, edition: edition.code },
    sites: sum(Object.fromEntries(sitesOf)),
    scored: { now: sum(now.outcomes), before: sum(before.outcomes) },
    outcomes: { now: now.outcomes, before: before.outcomes },
    scores: Array.from({ length: 10 }, (_, ten) => ({
      ...{ from: ten * 10, to: ten === 9 ? 100 : ten * 10 + 9 },
      ...{ now: now.tens.get(ten) ?? 0, before: before.tens.get(ten) ?? 0 },
    })),
    vetoes: vetoRules(edition).map((rule) => ({
      ...{ rule, now: countOf(vetoes, rule), before: countOf(vetoesBefore, rule) },
    })),
    ...(await moversBetween(db, scope, dayBefore, day)),
    sections: sectionsOf(edition, points),
    heat: [...sitesOf].map(([district, sites]) => {
      const own = vetoes.filter((one) => one.district === district)
      return { district, sites, rules: Object.fromEntries(own.map(({ rule, n }) => [rule, n])) }
    }),
    trend: await trendOf(ctx, scope, await endsOf(db, month, today)),
    inTheWay: await inTheWayOn(db, scope, day),
    rectifications: await rectificationsOf(db, scope, [spanOf(month), spanOf(earlier)], today),
    letters: await lettersOf(ctx, user, [month, earlier], today),
    rounds: await roundsOf(db, month),
    traffic: { now: await trafficOf(db, scope, month), before: await trafficOf(db, scope, earlier) },
  }
}

/** The last day of a month of which sheets are kept; of the current one, so far. */
export function endOf(db: Db, month: string, today: string): Promise<string | null> {
  const last = lastDayOfMonth(month)
  const yesterday = addDays(today, -1)
  return lastKept(db, last < yesterday ? last : yesterday)
}

async function endsOf(db: Db, month: string, today: string): Promise<{ month: string; day: string }[]> {
  const months = Array.from({ length: MONTHS_BACK }, (_, n) => monthBefore(month, MONTHS_BACK - 1 - n))
  const ends: { month: string; day: string }[] = []
  for (const one of months) {
    const day = await endOf(db, one, today)
    // A month that has hardly begun has the sheets of the one before.
    if (day !== null && monthOf(day) === one) ends.push({ month: one, day })
  }
  return ends
}

async function sitesByDistrict(db: Db, scope: Scope): Promise<Map<string, number>> {
  const { rows } = await sql<{ district: string; n: number }>`
    select site.district, count(*)::int as n from site join district on district.code = site.district
    where ${isThere} and ${within(scope, 'site')}
    group by site.district, district.position order by district.position`.execute(db)
  return new Map(rows.map(({ district, n }) => [district, n]))
}

/** A rule of which a single breach fails the site. */
const vetoRules = ({ rules }: EditionBody): string[] =>
  rules.filter(({ effect }) => effect.form === 'veto').map(({ id }) => id)

const countOf = (vetoes: readonly { rule: string; n: number }[], rule: string): number =>
  vetoes.filter((one) => one.rule === rule).reduce((all, { n }) => all + n, 0)

function sectionsOf(
  { rules, sections }: EditionBody,
  [now, before]: readonly [ReadonlyMap<string, number>, ReadonlyMap<string, number>],
): Summary['sections'] {
  const vetoing = new Set(rules.filter(({ effect }) => effect.form === 'veto').map(({ section }) => section))
  const lost = (section: string, points: ReadonlyMap<string, number>) =>
    Math.round(
      rules
        .filter((rule) => rule.section === section)
        .reduce((sum, { id }) => sum + (points.get(id) ?? 0), 0) * 100,
    ) / 100
  return sections
    .filter(({ id }) => !vetoing.has(id))
    .map(({ id }) => ({ id, now: lost(id, now), before: lost(id, before) }))
}

/** Of the whole as it was published; of a part, of which nothing is published, as it is reckoned. */
async function lettersOf(
  ctx: Context,
  user: Principal,
  [month, earlier]: readonly [string, string],
  today: string,
): Promise<Summary['letters']> {
  if (!may(user, 'letter.read')) return null
  const totalOf = async (one: string) => {
    const isWhole = user.scope.kind === 'city'
    const found = isWhole ? rankingFor(ctx, user, one) : rankingOf(ctx.db, user.scope, one, today)
    return (await found).total
  }
  const [now, before] = [await totalOf(month), await totalOf(earlier)]
  const both = (key: 'due' | 'inTime' | 'late' | 'unanswered') => ({ now: now[key], before: before[key] })
  return { due: both('due'), inTime: both('inTime'), late: both('late'), unanswered: both('unanswered') }
}
