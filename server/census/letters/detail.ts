import { sql } from 'kysely'
import { addDays } from '../../../shared/base/time.ts'
import { numberOf } from '../../../shared/census/findings/findings-rules.ts'
import type { LetterDetail, LetterStepTaken } from '../../../shared/census/letters/letters.ts'
import { hotlineOn, type LetterState, letterNumber } from '../../../shared/census/letters/letters-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { type LetterRow, letterVisible, type Today, toLetter } from './queries.ts'
import { letterStepsFor, publicSince, seesPerson } from './rules.ts'

type Who = Pick<Principal, 'id' | 'role' | 'scope'>

/** Likely duplicates that are named. */
const MOST_SIMILAR = 10

/** A letter with all that whoever asks may know of it. */
export async function letterDetailOf(db: Db, who: Who, row: LetterRow, now: Today): Promise<LetterDetail> {
  const sees = seesPerson(row, who)
  const steps = await stepsOf(db, row.id)
  const person = sees && row.has_person ? await personOf(db, row.id) : null
  return {
    ...toLetter(row, now),
    ...{ body: row.body, reference: row.reference, via: row.via, rules: row.rules },
    termWorkdays: row.workdays + (row.extended ?? 0),
    ...{ reply: row.reply, answeredOn: row.answered_on, publishedOn: publicSince(row), person },
    personState: row.has_person ? (sees ? 'shown' : 'hidden') : row.is_forgotten ? 'deleted' : 'none',
    site: await siteOf(db, row),
    steps,
    similar: await similarTo(db, who, row, sees),
    may: letterStepsFor(row, who),
  }
}

function personOf(db: Db, letterId: number) {
  return db
    .selectFrom('letter_person')
    .select(['name', 'phone', 'mail', 'address'])
    .where('letter_id', '=', letterId)
    .executeTakeFirstOrThrow()
}

async function stepsOf(db: Db, letterId: number): Promise<LetterStepTaken[]> {
  const rows = await db
    .selectFrom('letter_step')
    .selectAll()
    .where('letter_id', '=', letterId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    ...{ step: row.step, at: row.at.toISOString(), on: row.on_day, number: row.number, text: row.text },
    by: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? '' },
    unit: row.unit_id === null ? null : { id: row.unit_id, name: row.unit_name ?? '' },
  }))
}

/** The site that a letter is about, and what the monitor or a person has said of the same since. */
async function siteOf(db: Db, row: LetterRow): Promise<LetterDetail['site']> {
  if (row.site_id === null || row.fault === null) return null
  const site = await db
    .selectFrom('site')
    .select(['id', 'name'])
    .where('id', '=', row.site_id)
    .executeTakeFirstOrThrow()
  const { alerts } = hotlineOn(row.received_on).about[row.fault]
  const alert = await db
    .selectFrom('alert')
    .select(['id', 'rule', 'opened_at', 'resolved_at'])
    .where('site_id', '=', row.site_id)
    .where(sql<boolean>`rule = any(${[...alerts]}::text[])`)
    .where((eb) =>
      eb.or([
        eb('resolved_at', 'is', null),
        eb('resolved_at', '>', new Date(`${row.received_on}T00:00:00Z`)),
      ]),
    )
    .orderBy(sql`resolved_at is null`, 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  const finding =
    row.finding_id === null
      ? undefined
      : await db.selectFrom('census_finding').selectAll().where('id', '=', row.finding_id).executeTakeFirst()
  return {
    ...site,
    fault: row.fault,
    alert: alert
      ? {
          ...{ id: alert.id, rule: alert.rule, openedAt: alert.opened_at.toISOString() },
          resolvedAt: alert.resolved_at?.toISOString() ?? null,
        }
      : null,
    finding: finding
      ? {
          ...{ id: finding.id, number: numberOf(finding.kind, finding.serial) },
          mendedAt: finding.state === 'mended' ? (finding.ended_at?.toISOString() ?? null) : null,
        }
      : null,
  }
}

interface SimilarRow {
  readonly id: number
  readonly year: number
  readonly serial: number
  readonly title: string
  readonly state: LetterState
  readonly received_on: string
  readonly by: ('text' | 'person' | 'site')[]
}

/** Other letters of the scope with the same words, of the same person or about the same site, of about the same time. */
async function similarTo(
  db: Db,
  who: Who,
  row: LetterRow,
  seesWho: boolean,
): Promise<LetterDetail['similar']> {
  const days = hotlineOn(row.received_on).sameWithinDays
  const { rows } = await sql<SimilarRow>`
    with found as (
      select id, 'text' as by from letter where mark = ${row.mark}
      union all
      select other.letter_id, 'person' from letter_person own
        join letter_person other on other.mark = own.mark and own.mark <> ''
        where own.letter_id = ${row.id} and ${seesWho}
      union all
      select id, 'site' from letter where site_id = ${row.site_id}
    )
    select l.id, l.year, l.serial, l.title, l.state, l.received_on, array_agg(distinct found.by) as by
    from found join letter l on l.id = found.id
    where l.id <> ${row.id} and ${letterVisible(who.scope)}
      and l.received_on between ${addDays(row.received_on, -days)} and ${addDays(row.received_on, days)}
    group by l.id order by count(distinct found.by) desc, l.id desc limit ${sql.lit(MOST_SIMILAR)}
  `.execute(db)
  return rows.map(({ year, serial, received_on, ...one }) => ({
    ...one,
    ...{ number: letterNumber(year, serial), receivedOn: received_on },
  }))
}
