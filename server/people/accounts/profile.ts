import type { Profile } from '../../../shared/people/accounts/accounts.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { recordAudit } from '../audit/record.ts'

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
