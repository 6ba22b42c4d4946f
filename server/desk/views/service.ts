import { sql } from 'kysely'
import type { NewView, SavedView } from '../../../shared/desk/views/views.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import { type AuditRecord, recordAudit } from '../../people/audit/record.ts'
import { findView } from './queries.ts'

/** So many views of one person at most. */
const MOST_OWN = 50

/** Saves filters of a list under a name; the same name again replaces its view. @throws Refusal forbidden, invalid */
export async function saveView(ctx: Context, user: Principal, view: NewView): Promise<SavedView> {
  if (view.shared) requireSharing(user)
  return ctx.db.transaction().execute(async (tx) => {
    const query = JSON.stringify(view.query)
    const { id } = await tx
      .insertInto('saved_view')
      .values({ ...view, query, owner_id: user.id, created_at: new Date(ctx.clock.now()) })
      .onConflict((on) =>
        view.shared
          ? on.columns(['list', 'name']).where('shared', '=', sql.lit(true)).doUpdateSet({ query })
          : on
              .columns(['owner_id', 'list', 'name'])
              .where('shared', '=', sql.lit(false))
              .doUpdateSet({ query }),
      )
      .returning('id')
      .executeTakeFirstOrThrow()
    const { count } = await tx
      .selectFrom('saved_view')
      .where('owner_id', '=', user.id)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (count > MOST_OWN) {
      throw new Refusal('invalid', 'views.canSaveViewsMost', { values: { mostOwn: MOST_OWN } })
    }
    await recordAudit(tx, audit(ctx, user, 'view.saved', id, { ...view }))
    const saved = await findView(tx, user, id)
    if (!saved) throw new Error(`view ${id} is gone`)
    return saved
  })
}

/** Deletes an own view, or a shared one. @throws Refusal not_found, forbidden */
export async function deleteView(ctx: Context, user: Principal, id: number): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const view = await findView(tx, user, id)
    if (!view) throw new Refusal('not_found', 'views.noSuchView')
    if (view.shared) requireSharing(user)
    await tx.deleteFrom('saved_view').where('id', '=', id).execute()
    await recordAudit(
      tx,
      audit(ctx, user, 'view.deleted', id, { list: view.list, name: view.name, shared: view.shared }),
    )
  })
}

function audit(
  ctx: Context,
  user: Principal,
  action: AuditRecord['action'],
  entityId: number,
  detail: object,
): AuditRecord {
  return {
    at: new Date(ctx.clock.now()),
    actor: user,
    action,
    entity: 'view',
    entityId,
    detail: { ...detail },
  }
}

function requireSharing(user: Principal): void {
  if (!may(user, 'view.share')) {
    throw new Refusal('forbidden', 'views.mayNotManageSharedViews')
  }
}
