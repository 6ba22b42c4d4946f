import type { NewNote, NoteAbout } from '../../../shared/desk/notebook/notebook.ts'
import { covers, type Located, may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { refuseBeyondQuota } from '../../base/facts/quota.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { requireUnused, use } from './pictures.ts'

/** What a note is about, and where that is. */
interface Found extends Located {
  readonly id: number | null
  readonly siteId: number | null
  readonly name: string | null
}

/** Writes a note into the log. @returns the number of its fact @throws Refusal not_found, forbidden, conflict */
export async function writeNote(
  ctx: Context,
  user: Principal,
  { about, text, moment, picture }: NewNote,
): Promise<number> {
  const now = ctx.clock.now()
  /** Nobody has seen what is yet to come. */
  const momentMs = moment ? Math.min(now, Date.parse(moment)) : now
  const seq = await ctx.db.transaction().execute(async (tx) => {
    const found = await find(tx, about)
    if (!found || !covers(user.scope, found)) throw new Refusal('not_found', 'notebook.noSuchThing')
    if (!may(user, 'note.write', found)) throw new Refusal('forbidden', 'notebook.mayNotWrite')
    await refuseBeyondQuota(tx, user, ctx, { kinds: ['note.written'], reason: 'facts.saidTooMuchOneDay' })
    if (picture !== undefined) await requireUnused(tx, user, picture)
    const entity = about.kind === 'city' || about.kind === 'district' ? 'note' : about.kind
    await recordAudit(tx, {
      ...{ at: new Date(now), actor: user, action: 'note.written', entity, entityId: found.id },
      detail: { about: found.name, text, ...(picture !== undefined && { picture }) },
    })
    const [fact] = await appendFacts(tx, [
      {
        at: new Date(now).toISOString(),
        kind: 'note.written',
        siteId: found.siteId,
        district: found.district,
        actor: { id: user.id, name: user.name },
        data: {
          text,
          moment: new Date(momentMs).toISOString(),
          about: { kind: about.kind, id: found.id, name: found.name },
          ...(picture !== undefined && { picture }),
        },
      },
    ])
    if (!fact) throw new Error('a note was not appended')
    if (picture !== undefined) await use(tx, picture, fact.seq)
    return fact.seq
  })
  ctx.wake()
  return seq
}

async function find(tx: Tx, about: NoteAbout): Promise<Found | undefined> {
  if (about.kind === 'city') return { id: null, siteId: null, district: null, unitId: null, name: null }
  if (about.kind === 'district') {
    const { code } = about
    const row = await tx.selectFrom('district').select('name').where('code', '=', code).executeTakeFirst()
    return row && { id: null, siteId: null, district: code, unitId: null, name: row.name }
  }
  if (about.kind === 'unit') {
    const row = await tx
      .selectFrom('unit')
      .select(['id', 'district', 'name'])
      .where('id', '=', about.id)
      .executeTakeFirst()
    return row && { ...row, siteId: null, unitId: row.id }
  }
  const row = await tx
    .selectFrom('site')
    .select(['id', 'district', 'unit_id as unitId', 'name'])
    .where('id', '=', about.id)
    .executeTakeFirst()
  return row && { ...row, siteId: row.id }
}
