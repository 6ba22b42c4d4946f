import { type RawBuilder, sql } from 'kysely'
import type { Person } from '../../../shared/base/person.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import type { Located, Principal, UserListItem } from '../../../shared/people/rights/rights.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { scopeOf } from '../../people/accounts/queries.ts'

/** People who may see an alert, and so can be mentioned: the city's own, its district's, its unit's. */
export async function peopleWhoSee(db: Db, where: Located): Promise<UserListItem[]> {
  const rows = await db
    .selectFrom('user_account')
    .select(['id', 'name', 'role', 'districts', 'unit_ids'])
    .where('disabled_at', 'is', null)
    .where(sees(where))
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.name, role: row.role, scope: scopeOf(row) }))
}

/** The SQL side of `covers`, from the other end: accounts whose scope has this place. */
function sees({ district, unitId }: Located): RawBuilder<boolean> {
  return sql<boolean>`((districts = '{}' and unit_ids = '{}')
    or ${district}::text = any(districts) or ${unitId}::int = any(unit_ids))`
}

/**
 * Notes whom a comment mentions.
 * @returns them, each once. @throws Refusal invalid when one of them cannot see the alert.
 */
export async function mention(
  tx: Tx,
  by: Principal,
  alert: Alert,
  userIds: readonly number[],
  now: number,
): Promise<Person[]> {
  const wanted = new Set(userIds)
  if (wanted.size === 0) return []
  const people = (await peopleWhoSee(tx, alert)).filter((person) => wanted.has(person.id))
  if (people.length < wanted.size) {
    throw new Refusal('invalid', 'alerts.somebodyMentionedCannotSeeAlert')
  }
  const rows = people.map(({ id }) => ({ alert_id: alert.id, user_id: id, by_id: by.id, at: new Date(now) }))
  await tx.insertInto('alert_mention').values(rows).execute()
  return people.map(({ id, name }) => ({ id, name }))
}
