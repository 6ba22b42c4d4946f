import type { Person } from '../../../shared/base/person.ts'
import type { ChangeWay } from '../../../shared/register/ledger/ledger-rules.ts'
import type { Lifecycle } from '../../../shared/register/sites/sites-rules.ts'
import type { Tx } from '../../base/db/database.ts'

/** What a site has come to be, by whom and how. */
interface Become {
  readonly siteId: number
  readonly lifecycle: Lifecycle
  /** The last day of it, as YYYY-MM-DD; null: for good, or until somebody says otherwise. */
  readonly until: string | null
  readonly via: ChangeWay
  readonly reason: string
  readonly batch: string | null
  readonly actor: Person | null
}

/** What a site is, with its row in the history of the register; none where it is that already. */
export async function become(tx: Tx, to: Become, at: Date): Promise<void> {
  const { siteId, lifecycle, until, via, reason, batch, actor } = to
  const before = await tx
    .selectFrom('site')
    .select(['version', 'lifecycle', 'lifecycle_until'])
    .where('id', '=', siteId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (before.lifecycle === lifecycle && before.lifecycle_until === until) return
  const version = before.version + 1
  await tx
    .updateTable('site')
    .set({ lifecycle, lifecycle_until: until, version })
    .where('id', '=', siteId)
    .execute()
  await tx
    .insertInto('site_change')
    .values({
      ...{ site_id: siteId, version, at, via, reason, batch },
      ...{ actor_id: actor?.id ?? null, actor_name: actor?.name ?? null },
      before: JSON.stringify({ lifecycle: before.lifecycle, lifecycleUntil: before.lifecycle_until }),
      after: JSON.stringify({ lifecycle, lifecycleUntil: until }),
    })
    .execute()
}
