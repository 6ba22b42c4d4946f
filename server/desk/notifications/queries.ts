import { type RawBuilder, sql } from 'kysely'
import type {
  Channel,
  Delivery,
  DeliveryState,
  InboxMessage,
  Subscription,
} from '../../../shared/desk/notifications/notifications.ts'
import { districtsOf, may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { openChannel } from '../../base/secrets/stored.ts'
import { withoutKey } from './channels/secrets.ts'

/** Every channel, the inbox first; where they lead only for who manages them. */
export async function listChannels(
  { db, config }: Pick<Context, 'db' | 'config'>,
  user: Principal,
  id?: number,
): Promise<Channel[]> {
  const isManager = may(user, 'channel.manage')
  const rows = await db
    .selectFrom('notification_channel as c')
    .selectAll('c')
    .select([
      sql<number>`(select count(*)::int from notification_delivery d where d.channel_id = c.id
        and d.state in ('held', 'waiting', 'retrying'))`.as('waiting'),
      sql<number>`(select count(*)::int from notification_delivery d where d.channel_id = c.id
        and d.state = 'dead')`.as('dead'),
      sql<Date | null>`(select max(sent_at) from notification_delivery d where d.channel_id = c.id)`.as(
        'last_sent_at',
      ),
      sql<Channel['lastAnswer']>`(select answer from notification_delivery d where d.channel_id = c.id
        and d.tried_at is not null order by d.tried_at desc limit 1)`.as('last_answer'),
    ])
    .$if(id !== undefined, (query) => query.where('c.id', '=', id ?? 0))
    .orderBy('c.id')
    .execute()
  return rows.map((row) => {
    const secrets = openChannel(config.secretKeys, row.secrets)
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      hourlyCap: row.hourly_cap,
      mail: isManager ? row.mail : null,
      address: isManager ? (row.mail ? `${row.mail.host}:${row.mail.port}` : withoutKey(secrets.url)) : '',
      hasSecret: Boolean(secrets.secret || secrets.password),
      disabledAt: row.disabled_at?.toISOString() ?? null,
      version: row.version,
      waiting: row.waiting,
      dead: row.dead,
      lastSentAt: row.last_sent_at?.toISOString() ?? null,
      lastAnswer: isManager ? row.last_answer : null,
    }
  })
}

/** Subscriptions that somebody may see: the own, those of the own district, and all for who manages channels. */
export async function listSubscriptions(db: Db, user: Principal, id?: number): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('notification_subscription as s')
    .leftJoin('user_account as u', 'u.id', 's.user_id')
    .leftJoin('district', 'district.code', 's.district')
    .selectAll('s')
    .select(['u.name as user_name', 'district.name as district_name'])
    .where(seenBy(user, 's'))
    .$if(id !== undefined, (query) => query.where('s.id', '=', id ?? 0))
    .orderBy('s.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    owner:
      row.user_id !== null
        ? { kind: 'person', userId: row.user_id }
        : row.district !== null
          ? { kind: 'district', district: row.district }
          : { kind: 'city' },
    ownerName: row.user_name ?? row.district_name ?? '',
    channelId: row.channel_id,
    address: row.address,
    scope: row.scope,
    severities: row.severities,
    rules: row.rules,
    events: row.events,
    quiet: row.quiet,
    breakThrough: row.break_through,
    language: row.language,
    timings: row.timings,
    version: row.version,
  }))
}

export interface DeliveryFilter {
  readonly state?: DeliveryState | undefined
  readonly channelId?: number | undefined
  readonly before?: number | undefined
  readonly limit: number
}

/** Messages that somebody may see, newest first. */
export async function listDeliveries(
  db: Db,
  user: Principal,
  filter: DeliveryFilter,
): Promise<{ items: Delivery[]; total: number }> {
  const rows = await deliveryRows(db)
    .where(deliveriesOf(user, filter))
    .$if(filter.before !== undefined, (query) => query.where('d.id', '<', filter.before ?? 0))
    .orderBy('d.id', 'desc')
    .limit(filter.limit)
    .execute()
  const { total } = await db
    .selectFrom('notification_delivery as d')
    .where(deliveriesOf(user, filter))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map(toDelivery), total }
}

export async function findDelivery(db: Db, user: Principal, id: number): Promise<Delivery | null> {
  const row = await deliveryRows(db).where('d.id', '=', id).where(seenBy(user, 'd')).executeTakeFirst()
  return row ? toDelivery(row) : null
}

/** The inbox of one person, newest first. */
export async function listInbox(
  db: Db,
  userId: number,
  page: { limit: number; before?: number | undefined },
): Promise<{ items: InboxMessage[]; total: number; unread: number }> {
  const mine = db
    .selectFrom('notification_delivery as d')
    .innerJoin('notification_channel as c', 'c.id', 'd.channel_id')
    .where('c.kind', '=', sql.lit('inbox'))
    .where('d.user_id', '=', userId)
    .where('d.state', '=', sql.lit('sent'))
  const rows = await mine
    .select(['d.id', 'd.sent_at', 'd.created_at', 'd.read_at', 'd.notice'])
    .$if(page.before !== undefined, (query) => query.where('d.id', '<', page.before ?? 0))
    .orderBy('d.id', 'desc')
    .limit(page.limit)
    .execute()
  const counts = await mine
    .select([
      sql<number>`count(*)::int`.as('total'),
      sql<number>`(count(*) filter (where d.read_at is null))::int`.as('unread'),
    ])
    .executeTakeFirstOrThrow()
  const items = rows.map((row) => ({
    id: row.id,
    at: (row.sent_at ?? row.created_at).toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
    notice: row.notice,
  }))
  return { items, ...counts }
}

/** Rows with `user_id` and `district` that are somebody's own, the own district's, or anybody's for a manager. */
export function seenBy(user: Principal, table: string): RawBuilder<boolean> {
  if (may(user, 'channel.manage')) {
    return sql<boolean>`(${sql.ref(`${table}.user_id`)} is null or ${sql.ref(`${table}.user_id`)} = ${user.id}
      or ${sql.ref(`${table}.channel_id`)} in (select id from notification_channel where kind <> 'inbox'))`
  }
  const own = sql<boolean>`${sql.ref(`${table}.user_id`)} = ${user.id}`
  if (!may(user, 'subscription.district') || districtsOf(user.scope).length === 0) return own
  return sql<boolean>`(${own} or (${sql.ref(`${table}.user_id`)} is null
    and ${sql.ref(`${table}.district`)} = any(${[...districtsOf(user.scope)]}::text[])))`
}

function deliveriesOf(user: Principal, { state, channelId }: DeliveryFilter): RawBuilder<boolean> {
  return sql<boolean>`${sql.join(
    [
      seenBy(user, 'd'),
      ...(state === undefined ? [] : [sql`d.state = ${state}`]),
      ...(channelId === undefined ? [] : [sql`d.channel_id = ${channelId}`]),
    ],
    sql` and `,
  )}`
}

function deliveryRows(db: Db) {
  return db
    .selectFrom('notification_delivery as d')
    .innerJoin('notification_channel as c', 'c.id', 'd.channel_id')
    .leftJoin('user_account as u', 'u.id', 'd.user_id')
    .selectAll('d')
    .select(['c.name as channel_name', 'c.kind as channel_kind', 'u.name as user_name'])
}

type DeliveryRow = Awaited<ReturnType<ReturnType<typeof deliveryRows>['executeTakeFirstOrThrow']>>

function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    channelId: row.channel_id,
    channelName: row.channel_name,
    channelKind: row.channel_kind,
    recipient: row.user_id === null ? null : { id: row.user_id, name: row.user_name ?? '' },
    address: row.address,
    notice: row.notice,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    attempts: row.attempts,
    nextAt: row.next_at?.toISOString() ?? null,
    sentAt: row.sent_at?.toISOString() ?? null,
    answer: row.answer,
  }
}
