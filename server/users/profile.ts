import type { Profile } from '../../shared/accounts.ts'
import type { User } from '../../shared/users.ts'
import { recordAudit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'

/** How somebody is reached, and the language of the notices to them. */
export function profileOf(db: Db, userId: number): Promise<Profile> {
  return db
    .selectFrom('user_account')
    .select(['phone', 'mobile', 'mail', 'language'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
}

/** Changes it; the own subscriptions speak the new language from now on. */
export async function setProfile(ctx: Context, user: User, given: Profile): Promise<Profile> {
  await ctx.db.transaction().execute(async (tx) => {
    const before = await profileOf(tx, user.id)
    if (JSON.stringify(before) === JSON.stringify(given)) return
    await tx.updateTable('user_account').set(given).where('id', '=', user.id).execute()
    if (before.language !== given.language) {
      await tx
        .updateTable('notification_subscription')
        .set({ language: given.language })
        .where('user_id', '=', user.id)
        .execute()
    }
    await recordAudit(tx, {
      at: new Date(ctx.clock.now()),
      actor: user,
      action: 'user.profile_changed',
      entity: 'user',
      entityId: user.id,
      detail: { ...given, before },
    })
  })
  return profileOf(ctx.db, user.id)
}
