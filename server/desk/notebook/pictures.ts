import { sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import { MOST_NOTE_PICTURES_A_DAY, NOTE_PICTURE_TYPES } from '../../../shared/desk/notebook/notebook-rules.ts'
import { districtsOf, type Principal, type Scope } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { contentOf } from '../../people/files/content.ts'
import { bringHolder, keepContent, refuseBeyondDay } from '../../people/files/keep.ts'
import { within } from '../../people/rights/scope.ts'

bringHolder('note_picture', () => sql`exists (select from note_picture p where p.hash = file_content.hash)`)

/**
 * Keeps a picture for a note that is written next; those of the same person whose notes were never written go after a day.
 * @returns its id @throws Refusal invalid for what is no picture; too_many_requests
 */
export async function keepPicture(ctx: Context, user: Principal, bytes: Buffer): Promise<number> {
  const type = await contentOf(bytes)
  if (!NOTE_PICTURE_TYPES.some((one) => one === type)) throw new Refusal('invalid', 'notebook.noPicture')
  const at = new Date(ctx.clock.now())
  return ctx.db.transaction().execute(async (tx) => {
    await dropUnused(tx, user, new Date(at.getTime() - DAY))
    await refuseTooManyToday(tx, user, at)
    await refuseBeyondDay(tx, user, at.getTime())
    const hash = await keepContent(tx, bytes)
    const row = { type, hash, uploaded_by: user.id, uploaded_at: at, fact_seq: null }
    const { id } = await tx.insertInto('note_picture').values(row).returning('id').executeTakeFirstOrThrow()
    return id
  })
}

/** Locks a picture that this person sent and that is with no note. @throws Refusal not_found, conflict */
export async function requireUnused(tx: Tx, user: Principal, id: number): Promise<void> {
  const row = await tx
    .selectFrom('note_picture')
    .select('fact_seq')
    .where('id', '=', id)
    .where('uploaded_by', '=', user.id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'notebook.noSuchPicture')
  if (row.fact_seq !== null) throw new Refusal('conflict', 'notebook.pictureTaken')
}

/** Puts a picture to a note. */
export async function use(tx: Tx, id: number, factSeq: number): Promise<void> {
  await tx.updateTable('note_picture').set({ fact_seq: factSeq }).where('id', '=', id).execute()
}

/** A picture of a note that is seen, or one's own. @throws Refusal not_found */
export async function pictureOfNote(db: Db, user: Principal, id: number) {
  const row = await db
    .selectFrom('note_picture as p')
    .innerJoin('file_content as c', 'c.hash', 'p.hash')
    .select(['p.fact_seq', 'p.uploaded_by', 'p.type', 'c.hash', 'c.bytes'])
    .where('p.id', '=', id)
    .executeTakeFirst()
  const isSeen =
    row &&
    (row.uploaded_by === user.id ||
      (row.fact_seq !== null && (await readsNote(db, user.scope, Number(row.fact_seq)))))
  if (!isSeen) throw new Refusal('not_found', 'notebook.noSuchPicture')
  const { type, hash, bytes } = row
  return { name: `${id}.${type.split('/')[1] ?? 'png'}`, type, hash, bytes }
}

/** As the log of a shift is read: within one's own places, and not by units. */
async function readsNote(db: Db, scope: Scope, seq: number): Promise<boolean> {
  if (scope.kind === 'unit') return false
  const row = await db
    .selectFrom('fact')
    .leftJoin('site', 'site.id', 'fact.site_id')
    .select('fact.seq')
    .where('fact.seq', '=', seq)
    .$if(scope.kind !== 'city', (query) =>
      query.where((eb) =>
        eb.or([within(scope, 'site'), sql<boolean>`fact.district = any(${[...districtsOf(scope)]}::text[])`]),
      ),
    )
    .executeTakeFirst()
  return row !== undefined
}

async function dropUnused(tx: Tx, user: Principal, before: Date): Promise<void> {
  await tx
    .deleteFrom('note_picture')
    .where('uploaded_by', '=', user.id)
    .where('fact_seq', 'is', null)
    .where('uploaded_at', '<', before)
    .execute()
}

async function refuseTooManyToday(tx: Tx, user: Principal, at: Date): Promise<void> {
  const { n } = await tx
    .selectFrom('note_picture')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('uploaded_by', '=', user.id)
    .where('uploaded_at', '>', new Date(at.getTime() - DAY))
    .executeTakeFirstOrThrow()
  if (n >= MOST_NOTE_PICTURES_A_DAY) {
    throw new Refusal('too_many_requests', 'notebook.tooManyPictures', {
      values: { most: MOST_NOTE_PICTURES_A_DAY },
    })
  }
}
