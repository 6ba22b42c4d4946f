import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Document, documentFilter, Receipt } from '../../../shared/census/documents/documents.ts'
import { type DocumentKind, isFrozen, isOpen } from '../../../shared/census/documents/documents-rules.ts'
import { may, type Principal, unitIdsOf } from '../../../shared/people/rights/rights.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { numberOf } from './issue/number.ts'
import './tables.ts'

type Who = Pick<Principal, 'id' | 'role' | 'scope'>
type Filter = z.output<typeof documentFilter>

const isIssued = sql`d.state in ('issued', 'superseded')`

/**
 * SQL for whether somebody may read a document: what was issued as a circular everybody; else what is of the own part,
 * and of that, whoever makes none, what was issued.
 */
export function isSeen(who: Who): RawBuilder<boolean> {
  const own = who.scope.kind === 'city' ? sql`true` : within(who.scope, 'd')
  const state = may(who, 'document.make') ? sql`true` : isIssued
  return sql<boolean>`((${own} and ${state}) or (d.kind = 'circular' and ${isIssued}))`
}

const nameOf = (column: 'drafted_by' | 'reviewed_by' | 'issued_by') =>
  sql<string | null>`(select name from user_account where id = ${sql.ref(`d.${column}`)})`

/** Without the data, which are long. */
const documentRows = (db: Db | Tx) =>
  db
    .selectFrom('document as d')
    .select([
      'd.id',
      'd.version',
      'd.kind',
      'd.state',
      'd.title',
      'd.round_id',
      'd.site_id',
      'd.district',
      'd.unit_id',
    ])
    .select([
      'd.requirements',
      'd.due_on',
      'd.is_public',
      'd.slug',
      'd.series',
      'd.year',
      'd.serial',
      'd.supersedes',
    ])
    .select([
      'd.data_hash',
      'd.done',
      'd.total',
      'd.drafted_by',
      'd.drafted_at',
      'd.reviewed_by',
      'd.reviewed_at',
    ])
    .select(['d.review_note', 'd.issued_by', 'd.issued_at'])
    .select([
      nameOf('drafted_by').as('drafter'),
      nameOf('reviewed_by').as('reviewer'),
      nameOf('issued_by').as('issuer'),
      sql<
        number | null
      >`(select max(id) from document f where f.supersedes = d.id and f.state in ('issued', 'superseded'))`.as(
        'superseded_by',
      ),
      sql<number>`(select count(*)::int from document_rectification where document_id = d.id)`.as(
        'rectifications',
      ),
      receipts(sql`true`).as('told'),
      receipts(sql`opened_at is not null`).as('opened'),
      receipts(sql`replied_at is not null`).as('replied'),
    ])

const receipts = (which: RawBuilder<unknown>) =>
  sql<number>`(select count(*)::int from document_receipt where document_id = d.id and ${which})`

export type DocumentRow = Awaited<ReturnType<ReturnType<typeof documentRows>['executeTakeFirstOrThrow']>>

/** Documents that somebody may read, newest first: at most `limit`, with ids before `before`. */
export async function listDocuments(
  db: Db,
  who: Who,
  filter: Filter,
  page: { readonly limit: number; readonly before?: number | undefined },
): Promise<{ items: Document[]; total: number }> {
  const matching = matches(who, filter)
  let query = documentRows(db).where(matching)
  if (page.before !== undefined) query = query.where('d.id', '<', page.before)
  const rows = await query.orderBy('d.id', 'desc').limit(page.limit).execute()
  const { total } = await db
    .selectFrom('document as d')
    .where(matching)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: await Promise.all(rows.map((row) => toDocument(db, row, who))), total }
}

const matches = (who: Who, { kind, state, round }: Filter): RawBuilder<boolean> =>
  sql<boolean>`(${isSeen(who)}
    and ${kind === undefined ? sql`true` : sql`d.kind = ${kind}`}
    and ${state === undefined ? sql`true` : sql`d.state = ${state}`}
    and ${round === undefined ? sql`true` : sql`d.round_id = ${round}`})`

/** One document, if somebody may read it. */
export async function findDocument(db: Db | Tx, who: Who, id: number): Promise<DocumentRow | undefined> {
  return documentRows(db).where('d.id', '=', id).where(isSeen(who)).executeTakeFirst()
}

/** The last document of a kind that is made, and that somebody may read. */
export async function lastOfKind(db: Db, who: Who, kind: DocumentKind): Promise<number | undefined> {
  const row = await db
    .selectFrom('document as d')
    .select('d.id')
    .where('d.kind', '=', kind)
    .where('d.data_hash', 'is not', null)
    .where(isSeen(who))
    .orderBy('d.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** What was published for anybody, by its slug. */
export async function findPublic(db: Db, slug: string): Promise<DocumentRow | undefined> {
  return documentRows(db)
    .where('d.slug', '=', slug)
    .where('d.is_public', '=', true)
    .where(sql<boolean>`${isIssued}`)
    .executeTakeFirst()
}

/** What it says; null while it is being made. */
export async function dataOf(db: Db | Tx, id: number) {
  const row = await db.selectFrom('document').select('data').where('id', '=', id).executeTakeFirstOrThrow()
  return row.data
}

/** The rows of its long table, piece by piece. */
export async function* partsOf(db: Db, id: number) {
  for (let part = 0; ; part++) {
    const row = await db
      .selectFrom('document_part')
      .select('rows')
      .where('document_id', '=', id)
      .where('part', '=', part)
      .executeTakeFirst()
    if (!row) return
    yield row.rows
  }
}

/** Units that were told of it, of a scope. */
export async function listReceipts(db: Db, { scope }: Who, id: number): Promise<Receipt[]> {
  const name = (column: string) =>
    sql<string | null>`(select name from user_account where id = ${sql.ref(column)})`
  const rows = await db
    .selectFrom('document_receipt as r')
    .selectAll('r')
    .select([name('r.opened_by').as('opener'), name('r.replied_by').as('replier')])
    .where('document_id', '=', id)
    .where(within(scope, 'r'))
    .orderBy('district')
    .orderBy('unit_name')
    .execute()
  return rows.map((row) => ({
    ...{ unitId: row.unit_id, unit: row.unit_name, district: row.district },
    ...{ openedAt: row.opened_at?.toISOString() ?? null, openedBy: row.opener },
    ...{ reply: row.reply, repliedAt: row.replied_at?.toISOString() ?? null, repliedBy: row.replier },
  }))
}

const stepOf = (id: number | null, name: string | null, at: Date | null) =>
  id !== null && at ? { by: { id, name: name ?? '' }, at: at.toISOString() } : null

export async function toDocument(db: Db | Tx, row: DocumentRow, who: Who): Promise<Document> {
  const isMade = row.data_hash !== null
  const reviewed = stepOf(row.reviewed_by, row.reviewer, row.reviewed_at)
  return {
    ...{ id: row.id, version: row.version, kind: row.kind, state: row.state, title: row.title },
    ...{ number: numberOf(row), slug: row.slug, isPublic: row.is_public, district: row.district },
    ...{ siteId: row.site_id, roundId: row.round_id, requirements: row.requirements, dueOn: row.due_on },
    drafted: { by: { id: row.drafted_by, name: row.drafter ?? '' }, at: row.drafted_at.toISOString() },
    reviewed: reviewed && { ...reviewed, note: row.review_note },
    issued: stepOf(row.issued_by, row.issuer, row.issued_at),
    ...{ supersedes: row.supersedes, supersededBy: row.superseded_by, dataHash: row.data_hash },
    receipts: { told: row.told, opened: row.opened, replied: row.replied },
    ...{ rectifications: row.rectifications, making: isMade ? null : { done: row.done, total: row.total } },
    may: await stepsFor(db, row, who),
  }
}

async function stepsFor(db: Db | Tx, row: DocumentRow, who: Who): Promise<Document['may']> {
  const where = { district: row.district, unitId: row.unit_id }
  const makes = may(who, 'document.make', where)
  const isSecond = may(who, 'document.review', where) && who.id !== row.drafted_by
  const { state } = row
  if (row.data_hash === null) return []
  if (isOpen(state)) return makes ? ['edit', 'review'] : []
  if (state === 'in_review') return isSecond ? ['return', 'issue'] : []
  if (!isFrozen(state)) return []
  const replies = may(who, 'document.reply') && (await isTold(db, who, row.id)) ? (['reply'] as const) : []
  return [...(state === 'issued' && makes ? (['supersede'] as const) : []), ...replies]
}

async function isTold(db: Db | Tx, { scope }: Who, id: number): Promise<boolean> {
  const told = await db
    .selectFrom('document_receipt')
    .select('unit_id')
    .where('document_id', '=', id)
    .where('unit_id', 'in', [0, ...unitIdsOf(scope)])
    .executeTakeFirst()
  return told !== undefined
}
