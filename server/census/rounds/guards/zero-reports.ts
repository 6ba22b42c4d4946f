import { sql } from 'kysely'
import { MINUTE } from '../../../../shared/base/time.ts'
import type { ZeroReport } from '../../../../shared/census/rounds/guards/guards.ts'
import { ZERO_EARLY_MS, zeroStanding } from '../../../../shared/census/rounds/guards/guards-rules.ts'
import { isEnded, roundNumber } from '../../../../shared/census/rounds/rounds-rules.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { appendFacts } from '../../../base/facts/append.ts'
import { Refusal } from '../../../base/refusal.ts'
import { recordAudit } from '../../../people/audit/record.ts'
import { within } from '../../../people/rights/scope.ts'
import { isTheirs } from '../submissions/queries.ts'
import './tables.ts'

type Who = Pick<Principal, 'id' | 'role' | 'scope'>

interface ZeroFilter {
  readonly round?: number | undefined
  /** Only those that whoever asks can sign now. */
  readonly isOpen?: boolean
}

/** Zero reports of a scope that can be signed or are past, the latest due first. */
export async function listZeroReports(
  db: Db,
  who: Who,
  { round, isOpen = false }: ZeroFilter,
  page: { readonly limit: number; readonly before?: number | undefined },
  nowMs: number,
): Promise<{ items: ZeroReport[]; total: number }> {
  const isOwn = who.scope.kind === 'unit' ? sql`z.unit_id is not null` : sql`z.unit_id is null`
  const mine = who.scope.kind === 'city' ? sql`false` : isOwn
  const matching = sql<boolean>`(${within(who.scope, 'z')} and z.due_at <= ${new Date(nowMs + ZERO_EARLY_MS)}
    and ${round === undefined ? sql`true` : sql`z.round_id = ${round}`}
    and ${isOpen ? sql`(z.signed_at is null and r.state not in ('closed', 'void') and ${mine})` : sql`r.state <> 'void'`})`
  let query = zeroRows(db).where(matching)
  if (page.before !== undefined) query = query.where('z.id', '<', page.before)
  const rows = await query.orderBy('z.id', 'desc').limit(page.limit).execute()
  const { total } = await db
    .selectFrom('census_zero_report as z')
    .innerJoin('census_round as r', 'r.id', 'z.round_id')
    .where(matching)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map((row) => toZeroReport(row, who, nowMs)), total }
}

/** Rows of zero reports with what they are of; `z` the report, `r` its round. */
export function zeroRows(db: Db) {
  return db
    .selectFrom('census_zero_report as z')
    .innerJoin('census_round as r', 'r.id', 'z.round_id')
    .innerJoin('census_guard as g', 'g.round_id', 'z.round_id')
    .selectAll('z')
    .select(['r.kind', 'r.year', 'r.serial', 'r.state as round_state', 'g.name', 'g.grace_min'])
    .select(sql<string | null>`(select name from user_account where id = z.signed_by)`.as('signer'))
    .select(sql<string | null>`(select name from district where code = z.district)`.as('district_name'))
}

type ZeroRow = Awaited<ReturnType<ReturnType<typeof zeroRows>['executeTakeFirstOrThrow']>>

export function toZeroReport(row: ZeroRow, who: Who, nowMs: number): ZeroReport {
  const dueMs = row.due_at.getTime()
  const graceMin = row.grace_min
  const standing = zeroStanding({ dueMs, graceMin, signedMs: row.signed_at?.getTime() ?? null }, nowMs)
  const isWaiting = row.signed_at === null && standing !== 'ahead' && !isEnded(row.round_state)
  return {
    ...{ id: row.id, version: row.version, roundId: row.round_id, name: row.name, district: row.district },
    round: roundNumber(row.kind, row.year, row.serial),
    unit: row.unit_id === null ? null : { id: row.unit_id, name: row.unit_name ?? '' },
    dueAt: row.due_at.toISOString(),
    lastAt: new Date(dueMs + graceMin * MINUTE).toISOString(),
    ...{ standing, happened: row.happened },
    signed: row.signed_at && {
      by: { id: row.signed_by ?? 0, name: row.signer ?? row.signature ?? '' },
      ...{ at: row.signed_at.toISOString(), signature: row.signature ?? '' },
    },
    may: isWaiting && isTheirs(who, row) ? ['sign'] : [],
  }
}

/**
 * Signs a zero report, and with it what is due there at the same hour for other guarded periods: nobody says the same
 * twice.
 * @param happened '' that nothing did
 * @throws Refusal not_found; forbidden for whoever it is not of; conflict where it is signed already, it is too early,
 * or the round has ended
 */
export async function signZeroReport(
  ctx: Context,
  user: Principal,
  id: number,
  { happened }: { readonly happened: string },
): Promise<ZeroReport> {
  const nowMs = ctx.clock.now()
  const after = await ctx.db.transaction().execute(async (tx) => {
    await lockBeside(tx, id)
    const row = await requireRow(tx, user, id)
    if (!isTheirs(user, row)) throw new Refusal('forbidden', 'rounds.notTheirs')
    const before = toZeroReport(row, user, nowMs)
    if (!before.may.includes('sign')) throw refusalOf(before)
    const signed = await tx
      .updateTable('census_zero_report as z')
      .set({
        ...{ happened, signed_by: user.id, signed_at: new Date(nowMs), signature: user.name },
        version: sql`version + 1`,
      })
      .where('z.district', '=', row.district)
      .where(sql<boolean>`z.unit_id is not distinct from ${row.unit_id}::int`)
      .where('z.due_at', '=', row.due_at)
      .where('z.signed_at', 'is', null)
      .where(
        sql<boolean>`exists (select from census_round r where r.id = z.round_id and r.state not in ('closed', 'void'))`,
      )
      .returning('z.id')
      .execute()
    for (const one of signed) await tell(tx, user, await requireRow(tx, user, one.id), nowMs)
    return toZeroReport(await requireRow(tx, user, id), user, nowMs)
  })
  ctx.wake()
  return after
}

/** Nobody closes the round meanwhile; of two who sign at once the second waits. */
async function lockBeside(tx: Tx, id: number): Promise<void> {
  await sql`
    select from census_round where id = (select round_id from census_zero_report where id = ${id}) for share
  `.execute(tx)
  await sql`
    select from census_zero_report z where (district, due_at) = (
      select district, due_at from census_zero_report where id = ${id}) order by id for update
  `.execute(tx)
}

function refusalOf(report: ZeroReport): Refusal {
  const { signed, standing, round: number } = report
  if (signed) {
    return new Refusal('conflict', 'rounds.zeroSigned', {
      values: { name: signed.signature },
      current: report,
    })
  }
  if (standing === 'ahead') return new Refusal('conflict', 'rounds.zeroAhead', { current: report })
  return new Refusal('conflict', 'rounds.roundOver', { values: { number }, current: report })
}

/** @throws Refusal not_found */
async function requireRow(db: Db, { scope }: Who, id: number): Promise<ZeroRow> {
  const row = await zeroRows(db).where('z.id', '=', id).where(within(scope, 'z')).executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'rounds.noSuchZeroReport')
  return row
}

async function tell(tx: Tx, user: Principal, row: ZeroRow, nowMs: number): Promise<void> {
  const at = new Date(nowMs)
  const number = roundNumber(row.kind, row.year, row.serial)
  const name = row.unit_name ?? row.district_name ?? row.district
  const detail = { round: number, unit: name, due: row.due_at, note: row.happened }
  await recordAudit(tx, {
    ...{ at, actor: user, action: 'zeroReport.signed', entity: 'zeroReport', entityId: row.id, detail },
  })
  const places = row.unit_id === null ? {} : { places: [{ district: row.district, unitId: row.unit_id }] }
  const data = { reportId: row.id, number, name, text: row.happened || null, ...places }
  const actor = { id: user.id, name: user.name }
  await appendFacts(tx, [
    { kind: 'zeroReport.signed', at: at.toISOString(), siteId: null, district: row.district, actor, data },
  ])
}
