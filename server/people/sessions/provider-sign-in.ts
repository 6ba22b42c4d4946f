import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { type Account, findById, findByProvider, findByUsername } from '../accounts/queries.ts'
import { toUser } from '../rights/principal.ts'
import { ProviderError, type ProviderPerson } from './provider.ts'
import { auditSession, noteSignIn, type SignedIn } from './sign-in.ts'

/**
 * The account of somebody whom the provider has let in: the one that is tied to this person or, the first time,
 * the one of that username, which is tied from then on. Being known to the provider alone gives no rights.
 * @throws ProviderError unknown_person, tied
 */
export async function signInByProvider(
  ctx: Context,
  person: ProviderPerson,
  address: string,
): Promise<SignedIn> {
  const found = await ctx.db.transaction().execute((tx) => accountOf(tx, person))
  const { issuer, subject, username } = person
  if (found === 'unknown_person' || found === 'tied') {
    await auditSession(ctx, 'session.failed', null, {
      provider: issuer,
      subject,
      username,
      address,
      why: found,
    })
    throw new ProviderError(found, null)
  }
  await auditSession(ctx, 'session.opened', found, { provider: issuer, address })
  await noteSignIn(ctx, found.id)
  return { user: toUser(found, true), userId: found.id }
}

async function accountOf(tx: Tx, person: ProviderPerson): Promise<Account | 'unknown_person' | 'tied'> {
  const tied = await findByProvider(tx, person.issuer, person.subject)
  if (tied) return (await findById(tx, tied.id)) ?? 'unknown_person'
  const named = person.username === null ? undefined : await findByUsername(tx, person.username)
  if (!named) return 'unknown_person'
  const { numUpdatedRows } = await tx
    .updateTable('user_account')
    .set({ oidc_issuer: person.issuer, oidc_subject: person.subject })
    .where('id', '=', named.id)
    .where('oidc_subject', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n ? named : 'tied'
}
