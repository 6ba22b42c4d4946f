import { groupBy } from '../../../shared/base/lists/group.ts'
import { addDays, HOUR, localDay, MINUTE, startOfDay } from '../../../shared/base/time.ts'
import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import { QUALITY } from '../../../shared/monitor/quality/quality-rules.ts'
import type { After, Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { diceOf } from '../../base/dice.ts'
import { begun, type Steps } from '../../base/slices.ts'
import { type Case, countCases, type Erred, type Looked } from './count.ts'
import './hooks.ts'

/** Nights that were counted before the demo's first start. */
const NIGHTS = 120
const SEED = 640
/** Of so many faults one was missed, and of so many look-alikes one told of; both became rarer over the nights. */
const [MISSED_OF, WRONG_OF] = [90, 4_000]
const [MISSED_AT_FIRST, WRONG_AT_FIRST] = [14, 700]
const UNMEASURED_OF = 120

/** Some of `n`, by their numbers: one of so many, few at the last of the nights and more at the first. */
function some(key: string, n: number, of: number): ReadonlySet<number> {
  const count = Math.floor(n / of + (diceOf(`${key} count`) % 1_000) / 1_000)
  return new Set(Array.from({ length: count }, (_, at) => diceOf(`${key} ${at}`) % Math.max(1, n)))
}

const rarer = (age: number, last: number, first: number) =>
  Math.round(first + (last - first) * (1 - age / NIGHTS))

/** What was said on a night long ago of cases of one rule that all have a fault, or none. */
function pastLooks<C extends Case>(cases: readonly C[], key: string, age: number): Looked<C>[] {
  const unmeasured = some(`${key} unmeasured`, cases.length, UNMEASURED_OF)
  const isFault = cases[0]?.isFault === true
  const erred = isFault
    ? some(`${key} missed`, cases.length, rarer(age, MISSED_OF, MISSED_AT_FIRST))
    : some(`${key} wrong`, cases.length, rarer(age, WRONG_OF, WRONG_AT_FIRST))
  return cases.map((one, n) => {
    const isFound = isFault !== erred.has(n)
    const outcome = unmeasured.has(n) ? 'unmeasured' : isFound ? 'found' : 'clear'
    const lateMs = isFault && isFound ? lateness(one, `${key} ${n}`) : 0
    return { one, looks: [{ atMs: one.fromMs + lateMs, outcome }] }
  })
}

function lateness({ rule, fromMs, toMs }: Case, key: string): number {
  const everyMs = rule === 'DOWN' ? MINUTE : QUALITY.night.everyMinutes * MINUTE
  return diceOf(key) % Math.min(everyMs, toMs - fromMs)
}

interface Where {
  readonly site_id: number | null
  readonly page: string | null
}

/**
 * Begins to make what was counted in the nights before the demo's first start: on its test site as its plan had it, and of
 * its sites as its script has them today.
 * @returns what stores it
 */
export async function makeQuality({ db, clock, after }: Context): Promise<() => Promise<void>> {
  const known = await db.selectFrom('quality_night').select('night').limit(1).executeTakeFirst()
  const sites = await db.selectFrom('site').select(['id', 'code']).where('demo', '=', true).execute()
  if (known || sites.length === 0) return async () => {}
  const made = begun(nightsOf(after, new Map(sites.map(({ id, code }) => [code, id])), clock.now()))
  return async () => storeNights(db, await made)
}

function* nightsOf(after: After, ids: ReadonlyMap<string, number>, nowMs: number): Steps<Counted> {
  const today = localDay(nowMs)
  const truths = yield* after.truthOfFleet(nowMs - 24 * HOUR, nowMs)
  const fleet = truths.flatMap(({ code, ...one }) => {
    const siteId = ids.get(code)
    return siteId === undefined ? [] : [{ ...one, siteId }]
  })
  const nights: Counted[] = []
  for (let age = NIGHTS; age >= 1; age--) {
    const night = addDays(today, -age)
    const pages = after.truthOfTestSite(SEED, night)
    nights.push(
      counted(night, 'test_site', pages, age, ({ slot }) => ({ site_id: null, page: `/case/${slot}/` })),
      counted(night, 'fleet', shifted(fleet, night, nowMs), age, ({ siteId }) => ({
        site_id: siteId,
        page: null,
      })),
    )
    yield
  }
  const oldest = addDays(today, -QUALITY.kept.caseNights)
  return {
    rows: nights.flatMap((one) => one.rows),
    cases: nights.flatMap((one) => one.cases).filter(({ night }) => night >= oldest),
  }
}

const storeNights = (db: Db, { rows, cases }: Counted): Promise<void> =>
  db.transaction().execute(async (tx) => {
    for (let at = 0; at < rows.length; at += 500)
      await tx
        .insertInto('quality_night')
        .values(rows.slice(at, at + 500))
        .execute()
    for (let at = 0; at < cases.length; at += 500)
      await tx
        .insertInto('quality_case')
        .values(cases.slice(at, at + 500))
        .execute()
  })

type Counted = ReturnType<typeof counted>

function counted<C extends Case>(
  night: string,
  place: 'fleet' | 'test_site',
  cases: readonly C[],
  age: number,
  whereOf: (one: C) => Where,
) {
  const groups = groupBy(cases, ({ rule, isFault }) => `${night} ${place} ${rule} ${isFault}`)
  const looked = [...groups].flatMap(([key, group]) => pastLooks(group, key, age))
  const { counts, errors } = countCases(looked)
  const countedAt = new Date(startOfDay(night) + (QUALITY.night.toMinute + 30) * MINUTE)
  return {
    rows: counts.map(({ medianS, slowestS, ...sum }) => ({
      ...{ ...sum, night, place, demo: true, counted_at: countedAt },
      version: inspectionRule(sum.rule)?.version ?? null,
      ...{ median_s: medianS, slowest_s: slowestS },
    })),
    cases: errors.map(({ one, error, fromMs, toMs }: Erred<C>) => ({
      ...{ night, place, demo: true, error, rule: one.rule, what: one.what, ...whereOf(one) },
      ...{ from_at: new Date(fromMs), to_at: new Date(toMs) },
    })),
  }
}

/** The cases of today as if they had been of another night; of outages not each night has as many. */
function shifted<C extends Case>(cases: readonly C[], night: string, nowMs: number): C[] {
  const byMs = startOfDay(night) + QUALITY.night.toMinute * MINUTE - nowMs
  const share = diceOf(night) % 4
  return cases
    .filter(({ rule }, n) => rule !== 'DOWN' || n % 4 !== share)
    .map((one) => ({ ...one, fromMs: one.fromMs + byMs, toMs: one.toMs + byMs }))
}
