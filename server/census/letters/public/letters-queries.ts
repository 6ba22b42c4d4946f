import { sql } from 'kysely'
import { lastDayOfMonth } from '../../../../shared/base/time.ts'
import type { LetterKind } from '../../../../shared/census/letters/letters-rules.ts'
import type { Db } from '../../../base/db/database.ts'
import { IS_FORGOTTEN } from '../queries.ts'
import '../tables.ts'
import type { Known } from './hide.ts'

/** Only these are anybody's to read (the index `letter_public` has them): none whose person was forgotten, as nothing hides it. */
const IS_PUBLIC = sql`l.published_on is not null and l.merged_into is null and l.first_answered_on is not null
  and not ${IS_FORGOTTEN}`

/** The months in which letters were answered that everybody may read, newest first: one look at the index for each. */
export async function publicMonths(db: Db): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    with recursive step as (
      (select left(l.first_answered_on, 7) as month from letter l where ${IS_PUBLIC}
        order by l.first_answered_on desc limit 1)
      union all
      select (select left(l.first_answered_on, 7) from letter l
        where ${IS_PUBLIC} and l.first_answered_on < step.month order by l.first_answered_on desc limit 1)
      from step where step.month is not null
    )
    select month from step where month is not null`.execute(db)
  return rows.map(({ month }) => month)
}

/** How many letters of a month everybody may read, of a department and kind. */
export interface PublicGroup {
  readonly unit_id: number
  readonly name: string
  readonly kind: LetterKind
  readonly n: number
}

/** @param month YYYY-MM, of the answer */
export async function publicGroups(db: Db, month: string): Promise<PublicGroup[]> {
  const { rows } = await sql<PublicGroup>`
    with counted as (
      select l.unit_id, l.kind, count(*)::int as n from letter l
      where ${IS_PUBLIC} and l.first_answered_on between ${`${month}-01`} and ${lastDayOfMonth(month)}
      group by l.unit_id, l.kind
    )
    select counted.*, unit.name from counted join unit on unit.id = counted.unit_id order by unit.name, unit.id`.execute(
    db,
  )
  return rows
}

/** A letter as its line in a list says it. */
export interface PublicLine extends Known {
  readonly year: number
  readonly serial: number
  readonly kind: LetterKind
  readonly title: string
  readonly unit: string
  readonly received_on: string
  readonly answered_on: string
  readonly due_on: string
}

const LINE = sql`l.year, l.serial, l.kind, l.title, l.received_on, l.first_answered_on as answered_on, l.due_on, unit.name as unit,
  person.name, person.phone, person.mail, person.address`
const FROM = sql`letter l join unit on unit.id = l.unit_id left join letter_person person on person.letter_id = l.id`

export interface PublicChoice {
  readonly month: string
  readonly unit: number | null
  readonly kind: LetterKind | null
}

/** One page of them, the last answered first. */
export async function publicLines(
  db: Db,
  { month, unit, kind }: PublicChoice,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<PublicLine[]> {
  const { rows } = await sql<PublicLine>`
    select ${LINE} from ${FROM}
    where ${IS_PUBLIC} and l.first_answered_on between ${`${month}-01`} and ${lastDayOfMonth(month)}
      ${unit === null ? sql`` : sql`and l.unit_id = ${unit}`} ${kind === null ? sql`` : sql`and l.kind = ${kind}`}
    order by l.first_answered_on desc, l.id desc limit ${limit} offset ${offset}`.execute(db)
  return rows
}

/** A letter as its own page says it. */
export interface PublicLetter extends PublicLine {
  readonly body: string
  readonly reply: string
  readonly workdays: number
  readonly extended: number | null
}

/** A letter that everybody may read, by its number. */
export async function publicLetter(db: Db, year: number, serial: number): Promise<PublicLetter | undefined> {
  const { rows } = await sql<PublicLetter>`
    select ${LINE}, l.body, coalesce(l.reply, '') as reply, l.workdays, l.extended from ${FROM}
    where l.year = ${year} and l.serial = ${serial} and ${IS_PUBLIC}`.execute(db)
  return rows[0]
}
