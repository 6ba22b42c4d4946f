import { sql } from 'kysely'
import type { ChangeWay, FieldValues } from '../../../shared/register/ledger/ledger-rules.ts'
import type { Lifecycle } from '../../../shared/register/sites/sites-rules.ts'
import type { Tx } from '../../base/db/database.ts'

export interface Noted {
  readonly at: Date
  readonly actor: { readonly id: number; readonly name: string }
  readonly via: ChangeWay
  readonly batch: string
  readonly reason: string
}

/** A row in the history of a site about what it has to do with another. @returns the version that came of it */
export async function note(
  tx: Tx,
  siteId: number,
  said: { readonly before: FieldValues; readonly after: FieldValues },
  { at, actor, via, batch, reason }: Noted,
  set: { readonly merged_into?: number | null; readonly lifecycle?: Lifecycle } = {},
): Promise<number> {
  const { version } = await tx
    .updateTable('site')
    .set({ ...set, version: sql<number>`version + 1` })
    .where('id', '=', siteId)
    .returning('version')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('site_change')
    .values({
      ...{ site_id: siteId, version, at, via, batch, reason },
      ...{ actor_id: actor.id, actor_name: actor.name },
      ...{ before: JSON.stringify(said.before), after: JSON.stringify(said.after) },
    })
    .execute()
  return version
}
