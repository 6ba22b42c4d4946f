import { sql } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import type {
  Asked,
  Document,
  DocumentDetail,
  DocumentEdit,
  NewDocument,
} from '../../../shared/census/documents/documents.ts'
import { type DocumentKind, MADE_OF } from '../../../shared/census/documents/documents-rules.ts'
import terms from '../../../shared/census/documents/terms.json' with { type: 'json' }
import { type Located, may, type Principal } from '../../../shared/people/rights/rights.ts'
import { addWorkdays } from '../../../shared/register/workdays/workdays.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import type { Jobs } from '../../base/jobs.ts'
import { Refusal } from '../../base/refusal.ts'
import { languageFor } from '../../base/words/offered.ts'
import { say } from '../../base/words/say.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { requireRound } from '../rounds/service.ts'
import { todayOf } from '../rounds/today.ts'
import { MAKE_QUEUE, MOST_SECONDS, makeNow, sizeOf } from './making.ts'
import { type DocumentRow, dataOf, findDocument, toDocument } from './queries.ts'
import './refusals.ts'

/** With more sites than these one is made in the background. */
const MOST_AT_ONCE = 2_000

/**
 * Makes a document of the figures as they stand now, as a draft. A large one is only begun.
 * @throws Refusal not_found, forbidden, invalid, conflict
 */
export async function makeDocument(
  ctx: Context,
  jobs: Pick<Jobs, 'send'>,
  user: Principal,
  given: NewDocument,
): Promise<DocumentDetail> {
  const { supersedes, ...asked } = given
  const where = await requireWhere(ctx.db, user, asked)
  if (!may(user, 'document.make', where)) throw new Refusal('forbidden', 'requests.roleMayNot')
  if (supersedes !== undefined) await requireSuperseded(ctx.db, user, supersedes, asked.kind)
  if (asked.roundId !== undefined) await requireRound(ctx, ctx.db, user, asked.roundId)
  const total = await sizeOf(ctx.db, asked)
  const id = await insertDocument(ctx, user, { ...given, asked, where, total })
  if (total > MOST_AT_ONCE) await jobs.send(MAKE_QUEUE, { id }, { withinS: MOST_SECONDS })
  else await makeNow(ctx, id, user).catch((error: unknown) => forget(ctx.db, id, error))
  return documentDetail(ctx.db, user, id)
}

/** What could not be made leaves no draft behind; its reason is told. */
async function forget(db: Db, id: number, error: unknown): Promise<never> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('document_part').where('document_id', '=', id).execute()
    await tx.deleteFrom('document').where('id', '=', id).where('data_hash', 'is', null).execute()
  })
  throw error
}

interface ToInsert {
  readonly asked: Asked
  readonly where: Located
  readonly total: number
  readonly supersedes?: number | undefined
}

export async function insertDocument(
  ctx: Pick<Context, 'db' | 'clock'>,
  user: Principal,
  { asked, where, total, supersedes }: ToInsert,
): Promise<number> {
  const { calendar, today } = await todayOf(ctx, ctx.db)
  const demands = asked.kind === 'circular' || asked.kind === 'notice' ? asked.kind : null
  const { id } = await ctx.db
    .insertInto('document')
    .values({
      ...{
        kind: asked.kind,
        state: 'draft',
        title: say({ word: `papers.kind.${asked.kind}` }, languageFor()),
      },
      ...{ asked: JSON.stringify(asked), round_id: asked.roundId ?? null, site_id: asked.siteId ?? null },
      ...{ district: where.district, unit_id: where.unitId, supersedes: supersedes ?? null, total },
      // So long have those who are to mend something, unless whoever drafts it says otherwise.
      due_on: demands ? addWorkdays(calendar, today, terms[demands].dueWorkdays) : null,
      requirements: demands ? say({ word: `papers.demand.${demands}` }, languageFor()) : '',
      ...{ drafted_by: user.id, drafted_at: new Date(ctx.clock.now()), data: null, data_hash: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Whose it is: a site's, a district's, the whole's. @throws Refusal not_found, invalid */
async function requireWhere(
  db: Db,
  user: Principal,
  { kind, roundId, siteId, district }: Asked,
): Promise<Located> {
  const of = MADE_OF[kind]
  const missing = (path: string) =>
    new Refusal('invalid', 'documents.incomplete', {
      issues: [{ path: `body.${path}`, reason: 'documents.incomplete', values: {} }],
    })
  if (of === 'round' && roundId === undefined) throw missing('roundId')
  if (of === 'site' && siteId === undefined) throw missing('siteId')
  const mayBeOfSite = of === 'site' || kind === 'deep-report'
  if (siteId !== undefined) {
    if (!mayBeOfSite || district !== undefined || roundId !== undefined) throw missing('siteId')
    const site = await findLocation(db, user.scope, siteId)
    if (!site) throw new Refusal('not_found', 'common.noSuchSite')
    return { district: site.district, unitId: site.unitId }
  }
  if (district === undefined) return { district: null, unitId: null }
  if (of === 'round' || kind === 'ranking') throw missing('district')
  const found = await db.selectFrom('district').select('code').where('code', '=', district).executeTakeFirst()
  if (!found) throw new Refusal('invalid', 'common.noSuchDistrict')
  return { district, unitId: null }
}

async function requireSuperseded(db: Db, user: Principal, id: number, kind: DocumentKind): Promise<void> {
  const before = await findDocument(db, user, id)
  if (!before) throw new Refusal('not_found', 'requests.noSuchThing')
  if (before.state !== 'issued' || before.kind !== kind)
    throw new Refusal('conflict', 'documents.notToSupersede')
}

/** One document with what it says. @throws Refusal not_found */
export async function documentDetail(db: Db, user: Principal, id: number): Promise<DocumentDetail> {
  const row = await requireDocument(db, user, id)
  return { ...(await toDocument(db, row, user)), data: await dataOf(db, id) }
}

/** @throws Refusal not_found */
export async function requireDocument(db: Db | Tx, user: Principal, id: number): Promise<DocumentRow> {
  const row = await findDocument(db, user, id)
  if (!row) throw new Refusal('not_found', 'requests.noSuchThing')
  return row
}

/** The same with what it says, once it is made. @throws Refusal not_found, conflict */
export async function requireMade(db: Db, user: Principal, id: number) {
  const row = await requireDocument(db, user, id)
  const data = await dataOf(db, id)
  if (!data) throw new Refusal('conflict', 'documents.stillMaking')
  return { row, data }
}

/**
 * Locks a document, and makes sure that it is as it was seen and that the step is open to whoever takes it.
 * @throws Refusal not_found, forbidden, conflict with how it is now
 */
export async function holdDocument(
  tx: Tx,
  user: Principal,
  id: number,
  version: number,
  step: Document['may'][number],
): Promise<DocumentRow> {
  await tx.selectFrom('document').select('id').where('id', '=', id).forUpdate().execute()
  const row = await requireDocument(tx, user, id)
  const current = await toDocument(tx, row, user)
  if (row.version !== version) throw new Refusal('conflict', 'documents.changedMeanwhile', { current })
  if (current.may.includes(step)) return row
  if (step === 'issue' && row.state === 'in_review' && row.drafted_by === user.id) {
    throw new Refusal('forbidden', 'documents.secondPerson')
  }
  throw new Refusal('conflict', 'documents.notInThisState', { current })
}

/** Changes the words of a draft; its figures stay. @throws Refusal not_found, forbidden, conflict, invalid */
export async function editDocument(
  ctx: Context,
  user: Principal,
  id: number,
  given: DocumentEdit,
): Promise<Document> {
  return ctx.db.transaction().execute(async (tx) => {
    await holdDocument(tx, user, id, given.version, 'edit')
    const { title, requirements, dueOn, isPublic } = given
    if (dueOn && dueOn < localDay(ctx.clock.now())) {
      throw new Refusal('invalid', 'documents.duePast', {
        issues: [{ path: 'body.dueOn', reason: 'documents.duePast', values: {} }],
      })
    }
    await tx
      .updateTable('document')
      .set({
        ...(title !== undefined && { title }),
        ...(requirements !== undefined && { requirements }),
        ...(dueOn !== undefined && { due_on: dueOn }),
        ...(isPublic !== undefined && { is_public: isPublic }),
        version: sql<number>`version + 1`,
      })
      .where('id', '=', id)
      .execute()
    const at = new Date(ctx.clock.now())
    const detail = { ...given }
    await recordAudit(tx, {
      at,
      actor: user,
      action: 'document.edited',
      entity: 'document',
      entityId: id,
      detail,
    })
    return toDocument(tx, await requireDocument(tx, user, id), user)
  })
}
