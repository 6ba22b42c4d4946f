import type { SavedView } from '../../../shared/desk/views/views.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'

/** A person's own views of all lists and all shared ones, the shared first, by name. */
export async function listViews(db: Db, user: Principal): Promise<SavedView[]> {
  const rows = await views(db)
    .where((eb) => eb.or([eb('saved_view.shared', '=', true), eb('owner_id', '=', user.id)]))
    .orderBy('saved_view.shared', 'desc')
    .orderBy('saved_view.name')
    .execute()
  return rows.map(toView)
}

/** One view, if this person can see it. */
export async function findView(db: Db, user: Principal, id: number): Promise<SavedView | undefined> {
  const row = await views(db).where('saved_view.id', '=', id).executeTakeFirst()
  return row && (row.shared || row.owner_id === user.id) ? toView(row) : undefined
}

function views(db: Db) {
  return db
    .selectFrom('saved_view')
    .innerJoin('user_account', 'user_account.id', 'saved_view.owner_id')
    .select([
      'saved_view.id',
      'list',
      'saved_view.name',
      'query',
      'shared',
      'owner_id',
      'user_account.name as owner',
    ])
}

interface ViewRow extends Omit<SavedView, 'owner'> {
  owner_id: number
  owner: string
}

function toView({ owner_id, owner, ...view }: ViewRow): SavedView {
  return { ...view, owner: { id: owner_id, name: owner } }
}
