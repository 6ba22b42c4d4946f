import { recordAudit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { hashKey, newKey } from './secrets.ts'

/**
 * Makes a token for a machine client, with the rights of `userId`. The token is known only now.
 * @returns what to send as `Authorization: Bearer <token>`.
 */
export async function createApiToken(
  ctx: Pick<Context, 'db' | 'clock'>,
  given: { userId: number; label: string; expiresAt?: Date },
): Promise<string> {
  const token = newKey()
  const at = new Date(ctx.clock.now())
  await ctx.db.transaction().execute(async (tx) => {
    const { id } = await tx
      .insertInto('api_token')
      .values({
        user_id: given.userId,
        label: given.label,
        token_hash: hashKey(token),
        created_at: at,
        expires_at: given.expiresAt ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordAudit(tx, {
      at,
      actor: null,
      action: 'api_token.created',
      entity: 'api_token',
      entityId: id,
      detail: { userId: given.userId, label: given.label },
    })
  })
  return token
}
