import { localDay, monthBefore, monthOf } from '../../../shared/base/time.ts'
import { MONTHS_BACK, type Summary } from '../../../shared/census/summary/summary.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { Context } from '../../base/context.ts'
import { editionOn } from '../../register/rule-editions/in-force.ts'
import { rankingOf } from '../letters/ranking/queries.ts'
import { rankingFor } from '../letters/ranking/service.ts'
import { endsOf } from './ends.ts'
import { singledOut } from './sheets.ts'
import { type Stood, stoodOn } from './stood.ts'
import { placesOf } from './sums.ts'
import { trendOf } from './trend.ts'
import { rectificationsOf, roundsOf, spanOf, trafficOf } from './work.ts'

/** How the sites that somebody sees stand in a month, against the month before. */
export async function summaryOf(ctx: Context, user: Principal, asked?: string): Promise<Summary> {
  const { db, clock } = ctx
  const { scope } = user
  const today = localDay(clock.now())
  const month = asked ?? monthOf(today)
  const earlier = monthBefore(month)
  const months = Array.from({ length: MONTHS_BACK }, (_, n) => monthBefore(month, MONTHS_BACK - 1 - n))
  const ends = await endsOf(db, months, today)
  const [day, dayBefore] = [ends.get(month) ?? null, ends.get(earlier) ?? null]
  const edition = await editionOn(db, day ?? today)
  const places = await placesOf(db, scope)
  const [now, before] = await stoodOn(db, scope, places, [day, dayBefore])
  return {
    ...{ month, day, dayBefore, edition: edition.code },
    sites: places.reduce((all, { sites }) => all + sites, 0),
    scored: { now: now.scored, before: before.scored },
    outcomes: { now: now.outcomes, before: before.outcomes },
    scores: Array.from({ length: 10 }, (_, ten) => ({
      ...{ from: ten * 10, to: ten === 9 ? 100 : ten * 10 + 9 },
      ...{ now: now.tens[ten] ?? 0, before: before.tens[ten] ?? 0 },
    })),
    vetoes: vetoRules(edition).map((rule) => ({
      ...{ rule, now: now.vetoes[rule] ?? 0, before: before.vetoes[rule] ?? 0 },
    })),
    ...(await singledOut(db, scope, dayBefore, day)),
    sections: sectionsOf(edition, [now, before]),
    heat: places.map(({ district, sites }) => ({
      district,
      sites,
      rules: now.byDistrict.get(district) ?? {},
    })),
    trend: await trendOf(db, scope, places, inTheirMonths(ends)),
    rectifications: await rectificationsOf(db, scope, [spanOf(month), spanOf(earlier)], today),
    letters: await lettersOf(ctx, user, [month, earlier], today),
    rounds: await roundsOf(db, month),
    traffic: { now: await trafficOf(db, scope, month), before: await trafficOf(db, scope, earlier) },
  }
}

/** A month that has hardly begun has the sheets of the one before. */
const inTheirMonths = (ends: ReadonlyMap<string, string>) =>
  [...ends].flatMap(([month, day]) => (monthOf(day) === month ? [{ month, day }] : []))

/** A rule of which a single breach fails the site. */
const vetoRules = ({ rules }: EditionBody): string[] =>
  rules.filter(({ effect }) => effect.form === 'veto').map(({ id }) => id)

function sectionsOf(
  { rules, sections }: EditionBody,
  [now, before]: readonly [Stood, Stood],
): Summary['sections'] {
  const vetoing = new Set(rules.filter(({ effect }) => effect.form === 'veto').map(({ section }) => section))
  const lost = (section: string, stood: Stood) => {
    const own = rules.filter((rule) => rule.section === section)
    const points = own.reduce((sum, { id }) => sum + (stood.lost[id] ?? 0), 0)
    return Math.round((points / Math.max(1, stood.scored)) * 100) / 100
  }
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
