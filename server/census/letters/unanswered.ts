import { sql } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import type { SiteUnanswered } from '../../../shared/census/letters/letters.ts'
import { hotlineOn, letterNumber } from '../../../shared/census/letters/letters-rules.ts'
import { monthsBefore } from '../../../shared/monitor/columns/columns-rules.ts'
import { judgeMessages, type MessagesVerdict } from '../../../shared/monitor/messages/messages-rules.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { freshReading, messagesOf, messageVerdicts } from '../../monitor/messages/queries.ts'
import { shownAddress, shownText } from '../../monitor/persons/address.ts'
import { isGoingOn } from '../../register/sites/paused.ts'
import { findLocation } from '../../register/sites/queries.ts'
import './tables.ts'

/** Letters that are named. */
const NAMED = 5

/** SQL for a site that counts, neither over nor exempt; one that is paused for a while stands for its department as before. */
const COUNTS = sql`${isGoingOn} and site.lifecycle not in ('closed', 'moved', 'merged', 'exempt')`

/** Letters of a department without an answer for months, which fail its site by a rule. */
export interface Unanswered {
  readonly rule: string
  readonly count: number
  /** Of the oldest ones. */
  readonly numbers: readonly string[]
}

/**
 * Letters that had no answer on a day for longer than the rules allow, by the site that stands for their department: its first by
 * code of those that count, so that a department with several sites is not failed several times for one letter. Departments that were
 * merged into another are one with it. Received on the day of three months before is not yet too long.
 * @param today the local day as of which is counted
 * @returns only sites with such letters
 */
export async function unansweredLetters(
  db: Db,
  siteIds: readonly number[],
  today: string,
): Promise<Map<number, Unanswered>> {
  const { rule, kinds, months, withinMonths } = hotlineOn(today).unanswered
  const parts = await partsOf(db, siteIds)
  const { rows } = await sql<{ site_id: number; n: number; some: { year: number; serial: number }[] }>`
    with part as (
      select * from unnest(${parts.map(({ whole }) => whole)}::int[], ${parts.map(({ id }) => id)}::int[]) as part(whole, unit_id)
    ), own as (
      select distinct on (part.whole) part.whole, site.id from part join site on site.unit_id = part.unit_id
      where ${COUNTS} order by part.whole, site.code
    )
    select own.id as site_id, count(*)::int as n,
      (array_agg(jsonb_build_object('year', l.year, 'serial', l.serial) order by l.received_on, l.id))[1:${sql.lit(NAMED)}] as some
    from own join part on part.whole = own.whole join letter l on l.unit_id = part.unit_id
    where own.id = any(${siteIds}::int[]) and l.kind = any(${kinds}::text[]) and l.merged_into is null
      and l.received_on < ${monthsBefore(today, months)} and l.received_on >= ${monthsBefore(today, withinMonths)}
      and (l.first_answered_on is null or l.first_answered_on > ${today})
    group by own.id`.execute(db)
  return new Map(
    rows.map(({ site_id, n, some }) => [
      site_id,
      { rule, count: n, numbers: some.map(({ year, serial }) => letterNumber(year, serial)) },
    ]),
  )
}

/** The departments of sites, each with the units that were merged into it, also by way of others: there are few in all. */
async function partsOf(
  db: Db,
  siteIds: readonly number[],
): Promise<{ readonly whole: number; readonly id: number }[]> {
  const units = await db
    .selectFrom('site')
    .select('unit_id')
    .distinct()
    .where('id', 'in', [...siteIds])
    .execute()
  const merged = await db
    .selectFrom('unit')
    .select(['id', 'merged_into'])
    .where('merged_into', 'is not', null)
    .execute()
  const intoOf = new Map(merged.map(({ id, merged_into }) => [id, merged_into]))
  const wholeOf = (id: number): number => {
    const into = intoOf.get(id)
    return into ? wholeOf(into) : id
  }
  const wholes = new Set(units.map(({ unit_id }) => wholeOf(unit_id)))
  return [...wholes, ...intoOf.keys()]
    .map((id) => ({ whole: wholeOf(id), id }))
    .filter(({ whole }) => wholes.has(whole))
}

/**
 * What a site's page says of letters without an answer: the hotline's, and those in its own message columns, told apart.
 * @throws Refusal not_found
 */
export async function siteUnanswered(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  user: Principal,
  siteId: number,
): Promise<SiteUnanswered> {
  if (!(await findLocation(db, user.scope, siteId))) throw new Refusal('not_found', 'common.noSuchSite')
  const atMs = clock.now()
  const day = { atMs, today: localDay(atMs) }
  const hotline = (await unansweredLetters(db, [siteId], day.today)).get(siteId)
  const rows = await messagesOf(db, [siteId])
  const verdicts = await messageVerdicts(db, [siteId], day)
  return {
    rule: hotlineOn(day.today).unanswered.rule,
    hotline: {
      count: hotline?.count ?? 0,
      numbers: may(user, 'letter.read') ? [...(hotline?.numbers ?? [])] : [],
    },
    site: sent(verdicts.get(siteId) ?? judgeMessages([], day.today), day.today),
    columns: rows.map((row) => {
      const reading = freshReading(row, day)
      return {
        ...{ name: shownText(row.name, day.today), url: shownAddress(row.url, day.today) },
        seenAt: row.seen_at.toISOString(),
        readAt: row.read_at?.toISOString() ?? null,
        verdict: sent(judgeMessages([{ reading }], day.today), day.today),
        ...{ dated: reading?.dated ?? null, answered: reading?.answered ?? null },
        waiting: reading?.waiting.length ?? null,
      }
    }),
  }
}

/** Addresses of letters may name who has written. */
const sent = (verdict: MessagesVerdict, today: string): SiteUnanswered['site'] => ({
  ...verdict,
  some: verdict.some.map((one) => ({ ...one, url: one.url && shownAddress(one.url, today) })),
})
