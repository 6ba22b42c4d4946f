import { sql } from 'kysely'
import type { Language } from '../../../shared/base/words/language.ts'
import type { ChannelKind } from '../../../shared/desk/notifications/notifications.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Tx } from '../../base/db/database.ts'
import { scopeOf } from '../../people/accounts/queries.ts'
import { type GroupState, NO_GROUP, type Want } from './delivery/group.ts'

/** A subscription as it is served. */
export interface Subscriber {
  readonly id: number
  readonly channelId: number
  readonly channelKind: ChannelKind
  readonly hourlyCap: number
  readonly userId: number | null
  readonly district: string | null
  readonly address: string
  readonly language: Language
  readonly sinceSeq: number
  readonly want: Want
  /** Its own scope and, of a person's, what that person may see now: all of them must hold. */
  readonly scopes: readonly Scope[]
  /** A person of a unit, who is told of its rectifications one by one. */
  readonly isOfUnit: boolean
}

/** Subscriptions that are served: of people who are not disabled, over channels that are not. */
export async function subscribersById(
  tx: Tx,
  ids: readonly number[] | 'all',
): Promise<Map<number, Subscriber>> {
  const rows = await tx
    .selectFrom('notification_subscription as s')
    .innerJoin('notification_channel as c', 'c.id', 's.channel_id')
    .leftJoin('user_account as u', 'u.id', 's.user_id')
    .selectAll('s')
    .select(['c.kind', 'c.hourly_cap', 'u.districts as user_districts', 'u.unit_ids as user_units'])
    .where('c.disabled_at', 'is', null)
    .where((eb) => eb.or([eb('s.user_id', 'is', null), eb('u.disabled_at', 'is', null)]))
    .$if(ids !== 'all', (query) => query.where(sql<boolean>`s.id = any(${ids as number[]}::int[])`))
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        channelId: row.channel_id,
        channelKind: row.kind,
        hourlyCap: row.hourly_cap,
        userId: row.user_id,
        district: row.district,
        address: row.address,
        language: row.language,
        sinceSeq: row.since_seq,
        want: {
          severities: row.severities,
          rules: row.rules,
          events: row.events,
          quiet: row.quiet,
          breakThrough: row.break_through,
          timings: row.timings,
        },
        isOfUnit: (row.user_units ?? []).length > 0,
        scopes: [
          row.scope,
          ...(row.user_id === null
            ? []
            : [scopeOf({ districts: row.user_districts ?? [], unit_ids: row.user_units ?? [] })]),
        ],
      },
    ]),
  )
}

export type Groups = Map<number, Map<string, GroupState>>

/** All groups of these subscriptions, by subscription and place. */
export async function groupsOf(tx: Tx, ids: readonly number[]): Promise<Groups> {
  const rows = await tx
    .selectFrom('notification_group')
    .select(['subscription_id', 'place', 'state'])
    .where(sql<boolean>`subscription_id = any(${ids}::int[])`)
    .execute()
  const groups: Groups = new Map(ids.map((id) => [id, new Map()]))
  // What was stored before planned pauses were told says nothing of them.
  for (const row of rows) groups.get(row.subscription_id)?.set(row.place, { ...NO_GROUP, ...row.state })
  return groups
}

/** Stores groups; those with nothing in them are forgotten. */
export async function saveGroups(
  tx: Tx,
  groups: ReadonlyMap<number, ReadonlyMap<string, GroupState>>,
): Promise<void> {
  const all = [...groups].flatMap(([id, places]) =>
    [...places].map(([place, state]) => ({ id, place, state })),
  )
  const full = all.filter(({ state }) => state.nextMs !== null)
  const empty = all.filter(({ state }) => state.nextMs === null)
  if (full.length > 0) {
    const rows = full.map(({ id, place, state }) => ({
      subscription_id: id,
      place,
      state: JSON.stringify(state),
      next_at: new Date(state.nextMs ?? 0),
    }))
    await tx
      .insertInto('notification_group')
      .values(rows)
      .onConflict((on) =>
        on.columns(['subscription_id', 'place']).doUpdateSet((eb) => ({
          state: eb.ref('excluded.state'),
          next_at: eb.ref('excluded.next_at'),
        })),
      )
      .execute()
  }
  if (empty.length === 0) return
  const gone = JSON.stringify(empty.map(({ id, place }) => ({ id, place })))
  await sql`
    delete from notification_group g using jsonb_to_recordset(${gone}::jsonb) as e(id int, place text)
    where g.subscription_id = e.id and g.place = e.place
  `.execute(tx)
}
