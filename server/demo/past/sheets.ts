import { sql } from 'kysely'
import { addDays, DAY, daysBetween, localDay, startOfDay } from '../../../shared/base/time.ts'
import { hotlineOn } from '../../../shared/census/letters/letters-rules.ts'
import { answersCounted } from '../../../shared/census/score-sheets/answers-rules.ts'
import { type Counted, type SheetOf, scoreSheet } from '../../../shared/census/score-sheets/sheets-rules.ts'
import { LINK_RULES, linkRule } from '../../../shared/monitor/links/links.ts'
import { judgeMessages } from '../../../shared/monitor/messages/messages-rules.ts'
import { v2WindowStart } from '../../../shared/monitor/verdicts/verdicts.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { type PersonsFindings, personsFindings } from '../../census/score-sheets/persons.ts'
import { editionInForce } from '../../register/rule-editions/in-force.ts'
import { dayNumber } from '../cast/calendar.ts'
import { chance, choose } from '../cast/random.ts'
import { type DemoSite, demoRegister } from '../cast/register.ts'
import { DEMO_RULES } from '../cast/rules.ts'
import { columnsTruth } from '../fleet/neglected-columns.ts'
import { isBlocking, type Outage } from '../fleet/outages.ts'
import { brokenLinksOf } from '../fleet/pages/broken-links.ts'
import { itemsBefore } from '../fleet/publishing.ts'
import { type Behaviour, behaviourAt, outagesBetween, readingOf } from '../fleet/script.ts'
import { letterBoxOf } from './messages.ts'

/** Half a year: from week to week, the last of them day by day. The last day of all is kept by the product itself. */
const WEEKS = 24
const DAYS = 14
const SITES_AT_ONCE = 5
/** The demo has just begun, and others want to get on. */
const PAUSE_MS = 20
/** A share of failed visits is told apart by so much, so that not every day is another. */
const SHARE_STEP = 0.5
/** So long ago was a site's house in no order at all, where it ever was not; every so often something was mended. */
const MENDED_EVERY = 26
const MOST_MENDED = Math.ceil((WEEKS * 7 + DAYS) / MENDED_EVERY)

interface Filled {
  readonly id: number
  readonly demo: DemoSite
}

/**
 * Gives the demo's sites the score sheets of half a year, from the fleet's own script, after the start, which does not wait
 * for them. Goes on where it was when it was interrupted; does nothing when all have them.
 */
export async function fillPastSheets({ db, clock }: Context, signal: AbortSignal): Promise<void> {
  const edition = editionInForce()
  const days = daysKept(localDay(clock.now()))
  const demos = new Map(demoRegister().map((demo) => [demo.code, demo]))
  let persons: ReadonlyMap<string, PersonsFindings> | null = null
  for (let afterId = 0; !signal.aborted; ) {
    const sites = await withoutSheets(db, afterId)
    if (sites.length === 0) return
    persons ??= await personsOn(db, edition, days)
    const rows = sites.flatMap(({ id, code }) => {
      const demo = demos.get(code)
      return demo ? sheetsOf({ id, demo }, edition, days, persons ?? new Map()) : []
    })
    await storeSheets(db, rows)
    afterId = sites.at(-1)?.id ?? Number.POSITIVE_INFINITY
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/** Local days on which something may have changed, the oldest first; the last is the day before yesterday. */
function daysKept(today: string): string[] {
  const first = addDays(today, -DAYS - 1)
  const weeks = Array.from({ length: WEEKS }, (_, n) => addDays(first, -7 * (WEEKS - n)))
  return [...weeks, ...Array.from({ length: DAYS }, (_, n) => addDays(first, n))]
}

/** Demo sites without a sheet of a day before they were made. */
async function withoutSheets(db: Db, afterId: number): Promise<{ id: number; code: string }[]> {
  const { rows } = await sql<{ id: number; code: string; created_at: Date }>`
    select id, code, created_at from site
    where demo and id > ${afterId} and not exists (
      select from sheet where site_id = site.id and from_day < to_char(site.created_at - interval '30 days', 'YYYY-MM-DD'))
    order by id limit ${SITES_AT_ONCE}
  `.execute(db)
  return rows
}

/** What persons had found, by day. */
async function personsOn(
  db: Db,
  edition: EditionBody,
  days: readonly string[],
): Promise<Map<string, PersonsFindings>> {
  const found = await db.selectFrom('census_finding').select('site_id').distinct().execute()
  const ids = found.map(({ site_id }) => site_id)
  const byDay = new Map<string, PersonsFindings>()
  for (const day of days) {
    if (ids.length > 0) byDay.set(day, await personsFindings(db, ids, edition, endOf(day)))
  }
  return byDay
}

const endOf = (day: string): number => startOfDay(addDays(day, 1)) - 1

interface Row {
  readonly site_id: number
  readonly from_day: string
  to_day: string
  readonly sheet: ReturnType<typeof scoreSheet>
}

/** The sheets of a site, a row while nothing in it changes. */
function sheetsOf(
  { id, demo }: Filled,
  edition: EditionBody,
  days: readonly string[],
  persons: ReadonlyMap<string, PersonsFindings>,
): Row[] {
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const fromMs = startOfDay(first) - DEMO_RULES.v1WindowDays * DAY
  const past: Past = {
    behaviour: behaviourAt(demo, endOf(last)),
    outages: outagesBetween(demo, fromMs, endOf(last)).filter(({ kind }) => !isBlocking(kind)),
    items: itemDays(demo, endOf(last), dayNumber(fromMs) - 2 * DEMO_RULES.v1WindowDays),
    broken: brokenOf(behaviourAt(demo, endOf(last))),
  }
  const rows: Row[] = []
  let lines = ''
  for (const [n, day] of days.entries()) {
    const answers = answersOn(past.behaviour, day)
    const measured = { ...measuredOn(past, day, daysBetween(day, last)), ...answers.counted }
    const counted = persons.get(day)?.over(id, measured) ?? measured
    const sheet = scoreSheet(edition, {
      ...{ counted, isPortal: demo.level.endsWith('_portal'), apart: answers.apart },
    })
    const before = rows.at(-1)
    const to_day = addDays(days[n + 1] ?? addDays(day, 1), -1)
    const said = JSON.stringify(sheet.lines)
    if (before && said === lines) before.to_day = to_day
    else rows.push({ site_id: id, from_day: day, to_day, sheet })
    lines = said
  }
  return rows
}

interface Past {
  readonly behaviour: Behaviour
  readonly outages: readonly Outage[]
  /** Numbers of the days of its items, the newest first. */
  readonly items: readonly number[]
  readonly broken: Broken
}

function itemDays(demo: DemoSite, atMs: number, oldest: number): number[] {
  const days: number[] = []
  for (const { day } of itemsBefore(behaviourAt(demo, atMs).publisher, atMs)) {
    if (day < oldest) break
    days.push(day)
  }
  return days
}

type CountedBy = SheetOf['counted']
const machine = (count: number, proof: readonly string[] = []): Counted => ({ by: 'machine', count, proof })

/** What a monitor would have measured of a site by the end of a day. */
function measuredOn({ behaviour, outages, items, broken }: Past, day: string, daysAgo: number): CountedBy {
  return {
    ...homeOn(outages, day),
    ...updateOn(behaviour, items, day),
    ...columnsOn(behaviour, daysAgo),
    ...linksOn(behaviour, broken, daysAgo),
  }
}

/** Its letters, of which the hotline had none for months. */
const answersOn = (behaviour: Behaviour, day: string): ReturnType<typeof answersCounted> =>
  answersCounted(
    hotlineOn(day).unanswered.rule,
    undefined,
    judgeMessages([{ reading: letterBoxOf(behaviour, endOf(day)) }], day),
  )

function homeOn(outages: readonly Outage[], day: string): CountedBy {
  const [toMs, windowMs] = [endOf(day), DEMO_RULES.v1WindowDays * DAY]
  const failedMs = outages.reduce(
    (sum, { start, end }) => sum + Math.max(0, Math.min(end, toMs) - Math.max(start, toMs - windowMs)),
    0,
  )
  const percent = Math.round((failedMs * 100) / windowMs / SHARE_STEP) * SHARE_STEP
  return { V1: machine(percent), S1: machine(percent) }
}

function updateOn({ traits }: Behaviour, items: readonly number[], day: string): CountedBy {
  const reading = readingOf(traits.home)
  if (reading === 'unreadable') return {}
  const [since, until] = [dayNumber(startOfDay(v2WindowStart(day, DEMO_RULES))), dayNumber(endOf(day))]
  const n = reading === 'undated' ? 0 : items.filter((one) => one >= since && one <= until).length
  const V2 = machine(n)
  return reading === 'entrance' && n > 0 ? { V2 } : { V2, S3: V2 }
}

/** How much of what a site once had in disorder still was, so many days ago: it was mended in steps. */
function debtOf(
  { publisher: { salt } }: Behaviour,
  daysAgo: number,
  seed: number,
  share: number,
  most: number,
) {
  if (chance(salt, seed) >= share) return 0
  const steps = Math.ceil(daysAgo / MENDED_EVERY)
  return Math.round((1 + choose(most, salt, seed + 1)) * Math.min(1, steps / MOST_MENDED))
}

function columnsOn(behaviour: Behaviour, daysAgo: number): CountedBy {
  const { columns } = behaviour.traits
  const stale = columns === 'stale' ? columnsTruth(columns).counts.a / 2 : 0
  const S4a = stale + debtOf(behaviour, daysAgo, 121, 0.35, 3)
  const S4b = stale + debtOf(behaviour, daysAgo, 123, 0.3, 3)
  const S4c = debtOf(behaviour, daysAgo, 125, 0.2, 2)
  const V3 = { V3a: machine(S4a + S4b), V3b: machine(S4a + S4b + S4c) }
  return {
    ...V3,
    ...{
      V3c: machine(columnsTruth(columns).counts.c),
      S4a: machine(S4a),
      S4b: machine(S4b),
      S4c: machine(S4c),
    },
  }
}

type Broken = Readonly<Record<(typeof LINK_RULES)[number], number>>
/** Links that are broken for good, by rule. */
function brokenOf(behaviour: Behaviour): Broken {
  const broken = { S2a: 0, S2b: 0, S9b: 0, S10: 0 }
  for (const { kind, onHome } of brokenLinksOf(behaviour)) broken[linkRule(kind, onHome)] += 1
  return broken
}

function linksOn(behaviour: Behaviour, broken: Broken, daysAgo: number): CountedBy {
  const mended = {
    S2a: debtOf(behaviour, daysAgo, 127, 0.4, 6),
    S2b: debtOf(behaviour, daysAgo, 129, 0.7, 30),
    ...{ S9b: 0, S10: 0 },
  }
  return Object.fromEntries(LINK_RULES.map((rule) => [rule, machine(broken[rule] + mended[rule])]))
}

async function storeSheets(db: Db, rows: readonly Row[]): Promise<void> {
  const given = rows.map(({ sheet, ...row }) => ({ ...row, ...sheet }))
  await sql`
    insert into sheet (site_id, edition, revision, from_day, to_day, outcome, points, score, vetoes, unmeasured, lines)
    select site_id, edition, revision, from_day, to_day, outcome, points, score,
      array(select jsonb_array_elements_text(vetoes)), array(select jsonb_array_elements_text(unmeasured)), lines
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as one(site_id int, edition text, revision int, from_day text,
      to_day text, outcome text, points float8, score float8, vetoes jsonb, unmeasured jsonb, lines jsonb)
    on conflict (site_id, edition, from_day) do nothing
  `.execute(db)
}
