import { type RawBuilder, sql } from 'kysely'
import { DAY, dayOfNumber } from '../../../shared/base/time.ts'
import type { Letter } from '../../../shared/census/letters/letters.ts'
import {
  hotlineOn,
  type LetterKind,
  type LetterState,
  letterNumber,
  letterStanding,
  OPEN_STATES,
} from '../../../shared/census/letters/letters-rules.ts'
import { districtsOf, type Principal, type Scope, unitIdsOf } from '../../../shared/people/rights/rights.ts'
import { addWorkdays, type Calendar, workdaysBetween } from '../../../shared/register/workdays/workdays.ts'
import type { Db } from '../../base/db/database.ts'
import { publicSince } from './rules.ts'
import { letterNamed } from './search/named.ts'

type Who = Pick<Principal, 'id' | 'role' | 'scope'>

/** The local day, and how days are worked. */
export interface Today {
  readonly today: string
  readonly calendar: Calendar
}

export interface LetterFilter {
  readonly state: LetterState | 'open' | 'all'
  readonly unit?: number | undefined
  readonly kind?: LetterKind | undefined
  readonly district?: string | undefined
  readonly site?: number | undefined
  readonly late?: 'true' | 'false' | undefined
  readonly urgent?: 'true' | 'false' | undefined
  readonly q?: string | undefined
  readonly month?: string | undefined
}

/** Letters are not counted further than this. */
const MOST_COUNTED = 100_000
/** Above every id. */
const STRIDE = 1e10
/** What a cursor of letters can be at most. */
export const MOST_LETTER_CURSOR = 999_999_999_999_999

/**
 * SQL for a `letter l` whose person was forgotten. It is looked up letter by letter (`offset 0`): the steps of all letters are
 * too many to be read for the few.
 */
export const IS_FORGOTTEN = sql<boolean>`exists (select from letter_step s
  where s.letter_id = l.id and s.step = 'forget' offset 0)`

/** A letter is its department's, and of those that handle it, too; one that nobody has is the city's. */
export function letterVisible(scope: Scope): RawBuilder<boolean> {
  if (scope.kind === 'city') return sql<boolean>`true`
  if (scope.kind === 'unit') {
    const ids = sql`${[...unitIdsOf(scope)]}::int[]`
    return sql<boolean>`(l.unit_id = any(${ids}) or (l.joint_unit_ids <> '{}' and l.joint_unit_ids && ${ids}))`
  }
  const codes = sql`${[...districtsOf(scope)]}::text[]`
  return sql<boolean>`(l.district = any(${codes}) or (l.joint_districts <> '{}' and l.joint_districts && ${codes}))`
}

/**
 * Letters of a scope: those that are open by the last day of what is to be done, others newest first.
 * @param page.after the cursor of the page before
 */
export async function listLetters(
  db: Db,
  who: Who,
  filter: LetterFilter,
  page: { readonly limit: number; readonly after?: number | undefined },
  now: Today,
): Promise<{ items: Letter[]; nextCursor: string | null; total: number }> {
  const named = filter.q === undefined ? null : await letterNamed(db, filter.q)
  const matching = matches(who, filter, now, named)
  const isByDay = isOpenOnly(filter)
  let query = letterRows(db).where(matching)
  if (page.after !== undefined) {
    const [day, id] = [dayOfNumber(Math.floor(page.after / STRIDE)), page.after % STRIDE]
    query = isByDay
      ? query.where(sql<boolean>`(l.act_on, l.id) > (${day}, ${id})`)
      : query.where('l.id', '<', id)
  }
  const rows = await (isByDay ? query.orderBy('l.act_on').orderBy('l.id') : query.orderBy('l.id', 'desc'))
    .limit(page.limit)
    .execute()
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::int as total from (select from letter l where ${matching} limit ${sql.lit(MOST_COUNTED)}) as found
  `.execute(db)
  const last = rows.at(-1)
  const days = isByDay && last?.act_on ? Date.parse(`${last.act_on}T00:00:00Z`) / DAY : 0
  return {
    items: rows.map((row) => toLetter(row, now)),
    nextCursor: last && rows.length === page.limit ? String(days * STRIDE + last.id) : null,
    total: counted[0]?.total ?? 0,
  }
}

const isOpenOnly = ({ state, urgent }: LetterFilter): boolean =>
  urgent === 'true' || state === 'open' || (state !== 'all' && OPEN_STATES.includes(state))

function matches(
  who: Who,
  filter: LetterFilter,
  { today, calendar }: Today,
  named: RawBuilder<boolean> | null,
): RawBuilder<boolean> {
  const { state, unit, kind, district, site, late, urgent, month } = filter
  const isOpen = sql`l.act_on is not null`
  const soon = addWorkdays(calendar, today, hotlineOn(today).atRiskWorkdays)
  const isLate = sql`(l.merged_into is null and case when l.act_on is not null then l.act_on < ${today}
    else coalesce(l.first_answered_on, '9') > l.due_on end)`
  const conditions = [
    letterVisible(who.scope),
    isOpenOnly(filter) && isOpen,
    state !== 'all' && state !== 'open' && sql`l.state = ${state}`,
    unit !== undefined && sql`l.unit_id = ${unit}`,
    kind !== undefined && sql`l.kind = ${kind}`,
    district !== undefined && sql`l.district = ${district}`,
    site !== undefined && sql`l.site_id = ${site}`,
    late === 'true' && isLate,
    late === 'false' && sql`not ${isLate}`,
    urgent === 'true' && sql`l.act_on <= ${soon}`,
    urgent === 'false' && sql`coalesce(l.act_on, '9') > ${soon}`,
    month !== undefined && sql`l.due_on between ${`${month}-01`} and ${`${month}-31`}`,
    named ?? false,
  ]
  return sql<boolean>`(${sql.join(
    conditions.filter((one) => one !== false),
    sql` and `,
  )})`
}

/** One letter, if it is within the scope. */
export async function findLetter(db: Db, who: Who, id: number): Promise<LetterRow | undefined> {
  return letterRows(db).where('l.id', '=', id).where(letterVisible(who.scope)).executeTakeFirst()
}

function letterRows(db: Db) {
  return db
    .selectFrom('letter as l')
    .selectAll('l')
    .select(sql<string | null>`(select name from unit where id = l.unit_id)`.as('unit_name'))
    .select(
      sql<
        { id: number; name: string }[]
      >`coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name)
        order by u.id) from unit u where u.id = any(l.joint_unit_ids)), '[]')`.as('joint'),
    )
    .select(sql<boolean>`exists (select from letter_person p where p.letter_id = l.id)`.as('has_person'))
    .select(IS_FORGOTTEN.as('is_forgotten'))
}

export type LetterRow = Awaited<ReturnType<ReturnType<typeof letterRows>['executeTakeFirstOrThrow']>>

/** A letter as lists have it. */
export function toLetter(row: LetterRow, { today, calendar }: Today): Letter {
  const days = {
    ...{ actOn: row.act_on, dueOn: row.due_on, firstAnsweredOn: row.first_answered_on },
    mergedInto: row.merged_into,
  }
  return {
    ...{ id: row.id, version: row.version, number: letterNumber(row.year, row.serial), kind: row.kind },
    ...{ title: row.title, state: row.state, standing: letterStanding(days, today, calendar) },
    ...{ receivedOn: row.received_on, provisional: row.due_provisional, ...days },
    workdaysLeft: row.act_on === null ? null : workdaysBetween(calendar, today, row.act_on),
    unit: row.unit_id === null ? null : { id: row.unit_id, name: row.unit_name ?? '' },
    ...{ district: row.district, joint: row.joint, rating: row.rating, published: publicSince(row) !== null },
    ...{ extended: row.extended, asked: row.asked },
  }
}
