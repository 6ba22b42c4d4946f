import { sql } from 'kysely'
import { addDays, DAY, HOUR, localDay, yearOf } from '../../../shared/base/time.ts'
import type { Asked } from '../../../shared/census/documents/documents.ts'
import { seriesOf } from '../../../shared/census/documents/documents-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { findById, scopeOf } from '../../people/accounts/queries.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { seedRounds } from '../rounds/demo.ts'
import { nextSerial } from './issue/number.ts'
import { slugOf } from './issue/slug.ts'
import { makeNow, sizeOf } from './making.ts'
import { dataOf } from './queries.ts'
import { insertDocument } from './service.ts'

/** So many half-monthly reports; of the other kinds there are fewer anyway. */
const MOST_REPORTS = 6
/** So many in a hundred units have opened a circular, and replied to it. */
const [OPENED, REPLIED] = [88, 71]

/** Documents of half a year in the demo; once. The circular of the last spot check waits for its second person. */
export async function seedDocuments(ctx: Context): Promise<void> {
  const { db } = ctx
  if (await db.selectFrom('document').select('id').limit(1).executeTakeFirst()) return
  // Rows go in the order of modules: what hangs on rounds goes before them, and so is there before them.
  await seedRounds(ctx)
  const [drafter, issuer] = [await personNamed(db, 'vendor'), await personNamed(db, 'duty')]
  if (!drafter || !issuer) return
  const now = ctx.clock.now()
  const rounds = await closedRounds(db)
  const last = rounds.filter(({ kind }) => kind === 'spot').at(-1)
  for (const { id, kind, endedMs } of rounds) {
    const isLast = id === last?.id
    const by = { drafter, issuer, atMs: isLast ? now - 2 * DAY : endedMs + 4 * HOUR }
    await seedOne(
      ctx,
      { kind: KIND_OF[kind], roundId: id },
      { ...by, state: isLast ? 'in_review' : 'issued' },
    )
  }
  for (const [at, asked] of (await ofToday(db, localDay(now))).entries()) {
    const state = at % 2 === 0 ? ('issued' as const) : ('draft' as const)
    await seedOne(ctx, asked, { drafter, issuer, atMs: now - (6 - at) * HOUR, state })
  }
}

const KIND_OF = {
  spot: 'circular',
  deep: 'deep-report',
  report: 'half-month',
  guard: 'closing-report',
} as const

/** Rounds of which documents are made, in the order in which they were closed. */
async function closedRounds(db: Db): Promise<{ id: number; kind: keyof typeof KIND_OF; endedMs: number }[]> {
  const rows = await db
    .selectFrom('census_round')
    .select(['id', 'kind', 'ended_at'])
    .where('state', '=', 'closed')
    .where('ended_at', 'is not', null)
    .orderBy('ended_at')
    .execute()
  const reports = rows.filter(({ kind }) => kind === 'report').slice(-MOST_REPORTS)
  return rows.flatMap(({ id, kind, ended_at }) => {
    const isMany = kind === 'report' && !reports.some((one) => one.id === id)
    if (kind === 'self_check' || isMany || !ended_at) return []
    return [{ id, kind, endedMs: ended_at.getTime() }]
  })
}

/** What is made of no round: of the whole as it stands, of a day, of a site that has something to mend. */
async function ofToday(db: Db, today: string): Promise<Asked[]> {
  const open = await db
    .selectFrom('rectification')
    .select('site_id')
    .where('stage', '<>', 'closed')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  const ofSite = open
    ? [
        { kind: 'notice' as const, siteId: open.site_id },
        { kind: 'sheet' as const, siteId: open.site_id },
      ]
    : []
  return [
    { kind: 'ranking' },
    { kind: 'register', district: '440106' },
    { kind: 'duty-log', on: addDays(today, -1) },
    ...ofSite,
  ]
}

interface By {
  readonly drafter: Principal
  readonly issuer: Principal
  readonly atMs: number
  readonly state: 'draft' | 'in_review' | 'issued'
}

/** Made as it would have been then, and issued on the next day. */
async function seedOne(ctx: Context, asked: Asked, { drafter, issuer, atMs, state }: By): Promise<void> {
  const { db } = ctx
  const then = { ...ctx, clock: { now: () => Math.min(atMs, ctx.clock.now()) } }
  const site = asked.siteId === undefined ? undefined : await findLocation(db, drafter.scope, asked.siteId)
  const where = { district: site?.district ?? asked.district ?? null, unitId: site?.unitId ?? null }
  const id = await insertDocument(then, drafter, { asked, where, total: await sizeOf(db, asked) })
  await makeNow(then, id, drafter)
  if (state === 'in_review')
    await db.updateTable('document').set({ state, version: 2 }).where('id', '=', id).execute()
  if (state !== 'issued') return
  const issuedMs = Math.min(atMs + DAY, ctx.clock.now())
  await db.transaction().execute(async (tx) => {
    const [series, year] = [seriesOf(asked.kind), yearOf(localDay(issuedMs))]
    const by = {
      reviewed_by: issuer.id,
      reviewed_at: new Date(issuedMs),
      issued_by: issuer.id,
      issued_at: new Date(issuedMs),
    }
    const number = { series, year, serial: await nextSerial(tx, series, year), slug: slugOf() }
    const isPublic = asked.kind === 'circular'
    await tx
      .updateTable('document')
      .set({ state, version: 3, is_public: isPublic, ...number, ...by })
      .where('id', '=', id)
      .execute()
    if (isPublic || asked.siteId !== undefined) await seedReceipts(tx, id, asked, issuedMs)
  })
}

/** By dice that fall the same at every start. */
async function seedReceipts(tx: Tx, id: number, { siteId }: Asked, issuedMs: number): Promise<void> {
  const failures = (await dataOf(tx, id))?.tables.failures?.rows.map(([code]) => String(code)) ?? []
  const opened = new Date(issuedMs + 5 * HOUR)
  await sql`
    insert into document_receipt (document_id, unit_id, unit_name, district, opened_at, opened_by, reply, replied_at, replied_by)
    select ${id}::int, id, name, district, case when n < ${OPENED} then ${opened}::timestamptz + n * interval '17 minutes' end,
      case when n < ${OPENED} then ${await anybody(tx)}::int end, case when n < ${REPLIED} then '已按通报要求整改，请复核。' end,
      case when n < ${REPLIED} then ${opened}::timestamptz + n * interval '47 minutes' end,
      case when n < ${REPLIED} then ${await anybody(tx)}::int end
    from (select distinct unit.id, unit.name, unit.district, abs(hashtext(unit.name)) % 100 as n
      from site join unit on unit.id = site.unit_id
      where site.code = any(${failures}::text[]) or site.id = ${siteId ?? null}::int) as told
  `.execute(tx)
}

/** Who has signed in for units in the demo. */
async function anybody(tx: Tx): Promise<number | null> {
  const row = await tx
    .selectFrom('user_account')
    .select('id')
    .where('demo', '=', true)
    .where('role', '=', 'unit')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

async function personNamed(db: Db, username: string): Promise<Principal | null> {
  const row = await db
    .selectFrom('user_account')
    .select('id')
    .where('demo', '=', true)
    .where('username', '=', username)
    .executeTakeFirst()
  const account = row && (await findById(db, row.id))
  return account ? { id: account.id, name: account.name, role: account.role, scope: scopeOf(account) } : null
}
