import type { ApiToken, NewToken } from '../../../shared/people/accounts/accounts.ts'
import { liesIn, type User } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { placeColumns, placesOf, refuseUnknownPlace } from '../accounts/places.ts'
import { scopeOf } from '../accounts/queries.ts'
import { type AuditRecord, recordAudit } from '../audit/record.ts'
import { hashKey, newKey } from '../sessions/secrets.ts'

/**
 * Makes a token for a machine client, with the rights of its person, or some of them. The key is known only now.
 * @returns the token, and what to send as `Authorization: Bearer <key>`.
 * @throws Refusal invalid: it would reach further than its person or where nothing is, or its end is past.
 */
export async function createApiToken(
  ctx: Pick<Context, 'db' | 'clock'>,
  by: Pick<User, 'id' | 'name' | 'scope'>,
  given: NewToken,
): Promise<{ token: ApiToken; key: string }> {
  const at = new Date(ctx.clock.now())
  const expiresAt = given.expiresAt === null ? null : new Date(given.expiresAt)
  if (expiresAt && expiresAt <= at) {
    throw new Refusal('invalid', 'rights.tokenMustExpireLaterThan')
  }
  const scope = given.scope ?? null
  if (scope && !liesIn(by.scope, scope)) {
    throw new Refusal('invalid', 'rights.tokenCannotReachFurtherThan')
  }
  const key = newKey()
  const places = placesOf(scope ?? { kind: 'city' })
  const token = await ctx.db.transaction().execute(async (tx) => {
    await refuseUnknownPlace(tx, places)
    const { id } = await tx
      .insertInto('api_token')
      .values({
        user_id: by.id,
        label: given.label,
        token_hash: hashKey(key),
        read_only: given.readOnly,
        ...placeColumns(places),
        created_at: at,
        expires_at: expiresAt,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const { label, readOnly } = given
    await audit(tx, { at, by, action: 'api_token.created', id, detail: { label, readOnly, scope } })
    return tokens(tx, by.id).where('api_token.id', '=', id).executeTakeFirstOrThrow()
  })
  return { token: toToken(token), key }
}

/** The tokens of somebody, newest first; also those that have run out or were revoked. */
export async function listApiTokens(db: Db, userId: number): Promise<ApiToken[]> {
  const rows = await tokens(db, userId).orderBy('api_token.id', 'desc').execute()
  return rows.map(toToken)
}

/** Ends a token of `userId` for good. Twice is no error. @throws Refusal not_found */
export async function revokeApiToken(ctx: Context, by: User, userId: number, id: number): Promise<void> {
  const at = new Date(ctx.clock.now())
  await ctx.db.transaction().execute(async (tx) => {
    const token = await tokens(tx, userId).where('api_token.id', '=', id).executeTakeFirst()
    if (!token) throw new Refusal('not_found', 'rights.noSuchToken')
    if (token.revoked_at) return
    await tx.updateTable('api_token').set({ revoked_at: at }).where('id', '=', id).execute()
    await audit(tx, { at, by, action: 'api_token.revoked', id, detail: { label: token.label } })
  })
  ctx.recheck(userId)
}

function tokens(db: Db, userId: number) {
  return db
    .selectFrom('api_token')
    .innerJoin('user_account as u', 'u.id', 'api_token.user_id')
    .selectAll('api_token')
    .select(['u.districts as whole_districts', 'u.unit_ids as whole_units'])
    .where('user_id', '=', userId)
}

type Row = Awaited<ReturnType<ReturnType<typeof tokens>['executeTakeFirstOrThrow']>>

function toToken(row: Row): ApiToken {
  const isNarrow = row.districts.length > 0 || row.unit_ids.length > 0
  return {
    id: row.id,
    label: row.label,
    scope: scopeOf(isNarrow ? row : { districts: row.whole_districts, unit_ids: row.whole_units }),
    readOnly: row.read_only,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }
}

function audit(
  tx: Db,
  entry: {
    at: Date
    by: { id: number; name: string }
    action: AuditRecord['action']
    id: number
    detail: Record<string, unknown>
  },
): Promise<void> {
  const { at, by, action, id, detail } = entry
  return recordAudit(tx, { at, actor: by, action, entity: 'api_token', entityId: id, detail })
}
