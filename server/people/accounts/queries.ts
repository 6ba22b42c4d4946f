import { type RawBuilder, type Selectable, sql } from 'kysely'
import {
  districtsOf,
  type Scope,
  scopeOver,
  type UserListItem,
  unitIdsOf,
} from '../../../shared/people/rights/rights.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { nameMatches } from '../../base/search/letters.ts'
import type { UserTable } from './tables.ts'

/** A person as the database knows one, who is not disabled. */
export type Account = Pick<
  Selectable<UserTable>,
  | 'id'
  | 'username'
  | 'name'
  | 'role'
  | 'districts'
  | 'unit_ids'
  | 'password_hash'
  | 'must_change_password'
  | 'totp_secret'
  | 'totp_enabled_at'
> & {
  /** The role needs a second factor, and there is none. */
  must_enrol: boolean
}
const ACCOUNT = [
  'user_account.id',
  'user_account.username',
  'user_account.name',
  'user_account.role',
  'user_account.districts',
  'user_account.unit_ids',
  'user_account.password_hash',
  'user_account.must_change_password',
  'user_account.totp_secret',
  'user_account.totp_enabled_at',
  sql<boolean>`totp_enabled_at is null and coalesce(
    (select value ? role from setting where key = 'second_factor_roles'), false)`.as('must_enrol'),
] as const

/** Usernames are stored in lower case. Disabled people are not found. */
export function findByUsername(db: Db, username: string): Promise<Account | undefined> {
  return db
    .selectFrom('user_account')
    .select(ACCOUNT)
    .where('username', '=', username.trim().toLowerCase())
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
}

export function findById(db: Db, id: number): Promise<Account | undefined> {
  return db
    .selectFrom('user_account')
    .select(ACCOUNT)
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
}

/** Who is tied to this person of a sign-in provider, disabled or not. */
export function findByProvider(db: Db, issuer: string, subject: string): Promise<{ id: number } | undefined> {
  return db
    .selectFrom('user_account')
    .select('id')
    .where('oidc_issuer', '=', issuer)
    .where('oidc_subject', '=', subject)
    .executeTakeFirst()
}

/** Whose API token this is, unless it was revoked; it may have expired. */
export async function findByToken(
  db: Db,
  tokenHash: string,
): Promise<
  | (Account & {
      token_id: number
      last_used_at: Date | null
      expires_at: Date | null
      read_only: boolean
      token_scope: Scope | null
    })
  | undefined
> {
  const row = await db
    .selectFrom('api_token')
    .innerJoin('user_account', 'user_account.id', 'api_token.user_id')
    .select([
      ...ACCOUNT,
      'api_token.id as token_id',
      'api_token.last_used_at',
      'api_token.expires_at',
      'api_token.read_only',
      'api_token.districts as token_districts',
      'api_token.unit_ids as token_units',
    ])
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const { token_districts: districts, token_units: unit_ids, ...found } = row
  const isNarrow = districts.length > 0 || unit_ids.length > 0
  return { ...found, token_scope: isNarrow ? scopeOf({ districts, unit_ids }) : null }
}

export async function markTokenUsed(db: Db, id: number, now: Date): Promise<void> {
  await db.updateTable('api_token').set({ last_used_at: now }).where('id', '=', id).execute()
}

export async function setPassword(tx: Tx, id: number, passwordHash: string): Promise<void> {
  await tx
    .updateTable('user_account')
    .set({ password_hash: passwordHash, must_change_password: false })
    .where('id', '=', id)
    .execute()
}

/** Ends the sessions of a person or a wall link, but for the one named. @returns how many */
export async function endSessions(
  tx: Tx,
  whose: { key: 'userId' | 'wallLinkId'; id: number; except?: string },
): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('session')
    .where(sql<boolean>`sess->>${sql.lit(whose.key)} = ${String(whose.id)}`)
    .where('sid', '<>', whose.except ?? '')
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Revokes the API tokens of a person that still hold. @returns how many */
export async function endTokens(tx: Tx, userId: number, at: Date): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('api_token')
    .set({ revoked_at: at })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export interface UserFilter {
  /** Only people who can be given work: not those who look on or run the installation. */
  assignable: boolean
  /** Only people who work on this district's sites. */
  district: string | undefined
  /** A part of the name, or of its pinyin. */
  q?: string | undefined
}

/**
 * People whom somebody with `scope` deals with: the city's own (working group, monitor), and those of the
 * same district or unit.
 */
export async function listUsers(db: Db, scope: Scope, filter: UserFilter): Promise<UserListItem[]> {
  let query = db
    .selectFrom('user_account as u')
    .select(['u.id', 'u.name', 'u.role', 'u.districts', 'u.unit_ids'])
    .where('u.disabled_at', 'is', null)
    .where(dealtWith(scope))
    .orderBy(sql`array_position(array['workgroup', 'vendor', 'district', 'unit', 'admin', 'viewer'], u.role)`)
    .orderBy('u.id')
  if (filter.assignable) query = query.where('u.role', 'in', ['workgroup', 'vendor', 'district', 'unit'])
  if (filter.district !== undefined) query = query.where(worksOn([filter.district]))
  if (filter.q) query = query.where((await nameMatches(db, filter.q))('u.name'))
  const rows = await query.execute()
  return rows.map((row) => ({ id: row.id, name: row.name, role: row.role, scope: scopeOf(row) }))
}

/** Of `user_account u`: the people whom somebody with that scope deals with. */
export function dealtWith(scope: Scope): RawBuilder<boolean> {
  if (scope.kind === 'city') return sql<boolean>`true`
  if (scope.kind === 'district') return worksOn(districtsOf(scope))
  const unitIds = [...unitIdsOf(scope)]
  return sql<boolean>`(u.unit_ids && ${unitIds}::int[] or (u.unit_ids = '{}' and (u.districts = '{}'
    or exists (select from unit where unit.id = any(${unitIds}::int[]) and unit.district = any(u.districts)))))`
}

/** People of the whole city, of the districts' offices and of their units. */
function worksOn(districts: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`((u.districts = '{}' and u.unit_ids = '{}') or u.districts && ${[...districts]}::text[]
    or exists (select from unit where unit.id = any(u.unit_ids) and unit.district = any(${[...districts]}::text[])))`
}

/** The part of the city that an account is for. */
export function scopeOf(row: { districts: readonly string[]; unit_ids: readonly number[] }): Scope {
  return scopeOver(row.districts, row.unit_ids)
}
