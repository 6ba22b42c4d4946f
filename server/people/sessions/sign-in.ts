import type { Person } from '../../../shared/base/person.ts'
import { MIN_PASSWORD, passwordFault } from '../../../shared/people/accounts/accounts.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Lane } from '../../base/turns.ts'
import {
  type Account,
  endSessions,
  endTokens,
  findById,
  findByUsername,
  setPassword,
} from '../accounts/queries.ts'
import { recordAudit } from '../audit/record.ts'
import { toUser, wallUser } from '../rights/principal.ts'
import { findWallLinkByKey, markWallLinkUsed } from '../rights/wall-links.ts'
import { takeCode } from './second-factor.ts'
import { hashPassword, isPassword } from './secrets.ts'

export type SignedIn = { user: User } & ({ userId: number } | { wallLinkId: number })

/**
 * Whose name and password (and second factor) these are; null when they are nobody's. Both are in the audit.
 * @param guardCode lets a code be tried, so that who knows the password cannot guess it from many addresses.
 * @param how from which kind of device; and whether a password alone is not enough, whoever it is.
 * @throws Refusal second_factor when all that is missing is the code.
 */
export async function signInByPassword(
  ctx: Context,
  given: { username: string; password: string; code?: string | undefined },
  address: string,
  guardCode: (account: Account, attempt: () => Promise<true | null>) => Promise<true | null>,
  how: { lane: Lane; needsCode?: boolean },
): Promise<SignedIn | null> {
  const account = await findByUsername(ctx.db, given.username)
  const isRight = await isPassword(account?.password_hash, given.password, how.lane)
  if (!isRight || !account || (how.needsCode && !account.totp_enabled_at)) {
    await auditSession(ctx, 'session.failed', null, { username: given.username, address })
    return null
  }
  if (account.totp_enabled_at) {
    const { code } = given
    if (code === undefined) {
      throw new Refusal('second_factor', 'sessions.enterCodeAuthenticator')
    }
    if (!(await guardCode(account, async () => (await takeCode(ctx, account, code)) || null))) {
      await auditSession(ctx, 'session.failed', null, { username: given.username, address, why: 'code' })
      throw new Refusal('second_factor', 'sessions.codeWrong')
    }
  }
  await auditSession(ctx, 'session.opened', account, { address })
  await noteSignIn(ctx, account.id)
  return { user: toUser(account), userId: account.id }
}

export async function noteSignIn(ctx: Context, userId: number): Promise<void> {
  const at = new Date(ctx.clock.now())
  await ctx.db.updateTable('user_account').set({ last_sign_in_at: at }).where('id', '=', userId).execute()
}

/** The wall display that this key is for; null when it is for none, or for one that was revoked. */
export async function signInByKey(ctx: Context, key: string, address: string): Promise<SignedIn | null> {
  const link = await findWallLinkByKey(ctx.db, key)
  if (!link) {
    await auditSession(ctx, 'session.failed', null, { wallLink: true, address })
    return null
  }
  await markWallLinkUsed(ctx.db, link.id, new Date(ctx.clock.now()))
  await auditSession(ctx, 'session.opened', null, { wallLink: link.id, label: link.label, address })
  return { user: wallUser(link.label), wallLinkId: link.id }
}

export async function auditSession(
  ctx: Context,
  action: 'session.opened' | 'session.failed' | 'session.closed',
  actor: Person | null,
  detail: Record<string, unknown>,
): Promise<void> {
  await recordAudit(ctx.db, {
    at: new Date(ctx.clock.now()),
    actor,
    action,
    entity: 'session',
    entityId: null,
    detail,
  })
}

/**
 * Sets a new password and ends every other session of the person, and the API tokens unless they are to be kept:
 * whoever knew the old password may have made one. Null when the current password is wrong.
 * @throws Refusal invalid when the new password is the old one, or one that is guessed first.
 */
export async function changePassword(
  ctx: Context,
  user: User,
  given: { current: string; next: string; keepTokens: boolean },
  sessionId: string,
): Promise<true | null> {
  const account = await findById(ctx.db, user.id)
  if (!account) throw new Refusal('forbidden', 'sessions.wallLinkNoPassword')
  if (!(await isPassword(account.password_hash, given.current))) return null
  if (given.current === given.next) {
    throw new Refusal('invalid', 'sessions.newPasswordMustDifferFrom')
  }
  const fault = passwordFault(given.next, account.username)
  if (fault) throw new Refusal('invalid', `sessions.fault.${fault}`, { values: { least: MIN_PASSWORD } })
  const passwordHash = await hashPassword(given.next)
  const at = new Date(ctx.clock.now())
  await ctx.db.transaction().execute(async (tx) => {
    await setPassword(tx, user.id, passwordHash)
    await endSessions(tx, { key: 'userId', id: user.id, except: sessionId })
    const tokensEnded = given.keepTokens ? 0 : await endTokens(tx, user.id, at)
    await recordAudit(tx, {
      at,
      actor: user,
      action: 'user.password_changed',
      entity: 'user',
      entityId: user.id,
      detail: { tokensEnded },
    })
  })
  ctx.recheck(user.id)
  return true
}
