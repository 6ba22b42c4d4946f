import type { Updateable } from 'kysely'
import type { Language } from '../../../shared/base/words/language.ts'
import type {
  EditedUser,
  NewUser,
  Principal,
  Scope,
  UserListItem,
} from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { type AuditRecord, recordAudit } from '../audit/record.ts'
import { removeSecondFactor } from '../sessions/second-factor.ts'
import { hashPassword, newPassword } from '../sessions/secrets.ts'
import { refuseUnlessManages, requireManaged } from './manage.ts'
import { placeColumns, placesGiven, refuseUnknownPlace } from './places.ts'
import { endSessions, endTokens, scopeOf } from './queries.ts'
import type { UserTable } from './tables.ts'

declare module '../../base/context.ts' {
  interface After {
    /** Accounts are new; part of the transaction that makes them. `now`: epoch ms. */
    accountsMade(tx: Tx, userIds: readonly number[], now: number): Promise<void>
    /** An account sees another part of the city from now on. `now`: epoch ms. */
    accountMoved(tx: Tx, userId: number, from: Scope, to: Scope, now: number): Promise<void>
    /** An account that was disabled is let in again; part of the transaction that does it. `now`: epoch ms. */
    accountEnabled(tx: Tx, userId: number, now: number): Promise<void>
    /** Asked of the settings: what a new account reads until it says otherwise. */
    usualLanguage(): Language
  }
}

/**
 * Makes an account. Its password works for one sign-in, at which it must be changed, and is known only now.
 * @throws Refusal invalid (no such district or unit), conflict (the username is taken)
 */
export async function createUser(
  ctx: Context,
  by: Principal,
  given: NewUser,
): Promise<{ user: UserListItem; password: string }> {
  const password = newPassword()
  const passwordHash = await hashPassword(password)
  const at = new Date(ctx.clock.now())
  const user = await ctx.db.transaction().execute((tx) => insertAccount(ctx, tx, by, given, passwordHash, at))
  if (!user) throw await usernameTaken(ctx, given.username)
  return { user, password }
}

/**
 * Stores a new account with the subscriptions of its role; part of the caller's transaction.
 * @returns null when the username is taken. @throws Refusal invalid, forbidden
 */
export async function insertAccount(
  ctx: Pick<Context, 'after'>,
  tx: Tx,
  by: Principal,
  given: NewUser,
  passwordHash: string,
  at: Date,
): Promise<UserListItem | null> {
  const places = placesGiven(given)
  await refuseUnknownPlace(tx, places)
  await refuseUnlessManages(tx, by, given.role, places)
  const row = await tx
    .insertInto('user_account')
    .values({
      username: given.username,
      name: given.name,
      role: given.role,
      ...placeColumns(places),
      ...waysGiven(given),
      password_hash: passwordHash,
      must_change_password: true,
      language: ctx.after.usualLanguage(),
      demo: false,
      created_at: at,
    })
    .onConflict((on) => on.column('username').doNothing())
    .returning(['id', 'name', 'role', 'districts', 'unit_ids'])
    .executeTakeFirst()
  if (!row) return null
  await ctx.after.accountsMade(tx, [row.id], at.getTime())
  await audit(tx, { at, by, action: 'user.created', id: row.id, detail: { ...given } })
  return { id: row.id, name: row.name, role: row.role, scope: scopeOf(row) }
}

/** The ways to somebody that a form names. */
const waysGiven = ({ phone, mobile, mail }: EditedUser) => ({
  ...(phone !== undefined && { phone }),
  ...(mobile !== undefined && { mobile }),
  ...(mail !== undefined && { mail }),
})

/**
 * Changes name, role and scope. Whoever is signed in has the new rights at the next request; sockets are cut.
 * @throws Refusal invalid (no such district or unit, the last administrator), not_found
 */
export async function editUser(
  ctx: Context,
  by: Principal,
  id: number,
  given: EditedUser,
): Promise<UserListItem> {
  const at = new Date(ctx.clock.now())
  const user = await ctx.db.transaction().execute((tx) => changeAccount(ctx, tx, by, id, given, at))
  ctx.recheck(id)
  return user
}

/** The same as a part of the caller's transaction, who then lets rights be checked anew. @throws as `editUser` */
export async function changeAccount(
  ctx: Pick<Context, 'after'>,
  tx: Tx,
  by: Principal,
  id: number,
  given: EditedUser,
  at: Date,
): Promise<UserListItem> {
  const places = placesGiven(given)
  await refuseUnknownPlace(tx, places)
  await requireManaged(tx, by, id)
  await refuseUnlessManages(tx, by, given.role, places)
  if (given.role !== 'admin') await refuseIfLastAdministrator(tx, id)
  const before = await tx.selectFrom('user_account').select(ABOUT).where('id', '=', id).executeTakeFirst()
  if (!before) throw noSuchAccount()
  const row = await tx
    .updateTable('user_account')
    .set({ name: given.name, role: given.role, ...placeColumns(places), ...waysGiven(given) })
    .where('id', '=', id)
    .returning(['id', ...ABOUT])
    .executeTakeFirstOrThrow()
  await ctx.after.accountMoved(tx, id, scopeOf(before), scopeOf(row), at.getTime())
  await audit(tx, { at, by, action: 'user.changed', id, detail: { ...given, before } })
  return { id: row.id, name: row.name, role: row.role, scope: scopeOf(row) }
}
const ABOUT = ['name', 'role', 'districts', 'unit_ids', 'phone', 'mobile', 'mail'] as const

/**
 * Gives somebody a new first password and ends their sessions and API tokens; also brings back who was disabled.
 * @throws Refusal not_found
 */
export async function resetPassword(ctx: Context, by: Principal, id: number): Promise<{ password: string }> {
  const password = newPassword()
  const passwordHash = await hashPassword(password)
  await change(ctx, by, id, 'user.password_reset', {
    password_hash: passwordHash,
    must_change_password: true,
    disabled_at: null,
  })
  return { password }
}

/** Ends an account. @throws Refusal not_found, invalid (one's own, or the last administrator's) */
export async function disableUser(ctx: Context, by: Principal, id: number): Promise<void> {
  if (id === by.id) throw new Refusal('invalid', 'accounts.cannotDisableOwnAccount')
  await change(ctx, by, id, 'user.disabled', { disabled_at: new Date(ctx.clock.now()) })
}

/** Lets somebody in again. @throws Refusal not_found */
export async function enableUser(ctx: Context, by: Principal, id: number): Promise<void> {
  await change(ctx, by, id, 'user.enabled', { disabled_at: null })
}

/** For somebody who has lost the authenticator and the recovery codes. @throws Refusal not_found */
export async function resetSecondFactor(ctx: Context, by: Principal, id: number): Promise<void> {
  await change(ctx, by, id, 'user.second_factor_reset', { totp_secret: null, totp_enabled_at: null })
}

/** Forgets who this is at the sign-in provider. @throws Refusal not_found */
export async function unlinkProvider(ctx: Context, by: Principal, id: number): Promise<void> {
  await change(ctx, by, id, 'user.provider_unlinked', { oidc_issuer: null, oidc_subject: null })
}

const isDisabled = async (tx: Tx, id: number): Promise<boolean> =>
  (await tx
    .selectFrom('user_account')
    .select('id')
    .where('id', '=', id)
    .where('disabled_at', 'is not', null)
    .forNoKeyUpdate()
    .executeTakeFirst()) !== undefined

/** Every one of these ends the sessions: whoever is signed in came in by what no longer holds. */
async function change(
  ctx: Context,
  by: Principal,
  id: number,
  action: AuditRecord['action'],
  values: Updateable<UserTable>,
): Promise<void> {
  const at = new Date(ctx.clock.now())
  await ctx.db.transaction().execute(async (tx) => {
    await requireManaged(tx, by, id)
    if (values.disabled_at) await refuseIfLastAdministrator(tx, id)
    const isBack = values.disabled_at === null && (await isDisabled(tx, id))
    const row = await tx
      .updateTable('user_account')
      .set(values)
      .where('id', '=', id)
      .returning('username')
      .executeTakeFirst()
    if (!row) throw noSuchAccount()
    if (isBack) await ctx.after.accountEnabled(tx, id, at.getTime())
    if (values.totp_secret === null) await removeSecondFactor(tx, id)
    await endSessions(tx, { key: 'userId', id })
    // Whoever knew the old password may have made a token.
    const ended = values.password_hash === undefined ? {} : { tokensEnded: await endTokens(tx, id, at) }
    await audit(tx, { at, by, action, id, detail: { username: row.username, ...ended } })
  })
  ctx.recheck(id)
}

/** Two administrators who do this to each other at the same time wait for each other here. */
async function refuseIfLastAdministrator(tx: Tx, id: number): Promise<void> {
  const admins = await tx
    .selectFrom('user_account')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  if (admins.length === 1 && admins[0]?.id === id) {
    throw new Refusal('invalid', 'accounts.lastAdministrator')
  }
}

const noSuchAccount = () => new Refusal('not_found', 'accounts.noSuchAccount')

async function usernameTaken(ctx: Context, username: string): Promise<Refusal> {
  const current = await ctx.db
    .selectFrom('user_account')
    .select(['id', 'name', 'disabled_at'])
    .where('username', '=', username)
    .executeTakeFirst()
  return new Refusal('conflict', 'accounts.usernameTaken', {
    values: { username },
    current: current && { id: current.id, name: current.name, disabled: current.disabled_at !== null },
  })
}

function audit(
  tx: Tx,
  entry: {
    at: Date
    by: Principal
    action: AuditRecord['action']
    id: number
    detail: Record<string, unknown>
  },
): Promise<void> {
  const { at, by, action, id, detail } = entry
  return recordAudit(tx, { at, actor: by, action, entity: 'user', entityId: id, detail })
}
