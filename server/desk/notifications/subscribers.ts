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

/** Subscriptions that are looked through at once. */
const PAGE = 500
/** Groups that one statement stores. */
const SAVED_AT_ONCE = 500

/** Of these subscriptions those that are served: of people who are not disabled, over channels that are not. */
export async function subscribersById(tx: Tx, ids: readonly number[]): Promise<Map<number, Subscriber>> {
  const rows = await servedRows(tx).where(sql<boolean>`s.id = any(${ids}::int[])`).execute()
  return new Map(rows.map((row) => [row.id, toSubscriber(row)]))
}

/** All that are served, by their number, a page at a time. */
export async function* subscriberPages(tx: Tx): AsyncGenerator<Subscriber[]> {
  for (let after = 0; ; ) {
    const rows = await servedRows(tx).where('s.id', '>', after).orderBy('s.id').limit(PAGE).execute()
    yield rows.map(toSubscriber)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last.id
  }
}

function servedRows(tx: Tx) {
  return tx
    .selectFrom('notification_subscription as s')
    .innerJoin('notification_channel as c', 'c.id', 's.channel_id')
    .leftJoin('user_account as u', 'u.id', 's.user_id')
    .selectAll('s')
    .select(['c.kind', 'c.hourly_cap', 'u.districts as user_districts', 'u.unit_ids as user_units'])
    .where('c.disabled_at', 'is', null)
    .where('u.disabled_at', 'is', null)
}

function toSubscriber(
  row: Awaited<ReturnType<ReturnType<typeof servedRows>['executeTakeFirstOrThrow']>>,
): Subscriber {
  return {
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
  }
}

export type Groups = Map<number, Map<string, GroupState>>

/** All groups of subscriptions. */
export async function groupsOf(tx: Tx, ids: readonly number[]): Promise<Groups> {
  const rows = await tx
    .selectFrom('notification_group')
    .select(['subscription_id', 'place', 'state'])
    .where(sql<boolean>`subscription_id = any(${ids}::int[])`)
    .execute()
  const groups: Groups = new Map(ids.map((id) => [id, new Map()]))
  for (const { subscription_id: id, place, state } of rows) groups.get(id)?.set(place, asNow(state))
  return groups
}

/** Groups of subscriptions at some places of each. */
export async function groupsAt(tx: Tx, places: ReadonlyMap<number, Iterable<string>>): Promise<Groups> {
  const wanted = [...places].flatMap(([id, some]) => [...some].map((place) => ({ id, place })))
  const { rows } = await sql<{ id: number; place: string; state: GroupState }>`
    select w.id, w.place, g.state from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(id int, place text)
    join notification_group g on g.subscription_id = w.id and g.place = w.place
  `.execute(tx)
  const groups: Groups = new Map([...places.keys()].map((id) => [id, new Map()]))
  for (const { id, place, state } of rows) groups.get(id)?.set(place, asNow(state))
  return groups
}

/** What was stored before planned pauses were told says nothing of them. */
const asNow = (state: GroupState): GroupState => ({ ...NO_GROUP, ...state })

/** Stores groups; those with nothing in them are forgotten. */
export async function saveGroups(
  tx: Tx,
  groups: ReadonlyMap<number, ReadonlyMap<string, GroupState>>,
): Promise<void> {
  const all = [...groups].flatMap(([id, places]) =>
    [...places].map(([place, state]) => ({ id, place, state })),
  )
  for (let from = 0; from < all.length; from += SAVED_AT_ONCE) {
    await saveSome(tx, all.slice(from, from + SAVED_AT_ONCE))
  }
}

async function saveSome(
  tx: Tx,
  some: readonly { id: number; place: string; state: GroupState }[],
): Promise<void> {
  const full = some.flatMap((one) =>
    one.state.nextMs === null ? [] : [{ ...one, next_at: new Date(one.state.nextMs) }],
  )
  const empty = some.flatMap(({ id, place, state }) => (state.nextMs === null ? [{ id, place }] : []))
  if (full.length > 0) {
    await sql`
      insert into notification_group (subscription_id, place, state, next_at)
      select id, place, state, next_at
      from jsonb_to_recordset(${JSON.stringify(full)}::jsonb)
        as g(id int, place text, state jsonb, next_at timestamptz)
      on conflict (subscription_id, place) do update set state = excluded.state, next_at = excluded.next_at
    `.execute(tx)
  }
  if (empty.length === 0) return
  await sql`
    delete from notification_group g
    using jsonb_to_recordset(${JSON.stringify(empty)}::jsonb) as e(id int, place text)
    where g.subscription_id = e.id and g.place = e.place
  `.execute(tx)
}
