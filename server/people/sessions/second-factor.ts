import { randomInt } from 'node:crypto'
import type { UpdateResult } from 'kysely'
import type { SecondFactorState } from '../../../shared/people/accounts/accounts.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { open, seal } from '../../base/secrets/box.ts'
import { totpPurpose } from '../../base/secrets/stored.ts'
import { type Account, endSessions, findById } from '../accounts/queries.ts'
import { type AuditRecord, recordAudit } from '../audit/record.ts'
import { signInPolicyOf } from './policy.ts'
import { hashKey, isPassword } from './secrets.ts'

/** Of TOTP (RFC 6238), as every authenticator has it. A code is also taken one step early or late. */
const PERIOD_S = 30
const RECOVERY_CODES = 10
const ISSUER = 'Siteward'

/**
 * Whether `code` is this account's: one of its authenticator, or a recovery code. Each is taken once, also when
 * two sign-ins bring it at the same time.
 */
export async function takeCode(ctx: Context, account: Account, code: string): Promise<boolean> {
  const given = code.replace(/[\s-]/g, '').toLowerCase()
  if (!account.totp_secret) return false
  if (!/^\d{6}$/.test(given)) return takeRecoveryCode(ctx, account, given)
  const secret = open(ctx.config.secretKeys, totpPurpose(account.id), account.totp_secret)
  const step = await stepOf(secret, given, ctx.clock.now())
  return step !== null && (await takeStep(ctx.db, account.id, step))
}

/** The time step that a code of `secret` belongs to, of those around now; null when it belongs to none. */
async function stepOf(secret: string, token: string, nowMs: number): Promise<number | null> {
  const epoch = Math.floor(nowMs / 1000)
  const { verify } = await import('otplib')
  const found = await verify({ secret, token, epoch, epochTolerance: PERIOD_S })
  return found.valid ? Math.floor(epoch / PERIOD_S) + found.delta : null
}

async function takeStep(db: Db, userId: number, step: number): Promise<boolean> {
  const taken = await db
    .updateTable('user_account')
    .set({ totp_last_step: step })
    .where('id', '=', userId)
    .where((eb) => eb.or([eb('totp_last_step', 'is', null), eb('totp_last_step', '<', step)]))
    .executeTakeFirst()
  return isOne(taken)
}

async function takeRecoveryCode(ctx: Context, account: Account, code: string): Promise<boolean> {
  const at = new Date(ctx.clock.now())
  return ctx.db.transaction().execute(async (tx) => {
    const taken = await tx
      .updateTable('recovery_code')
      .set({ used_at: at })
      .where('user_id', '=', account.id)
      .where('code_hash', '=', hashKey(code))
      .where('used_at', 'is', null)
      .executeTakeFirst()
    if (!isOne(taken)) return false
    await audit(tx, { at, by: account, action: 'user.recovery_code_used' })
    return true
  })
}

const isOne = (result: UpdateResult) => result.numUpdatedRows === 1n

export async function secondFactorState(ctx: Context, user: User): Promise<SecondFactorState> {
  const row = await ctx.db
    .selectFrom('user_account')
    .select('totp_enabled_at')
    .where('id', '=', user.id)
    .executeTakeFirstOrThrow()
  const { left } = await ctx.db
    .selectFrom('recovery_code')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('user_id', '=', user.id)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  const { secondFactorRoles } = await signInPolicyOf(ctx.db)
  return {
    enabledAt: row.totp_enabled_at?.toISOString() ?? null,
    recoveryCodesLeft: left,
    required: secondFactorRoles.includes(user.role),
  }
}

/**
 * A new secret, to be confirmed by a first code. Null when the password is wrong.
 * @throws Refusal conflict when there is a second factor already.
 */
export async function startSecondFactor(
  ctx: Context,
  user: User,
  password: string,
): Promise<{ secret: string; uri: string; qr: string } | null> {
  const account = await ownAccount(ctx.db, user)
  if (!(await isPassword(account.password_hash, password))) return null
  if (account.totp_enabled_at) throw alreadyOn()
  const [{ generateSecret, generateURI }, { renderSVG }] = await Promise.all([
    import('otplib'),
    import('uqr'),
  ])
  const secret = generateSecret()
  await ctx.db
    .updateTable('user_account')
    .set({ totp_secret: seal(ctx.config.secretKeys, totpPurpose(user.id), secret), totp_last_step: null })
    .where('id', '=', user.id)
    .where('totp_enabled_at', 'is', null)
    .execute()
  const uri = generateURI({ issuer: ISSUER, label: account.username, secret })
  return { secret, uri, qr: renderSVG(uri, { border: 2 }) }
}

/**
 * Switches the second factor on and signs the person out elsewhere. Null when the code is wrong.
 * @throws Refusal conflict when there is one already, or no secret was asked for.
 */
export async function confirmSecondFactor(
  ctx: Context,
  user: User,
  code: string,
  sessionId: string,
): Promise<{ recoveryCodes: string[] } | null> {
  const account = await ownAccount(ctx.db, user)
  if (account.totp_enabled_at) throw alreadyOn()
  if (!account.totp_secret) {
    throw new Refusal('conflict', 'sessions.askSecretFirst')
  }
  if (!/^\d{6}$/.test(code.replace(/\s/g, '')) || !(await takeCode(ctx, account, code))) return null
  const at = new Date(ctx.clock.now())
  const codes = await ctx.db.transaction().execute(async (tx) => {
    await tx.updateTable('user_account').set({ totp_enabled_at: at }).where('id', '=', user.id).execute()
    await endSessions(tx, { key: 'userId', id: user.id, except: sessionId })
    await audit(tx, { at, by: user, action: 'user.second_factor_enabled' })
    return replaceRecoveryCodes(tx, user.id)
  })
  ctx.recheck(user.id)
  return { recoveryCodes: codes }
}

/** Other recovery codes. Null when password or code is wrong. */
export async function newRecoveryCodes(
  ctx: Context,
  user: User,
  proof: { password: string; code: string },
): Promise<{ recoveryCodes: string[] } | null> {
  if (!(await isProven(ctx, user, proof))) return null
  const codes = await ctx.db.transaction().execute(async (tx) => {
    await audit(tx, { at: new Date(ctx.clock.now()), by: user, action: 'user.recovery_codes_replaced' })
    return replaceRecoveryCodes(tx, user.id)
  })
  return { recoveryCodes: codes }
}

/**
 * Switches the second factor off. Null when password or code is wrong.
 * @throws Refusal forbidden where the role must have one.
 */
export async function disableSecondFactor(
  ctx: Context,
  user: User,
  proof: { password: string; code: string },
): Promise<true | null> {
  const { secondFactorRoles } = await signInPolicyOf(ctx.db)
  if (secondFactorRoles.includes(user.role)) {
    throw new Refusal('forbidden', 'sessions.roleMustSecondFactor')
  }
  if (!(await isProven(ctx, user, proof))) return null
  await ctx.db.transaction().execute(async (tx) => {
    await removeSecondFactor(tx, user.id)
    await audit(tx, { at: new Date(ctx.clock.now()), by: user, action: 'user.second_factor_disabled' })
  })
  return true
}

export async function removeSecondFactor(tx: Tx, userId: number): Promise<void> {
  await tx
    .updateTable('user_account')
    .set({ totp_secret: null, totp_enabled_at: null, totp_last_step: null })
    .where('id', '=', userId)
    .execute()
  await tx.deleteFrom('recovery_code').where('user_id', '=', userId).execute()
}

async function isProven(
  ctx: Context,
  user: User,
  proof: { password: string; code: string },
): Promise<boolean> {
  const account = await ownAccount(ctx.db, user)
  if (!account.totp_enabled_at) {
    throw new Refusal('conflict', 'sessions.noSecondFactor')
  }
  return (await isPassword(account.password_hash, proof.password)) && takeCode(ctx, account, proof.code)
}

async function ownAccount(db: Db, user: User): Promise<Account> {
  const account = await findById(db, user.id)
  if (!account) throw new Refusal('unauthenticated', 'common.pleaseSign')
  return account
}

/** Ten letters and digits without look-alikes, about 50 bits: what a person can copy by hand. */
async function replaceRecoveryCodes(tx: Tx, userId: number): Promise<string[]> {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const code = () => Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('')
  const codes = Array.from({ length: RECOVERY_CODES }, code)
  await tx.deleteFrom('recovery_code').where('user_id', '=', userId).execute()
  await tx
    .insertInto('recovery_code')
    .values(codes.map((one) => ({ user_id: userId, code_hash: hashKey(one), used_at: null })))
    .execute()
  return codes.map((one) => `${one.slice(0, 5)}-${one.slice(5)}`)
}

const alreadyOn = () => new Refusal('conflict', 'sessions.secondFactorAlready')

function audit(
  tx: Tx,
  entry: { at: Date; by: { id: number; name: string }; action: AuditRecord['action'] },
): Promise<void> {
  const { at, by, action } = entry
  return recordAudit(tx, { at, actor: by, action, entity: 'user', entityId: by.id, detail: {} })
}
