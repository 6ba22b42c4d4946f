import type { Context } from '../../base/context.ts'
import { languageFor } from '../../base/words/offered.ts'
import { say } from '../../base/words/say.ts'
import { recordAudit } from '../audit/record.ts'
import { hashPassword, newPassword } from '../sessions/secrets.ts'
import { endTokens } from './queries.ts'

const USERNAME = 'admin'

/**
 * Makes the first administrator where there is no account that can be signed in to: `admin` with a password
 * that works once, since it must be changed at the first sign-in. Show it to whoever started the program.
 * @returns null where somebody can sign in already, or another process was first.
 */
export async function ensureAdministrator(
  ctx: Pick<Context, 'db' | 'clock' | 'after'>,
): Promise<{ username: string; password: string } | null> {
  const someone = await ctx.db
    .selectFrom('user_account')
    .select('id')
    .where('disabled_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (someone) return null
  const password = newPassword()
  const account = {
    name: say({ word: 'notices.role.admin' }, languageFor()),
    role: 'admin' as const,
    password_hash: await hashPassword(password),
    must_change_password: true,
    language: ctx.after.usualLanguage(),
    disabled_at: null,
    demo: false,
  }
  const at = new Date(ctx.clock.now())
  const isMade = await ctx.db.transaction().execute(async (tx) => {
    const made = await tx
      .insertInto('user_account')
      .values({ username: USERNAME, ...account, created_at: at })
      // An `admin` that was disabled is taken back; one that another process has just made is not.
      .onConflict((on) =>
        on.column('username').doUpdateSet(account).where('user_account.disabled_at', 'is not', null),
      )
      .returning('id')
      .executeTakeFirst()
    if (!made) return false
    // Whoever had the account before may have made a token.
    await endTokens(tx, made.id, at)
    await ctx.after.accountEnabled(tx, made.id, at.getTime())
    await recordAudit(tx, {
      at,
      actor: null,
      action: 'user.created',
      entity: 'user',
      entityId: made.id,
      detail: { username: USERNAME, role: 'admin' },
    })
    return true
  })
  return isMade ? { username: USERNAME, password } : null
}
