import { type RawBuilder, sql } from 'kysely'
import { localDay } from '../../../../shared/base/time.ts'
import { zoneInForce } from '../../../../shared/base/zone.ts'
import type { RoundCount, Tally } from '../../../../shared/census/rounds/rounds.ts'
import { isEnded, roundNumber } from '../../../../shared/census/rounds/rounds-rules.ts'
import type { Submission } from '../../../../shared/census/rounds/submissions/submissions.ts'
import {
  isHandedIn,
  type SubmissionState,
  submissionStanding,
} from '../../../../shared/census/rounds/submissions/submissions-rules.ts'
import { covers, may, type Principal, type Scope } from '../../../../shared/people/rights/rights.ts'
import type { Db } from '../../../base/db/database.ts'
import { within } from '../../../people/rights/scope.ts'
import type { Today } from '../today.ts'

type Who = Pick<Principal, 'id' | 'role' | 'scope'>

interface SubmissionFilter {
  readonly round?: number | undefined
  readonly state?: SubmissionState | undefined
  readonly district?: string | undefined
  /** Only what whoever asks is still to hand in. */
  readonly isOpen?: boolean
}

/** Submissions of a scope, newest first: at most `limit`, with ids before `before`. */
export async function listSubmissions(
  db: Db,
  who: Who,
  filter: SubmissionFilter,
  page: { readonly limit: number; readonly before?: number | undefined },
  now: Today,
): Promise<{ items: Submission[]; total: number }> {
  const matching = matches(who, filter)
  let query = submissionRows(db).where(matching)
  if (page.before !== undefined) query = query.where('s.id', '<', page.before)
  const rows = await query.orderBy('s.id', 'desc').limit(page.limit).execute()
  const { total } = await db
    .selectFrom('census_submission as s')
    .innerJoin('census_round as r', 'r.id', 's.round_id')
    .where(matching)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map((row) => toSubmission(row, who, now)), total }
}

/** One submission, if it is within the scope. */
export async function findSubmission(db: Db, who: Who, id: number): Promise<SubmissionRow | undefined> {
  return submissionRows(db).where('s.id', '=', id).where(within(who.scope, 's')).executeTakeFirst()
}

function matches(who: Who, { round, state, district, isOpen }: SubmissionFilter): RawBuilder<boolean> {
  const isOwn = who.scope.kind === 'unit' ? sql`s.unit_id is not null` : sql`s.unit_id is null`
  const open = sql`(r.state not in ('closed', 'void') and s.state in ('due', 'draft', 'returned')
    and ${who.scope.kind === 'city' ? sql`false` : isOwn})`
  return sql<boolean>`(${within(who.scope, 's')}
    and ${round === undefined ? sql`true` : sql`s.round_id = ${round}`}
    and ${state === undefined ? sql`true` : sql`s.state = ${state}`}
    and ${district === undefined ? sql`true` : sql`s.district = ${district}`}
    and ${isOpen ? open : sql`true`})`
}

const nameOf = (column: 'handed_in_by' | 'decided_by') =>
  sql<string | null>`(select name from user_account where id = ${sql.ref(`s.${column}`)})`

function submissionRows(db: Db) {
  return db
    .selectFrom('census_submission as s')
    .innerJoin('census_round as r', 'r.id', 's.round_id')
    .selectAll('s')
    .select(['r.kind', 'r.year', 'r.serial', 'r.opens_on', 'r.due_on', 'r.repeats', 'r.state as round_state'])
    .select(['r.edition', 'r.revision'])
    .select(sql<string | null>`(select name from district where code = s.district)`.as('district_name'))
    .select(
      sql<{ id: number; name: string } | null>`(select jsonb_build_object('id', m.id, 'name', m.name)
        from unit u join unit m on m.id = u.merged_into where u.id = s.unit_id)`.as('successor'),
    )
    .select([nameOf('handed_in_by').as('signer'), nameOf('decided_by').as('decider')])
}

export type SubmissionRow = Awaited<ReturnType<ReturnType<typeof submissionRows>['executeTakeFirstOrThrow']>>

export function toSubmission(row: SubmissionRow, who: Who, { today, calendar }: Today): Submission {
  const firstOn = row.first_at && localDay(row.first_at.getTime())
  return {
    ...{ id: row.id, version: row.version, roundId: row.round_id, kind: row.kind, state: row.state },
    round: roundNumber(row.kind, row.year, row.serial),
    ...{ opensOn: row.opens_on, dueOn: row.due_on, district: row.district },
    unit:
      row.unit_id === null ? null : { id: row.unit_id, name: row.unit_name ?? '', mergedInto: row.successor },
    standing: submissionStanding({ state: row.state, firstOn, dueOn: row.due_on }, today, calendar),
    handedIn: row.handed_in_at && {
      by: { id: row.handed_in_by ?? 0, name: row.signer ?? row.signature ?? '' },
      ...{ at: row.handed_in_at.toISOString(), signature: row.signature ?? '' },
    },
    decided: row.decided_at && {
      by: { id: row.decided_by ?? 0, name: row.decider ?? '' },
      ...{ at: row.decided_at.toISOString(), note: row.decided_note ?? '' },
    },
    may: stepsFor(row, who),
  }
}

/** Whether it is for somebody to hand in: a unit its own, a district its own. */
export function isTheirs(
  who: Who,
  { district, unit_id }: Pick<SubmissionRow, 'district' | 'unit_id'>,
): boolean {
  const isOfUnit = unit_id !== null
  const isOwn = who.scope.kind === (isOfUnit ? 'unit' : 'district')
  return may(who, 'round.handIn') && isOwn && covers(who.scope, { district, unitId: unit_id })
}

/** A district looks through what its units hand in; its own report is for whoever has the whole city. */
function looksThrough(who: Who, { district, unit_id }: SubmissionRow): boolean {
  const where = { district: unit_id === null ? null : district, unitId: unit_id }
  return may(who, 'round.accept', where)
}

function stepsFor(row: SubmissionRow, who: Who): Submission['may'] {
  if (isEnded(row.round_state)) return []
  if (!isHandedIn(row.state)) return isTheirs(who, row) ? ['draft', 'handIn'] : []
  if (row.state === 'accepted' || !looksThrough(who, row)) return []
  return ['return', 'accept']
}

/** The local day of an instant, in the database. */
export const dayOf = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone ${zoneInForce()}::text, 'YYYY-MM-DD')`

const counts = (today: string) => [
  sql<number>`count(*)::int`.as('total'),
  sql<number>`(count(*) filter (where ${isIn}))::int`.as('done'),
  sql<number>`(count(*) filter (where ${isIn} and ${dayOf('s.first_at')} > r.due_on))::int`.as('late'),
  sql<number>`(count(*) filter (where not ${isIn} and ${today} > r.due_on))::int`.as('overdue'),
]
const isIn = sql<boolean>`(s.state in ('handed_in', 'accepted'))`

/** How much of each round was handed in, within a scope. */
export async function countSubmissions(
  db: Db,
  scope: Scope,
  roundIds: readonly number[],
  today: string,
): Promise<Map<number, RoundCount>> {
  if (roundIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('census_submission as s')
    .innerJoin('census_round as r', 'r.id', 's.round_id')
    .where('s.round_id', 'in', [...roundIds])
    .where(within(scope, 's'))
    .groupBy('s.round_id')
    .select('s.round_id')
    .select(counts(today))
    .execute()
  return new Map(rows.map(({ round_id, ...count }) => [round_id, count]))
}

/** The same of one round, by district. */
export async function tallySubmissions(
  db: Db,
  scope: Scope,
  roundId: number,
  today: string,
): Promise<(Tally & { district: string })[]> {
  const rows = await db
    .selectFrom('census_submission as s')
    .innerJoin('census_round as r', 'r.id', 's.round_id')
    .where('s.round_id', '=', roundId)
    .where(within(scope, 's'))
    .groupBy('s.district')
    .orderBy('s.district')
    .select('s.district')
    .select(counts(today))
    .execute()
  return rows.map((row) => ({ ...row, passed: 0, failed: 0, vetoed: 0, open: 0 }))
}
