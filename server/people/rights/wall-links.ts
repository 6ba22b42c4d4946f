import type { Selectable } from 'kysely'
import type { Person } from '../../../shared/base/person.ts'
import type { WallLink } from '../../../shared/people/rights/api.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { endSessions } from '../accounts/queries.ts'
import { recordAudit } from '../audit/record.ts'
import { hashKey, newKey } from '../sessions/secrets.ts'
import type { WallLinkTable } from './tables.ts'

type Link = Pick<Selectable<WallLinkTable>, 'id' | 'label' | 'last_used_at'>

/** A link that is not revoked. */
export function findWallLink(db: Db, id: number): Promise<Link | undefined> {
  return live(db).where('id', '=', id).executeTakeFirst()
}

export function findWallLinkByKey(db: Db, key: string): Promise<Link | undefined> {
  return live(db).where('token_hash', '=', hashKey(key)).executeTakeFirst()
}

function live(db: Db) {
  return db.selectFrom('wall_link').select(['id', 'label', 'last_used_at']).where('revoked_at', 'is', null)
}

export async function markWallLinkUsed(db: Db, id: number, now: Date): Promise<void> {
  await db.updateTable('wall_link').set({ last_used_at: now }).where('id', '=', id).execute()
}

/** Every link, newest first, also those that were revoked. */
export async function listWallLinks(ctx: Context): Promise<WallLink[]> {
  const rows = await links(ctx.db).orderBy('wall_link.id', 'desc').execute()
  return rows.map(toLink)
}

/** Makes a link. Its key is known only now: the database keeps a hash of it. */
export async function createWallLink(
  ctx: Context,
  by: Person,
  label: string,
): Promise<{ link: WallLink; key: string }> {
  const key = newKey()
  const at = new Date(ctx.clock.now())
  const link = await ctx.db.transaction().execute(async (tx) => {
    const { id } = await tx
      .insertInto('wall_link')
      .values({ label, token_hash: hashKey(key), created_by: by.id, created_at: at })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordAudit(tx, {
      at,
      actor: by,
      action: 'wall_link.created',
      entity: 'wall_link',
      entityId: id,
      detail: { label },
    })
    return links(tx).where('wall_link.id', '=', id).executeTakeFirstOrThrow()
  })
  return { link: toLink(link), key }
}

/** Ends a link for good and signs its displays out. Revoking twice is no error. @throws Refusal not_found */
export async function revokeWallLink(ctx: Context, by: Person, id: number): Promise<void> {
  const at = new Date(ctx.clock.now())
  await ctx.db.transaction().execute(async (tx) => {
    const link = await tx
      .selectFrom('wall_link')
      .select(['label', 'revoked_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!link) throw new Refusal('not_found', 'rights.noSuchWallLink')
    if (link.revoked_at) return
    await tx.updateTable('wall_link').set({ revoked_at: at }).where('id', '=', id).execute()
    await endSessions(tx, { key: 'wallLinkId', id })
    await recordAudit(tx, {
      at,
      actor: by,
      action: 'wall_link.revoked',
      entity: 'wall_link',
      entityId: id,
      detail: { label: link.label },
    })
  })
  ctx.recheck(0)
}

function links(db: Db) {
  return db
    .selectFrom('wall_link')
    .innerJoin('user_account', 'user_account.id', 'wall_link.created_by')
    .select([
      'wall_link.id',
      'wall_link.label',
      'wall_link.created_at',
      'wall_link.revoked_at',
      'wall_link.last_used_at',
      'user_account.name as created_by_name',
    ])
}

function toLink(row: {
  id: number
  label: string
  created_at: Date
  revoked_at: Date | null
  last_used_at: Date | null
  created_by_name: string
}): WallLink {
  return {
    id: row.id,
    label: row.label,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by_name,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}
