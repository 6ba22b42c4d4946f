import type { Person, User } from '../../shared/users.ts'
import { recordAudit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { toUser, wallUser } from './principal.ts'
import { endSessions, findById, findByUsername, setPassword } from './queries.ts'
import { hashPassword, isPassword } from './secrets.ts'
import { findWallLinkByKey, markWallLinkUsed } from './wall-links.ts'

export type SignedIn = { user: User } & ({ userId: number } | { wallLinkId: number })

/** Whose name and password these are; null when they are nobody's. Both are in the audit. */
export async function signInByPassword(
  ctx: Context,
  given: { username: string; password: string },
  address: string,
): Promise<SignedIn | null> {
  const account = await findByUsername(ctx.db, given.username)
  if (!(await isPassword(account?.password_hash, given.password)) || !account) {
    await auditSession(ctx, 'session.failed', null, { username: given.username, address })
    return null
  }
  await auditSession(ctx, 'session.opened', account, { address })
  return { user: await toUser(ctx.db, account), userId: account.id }
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
 * Sets a new password and ends every other session of the person. Null when the current password is wrong.
 * @throws Refusal invalid when the new password is the old one.
 */
export async function changePassword(
  ctx: Context,
  user: User,
  given: { current: string; next: string },
  sessionId: string,
): Promise<true | null> {
  const account = await findById(ctx.db, user.id)
  if (!account) throw new Refusal('forbidden', '大屏链接没有密码。A wall link has no password.')
  if (!(await isPassword(account.password_hash, given.current))) return null
  if (given.current === given.next) {
    throw new Refusal(
      'invalid',
      '新密码不能与当前密码相同。The new password must differ from the current one.',
    )
  }
  const passwordHash = await hashPassword(given.next)
  await ctx.db.transaction().execute(async (tx) => {
    await setPassword(tx, user.id, passwordHash)
    await endSessions(tx, { key: 'userId', id: user.id, except: sessionId })
    await recordAudit(tx, {
      at: new Date(ctx.clock.now()),
      actor: user,
      action: 'user.password_changed',
      entity: 'user',
      entityId: user.id,
      detail: {},
    })
  })
  return true
}
