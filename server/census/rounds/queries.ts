import { type RawBuilder, sql } from 'kysely'
import type { Person } from '../../../shared/base/person.ts'
import type { Guard } from '../../../shared/census/rounds/guards/guards.ts'
import { guardStandingOn, phaseOn } from '../../../shared/census/rounds/guards/guards-rules.ts'
import type { Round, RoundCount } from '../../../shared/census/rounds/rounds.ts'
import {
  isEnded,
  type RoundKind,
  type RoundState,
  roundNumber,
  standingOn,
  takesSubmissions,
} from '../../../shared/census/rounds/rounds-rules.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { countRounds } from './count.ts'
import { countSubmissions } from './submissions/queries.ts'
import './guards/tables.ts'
import type { Today } from './today.ts'

type Who = Pick<Principal, 'id' | 'role' | 'scope'>

interface RoundFilter {
  readonly kind?: RoundKind | undefined
  readonly state?: RoundState | undefined
  /** Only those that are opened and have not ended. */
  readonly isUnderWay?: boolean
}

/** Rounds, newest first: at most `limit`, with ids before `before`. What is counted lies in the scope. */
export async function listRounds(
  db: Db,
  who: Who,
  filter: RoundFilter,
  page: { readonly limit: number; readonly before?: number | undefined },
  now: Today,
): Promise<{ items: Round[]; total: number }> {
  let query = roundRows(db).where(matches(filter))
  if (page.before !== undefined) query = query.where('r.id', '<', page.before)
  const rows = await query.orderBy('r.id', 'desc').limit(page.limit).execute()
  const { total } = await db
    .selectFrom('census_round as r')
    .where(matches(filter))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: await toRounds(db, rows, who, now), total }
}

/** One round. */
export async function findRound(db: Db, who: Who, id: number, now: Today): Promise<Round | undefined> {
  const rows = await roundRows(db).where('r.id', '=', id).execute()
  const [round] = await toRounds(db, rows, who, now)
  return round
}

function matches({ kind, state, isUnderWay = false }: RoundFilter): RawBuilder<boolean> {
  return sql<boolean>`(${kind === undefined ? sql`true` : sql`r.kind = ${kind}`}
    and ${state === undefined ? sql`true` : sql`r.state = ${state}`}
    and ${isUnderWay ? sql`r.state not in ('planned', 'closed', 'void')` : sql`true`})`
}

const nameOf = (column: 'planned_by' | 'opened_by' | 'drawn_by' | 'paused_by' | 'ended_by') =>
  sql<string | null>`(select name from user_account where id = ${sql.ref(`r.${column}`)})`

function roundRows(db: Db) {
  return db
    .selectFrom('census_round as r')
    .leftJoin('census_guard as g', 'g.round_id', 'r.id')
    .selectAll('r')
    .select(['g.name as guard_name', 'g.from_on', 'g.to_on', 'g.districts', 'g.site_ids'])
    .select(['g.every_s', 'g.hours', 'g.grace_min'])
    .select([
      nameOf('planned_by').as('planner'),
      nameOf('opened_by').as('opener'),
      nameOf('drawn_by').as('drawer'),
      nameOf('paused_by').as('pauser'),
      nameOf('ended_by').as('ender'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof roundRows>['executeTakeFirstOrThrow']>>

async function toRounds(db: Db, rows: readonly Row[], who: Who, now: Today): Promise<Round[]> {
  const isBySubmission = ({ kind }: Row) => takesSubmissions(kind)
  const handedIn = rows.filter(isBySubmission).map(({ id }) => id)
  const checked = rows.filter((row) => !isBySubmission(row))
  const counts = new Map([
    ...(await countRounds(db, who.scope, checked, now.today)),
    ...(await countSubmissions(db, who.scope, handedIn, now.today)),
  ])
  return rows.map((row) => toRound(row, counts.get(row.id) ?? NOTHING, who, now))
}

const NOTHING: RoundCount = { total: 0, done: 0, late: 0, overdue: 0 }

function toRound(row: Row, count: RoundCount, who: Who, { today, calendar }: Today): Round {
  const dates = { opensOn: row.opens_on, dueOn: row.due_on, state: row.state }
  const guard = guardOf(row, today)
  const standing = guard
    ? guardStandingOn({ ...guard, ...dates }, today, calendar)
    : standingOn(dates, today, calendar)
  const ended = stepOf(row.ended_by, row.ender, row.ended_at)
  return {
    ...{ id: row.id, version: row.version, number: roundNumber(row.kind, row.year, row.serial) },
    ...{ kind: row.kind, ...dates, standing, guard },
    ...{ edition: row.edition, revision: row.revision, repeats: row.repeats },
    ...{ sample: row.sample, frameHash: row.frame_hash, seed: seedShown(row), seedFirst: row.seed_first },
    ...{ sites: row.sites, count },
    planned: { by: personOf(row.planned_by, row.planner), at: row.planned_at.toISOString() },
    opened: stepOf(row.opened_by, row.opener, row.opened_at),
    drawn: stepOf(row.drawn_by, row.drawer, row.drawn_at),
    paused: stepOf(row.paused_by, row.pauser, row.paused_at),
    ended: ended && { ...ended, note: row.ended_note },
    may: stepsFor(row, count, who, guard),
  }
}

function guardOf(row: Row, today: string): Guard | null {
  const { guard_name: name, from_on: from, to_on: to } = row
  if (name === null || from === null || to === null) return null
  return {
    ...{ name, from, to, districts: row.districts ?? [], siteIds: row.site_ids ?? [] },
    ...{ everyS: row.every_s, hours: row.hours ?? [], graceMin: row.grace_min ?? 0 },
    phase: phaseOn({ from, to, opensOn: row.opens_on, dueOn: row.due_on, state: row.state }, today),
  }
}

/** A seed that was given beforehand is nobody's business until the list is fixed. */
const seedShown = ({ seed, state }: Row): string | null => (state === 'planned' ? null : seed)

const personOf = (id: number | null, name: string | null): Person | null =>
  id === null ? null : { id, name: name ?? '' }

const stepOf = (id: number | null, name: string | null, at: Date | null) =>
  at && { by: personOf(id, name), at: at.toISOString() }

function stepsFor(row: Row, count: RoundCount, who: Who, guard: Guard | null): Round['may'] {
  if (!may(who, 'round.manage', { district: null, unitId: null }) || isEnded(row.state)) return []
  if (row.state === 'planned') return ['open', 'void']
  const isDrawn = row.drawn_at !== null
  if (row.kind === 'spot' && !isDrawn) return ['draw', 'void']
  // A guarded period is closed with its report: when it is over.
  const isOver = guard === null || guard.phase === 'over'
  const isDone = isOver && (row.kind !== 'spot' || count.done === count.total)
  const isShared = row.kind === 'spot'
  const isMeasured = row.kind === 'deep' && row.state !== 'reviewing'
  const rest = row.paused_at === null ? (['pause'] as const) : (['resume'] as const)
  return [
    ...(isMeasured ? rest : []),
    ...(isShared ? (['assign'] as const) : []),
    ...(isDone ? (['close'] as const) : []),
    'void',
  ]
}
