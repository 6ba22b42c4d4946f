import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Api } from '../../../shared/api.ts'
import type { Person } from '../../../shared/base/person.ts'
import type { Account } from '../../../shared/people/accounts/accounts.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { parseCursor } from '../../base/http/paging.ts'
import { networkLockouts } from '../sessions/failures.ts'
import { managedBy } from './manage.ts'
import { scopeOf } from './queries.ts'

type Filter = z.output<Api['accounts']['query']>

/** The accounts that somebody manages, in the order they were made. */
export async function listAccounts(
  ctx: Context,
  by: Principal,
  filter: Filter,
): Promise<{ items: Account[]; total: number; nextCursor: string | null }> {
  const now = new Date(ctx.clock.now())
  let matching = ctx.db
    .selectFrom('user_account as u')
    .leftJoin(networkLockouts(ctx.db, now).as('locked'), 'locked.username', 'u.username')
    .where(managedBy(by, 'u'))
  if (filter.role) matching = matching.where('u.role', '=', filter.role)
  if (filter.state === 'disabled') matching = matching.where('u.disabled_at', 'is not', null)
  if (filter.state === 'active') matching = matching.where('u.disabled_at', 'is', null)
  if (filter.state === 'locked') matching = matching.where('locked.until', 'is not', null)
  if (filter.q) matching = matching.where(contains(filter.q))
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const after = parseCursor(filter.cursor)
  const rows = await (after === undefined ? matching : matching.where('u.id', '>', after))
    .selectAll('u')
    .select([
      unitsOf.as('units'),
      'locked.until as locked_until',
      sessionsOf.as('sessions'),
      tokensOf(now).as('tokens'),
    ])
    .orderBy('u.id')
    .limit(filter.limit + 1)
    .execute()
  const items = rows.slice(0, filter.limit).map(toAccount)
  return { items, total, nextCursor: rows.length > items.length ? String(items.at(-1)?.id) : null }
}

const unitsOf = sql<Person[]>`(select coalesce(json_agg(json_build_object('id', unit.id, 'name', unit.name)
  order by array_position(u.unit_ids, unit.id)), '[]') from unit where unit.id = any(u.unit_ids))`
const sessionsOf = sql<number>`(select count(*) from session
  where sess->>'userId' = u.id::text and expire > now())`
const tokensOf = (now: Date) => sql<number>`(select count(*) from api_token
  where user_id = u.id and revoked_at is null and (expires_at is null or expires_at > ${now}))`

/** What was typed stands for itself: `%` and `_` are no wildcards. */
function contains(text: string): RawBuilder<boolean> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`(u.username ilike ${pattern} or u.name ilike ${pattern} 
    or exists (select from unit where unit.id = any(u.unit_ids) and unit.name ilike ${pattern}))`
}

function toAccount(row: {
  id: number
  username: string
  name: string
  role: Account['role']
  districts: string[]
  unit_ids: number[]
  units: Person[]
  phone: string
  mobile: string
  mail: string
  created_at: Date
  last_sign_in_at: Date | null
  disabled_at: Date | null
  must_change_password: boolean
  totp_enabled_at: Date | null
  oidc_subject: string | null
  demo: boolean
  sessions: number
  tokens: number
  locked_until: Date | null
}): Account {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    role: row.role,
    scope: scopeOf(row),
    units: row.units,
    phone: row.phone,
    mobile: row.mobile,
    mail: row.mail,
    createdAt: row.created_at.toISOString(),
    lastSignInAt: row.last_sign_in_at?.toISOString() ?? null,
    disabledAt: row.disabled_at?.toISOString() ?? null,
    mustChangePassword: row.must_change_password,
    secondFactor: row.totp_enabled_at !== null,
    provider: row.oidc_subject !== null,
    demo: row.demo,
    sessions: row.sessions,
    tokens: row.tokens,
    lockedUntil: row.locked_until?.toISOString() ?? null,
  }
}
