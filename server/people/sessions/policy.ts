import { type SignInPolicy, signInPolicy } from '../../../shared/people/accounts/accounts.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { recordAudit } from '../audit/record.ts'

const KEY = 'second_factor_roles'

export async function signInPolicyOf(db: Db): Promise<SignInPolicy> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst()
  return signInPolicy.parse({ secondFactorRoles: row?.value ?? [] })
}

/** Says which roles must have a second factor. Whoever has none may from now on do nothing but set one up. */
export async function setSignInPolicy(ctx: Context, by: User, given: SignInPolicy): Promise<SignInPolicy> {
  const policy = { secondFactorRoles: [...new Set(given.secondFactorRoles)] }
  const value = JSON.stringify(policy.secondFactorRoles)
  await ctx.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('setting')
      .values({ key: KEY, value })
      .onConflict((on) => on.column('key').doUpdateSet({ value }))
      .execute()
    await recordAudit(tx, {
      at: new Date(ctx.clock.now()),
      actor: by,
      action: 'user.policy_changed',
      entity: 'user',
      entityId: null,
      detail: policy,
    })
  })
  ctx.recheck()
  return policy
}
