import { parseConfig } from '../../../server/base/config.ts'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { factOf } from '../../../server/desk/alerts/facts.ts'
import { alertsById } from '../../../server/desk/alerts/queries.ts'
import { changeChannel, createChannel } from '../../../server/desk/notifications/channels/channels.ts'
import { createOutlet } from '../../../server/desk/notifications/channels/outlet.ts'
import { deliver, type Outcome } from '../../../server/desk/notifications/delivery/deliver.ts'
import { dispatch } from '../../../server/desk/notifications/delivery/dispatch.ts'
import { listDeliveries } from '../../../server/desk/notifications/queries.ts'
import { createSubscription } from '../../../server/desk/notifications/subscriptions.ts'
import { ALERT_RULES, type Alert, SEVERITIES } from '../../../shared/desk/alerts/alerts.ts'
import type { AlertFactKind } from '../../../shared/desk/alerts/facts.ts'
import {
  type ChannelChange,
  type ChannelInput,
  DEFAULT_TIMINGS,
  type Delivery,
  NOTICE_EVENTS,
  type SubscriptionInput,
} from '../../../shared/desk/notifications/notifications.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import type { FreshDatabase } from '../../support/database.ts'
import { makeUnit } from '../../support/make.ts'
import type { People } from '../../support/people.ts'

/** A context that may reach endpoints on loopback. */
export function contextOf(fresh: FreshDatabase): TestContext {
  const config = parseConfig(
    { ALLOW_ADDRESSES: '127.0.0.0/8', PUBLIC_ORIGIN: 'https://monitor.gz.gov.cn' },
    [],
  )
  return { ...testContext(fresh), config }
}

/** What a test does with channels and what they are sent, as the product does it by itself. */
export function tools(ctx: TestContext, people: People) {
  const line = createOutlet(ctx.config, 700)
  return {
    line,
    channel: (given: Partial<ChannelInput> & Pick<ChannelInput, 'kind'>) =>
      createChannel(ctx, people.admin, { name: '工作组通知', hourlyCap: 60, ...given }),
    change: (id: number, change: ChannelChange) => changeChannel(ctx, people.admin, id, change),
    subscribe: (channelId: number, given: Partial<SubscriptionInput> = {}, by = people.duty) =>
      createSubscription(ctx, by, {
        owner: { kind: 'city' },
        channelId,
        address: '',
        scope: { kind: 'city' },
        severities: [...SEVERITIES],
        rules: [...ALERT_RULES],
        events: [...NOTICE_EVENTS],
        quiet: null,
        breakThrough: false,
        language: 'zh',
        timings: DEFAULT_TIMINGS,
        ...given,
      }),
    /** Tells facts of alerts as they are in the database. */
    async tell(kind: AlertFactKind, ids: readonly number[]): Promise<Alert[]> {
      return ctx.db.transaction().execute(async (tx) => {
        const alerts = [...(await alertsById(tx, ids)).values()]
        await appendFacts(
          tx,
          alerts.map((alert) => factOf(kind, alert, null, null, ctx.clock.now())),
        )
        return alerts
      })
    },
    /** Time passes, and the program looks. */
    async pass(ms: number): Promise<void> {
      ctx.clock.advance(ms)
      while (await dispatch(ctx));
    },
    /** Tries everything that is due. */
    async send(): Promise<Outcome[]> {
      const rows = await ctx.db
        .selectFrom('notification_delivery')
        .select('id')
        .where('state', 'in', ['held', 'waiting', 'retrying'])
        .orderBy('id')
        .execute()
      const outcomes: Outcome[] = []
      for (const { id } of rows) outcomes.push(await deliver(ctx, line, id))
      return outcomes
    },
    /** The number of the inbox, which every installation has. */
    async inbox(): Promise<number> {
      const { id } = await ctx.db
        .selectFrom('notification_channel')
        .select('id')
        .where('kind', '=', 'inbox')
        .executeTakeFirstOrThrow()
      return id
    },
    async deliveries(channelId: number): Promise<Delivery[]> {
      const { items } = await listDeliveries(ctx.db, people.admin, { limit: 100, channelId })
      return items.reverse()
    },
  }
}

let serial = 0
/** Sites that fall at once, with their facts. */
export async function fallen(
  ctx: TestContext,
  it: ReturnType<typeof tools>,
  count: number,
  district: string,
): Promise<number[]> {
  const unit = await makeUnit(ctx.db, { district })
  const at = new Date(ctx.clock.now())
  const sites = await ctx.db
    .insertInto('site')
    .values(
      Array.from({ length: count }, () => ({
        code: `99${String(++serial).padStart(8, '0')}`,
        name: `第${serial}街道办事处`,
        url: `http://fallen-${serial}.localhost/`,
        level: 'street' as const,
        district,
        unit_id: unit.id,
        created_at: at,
      })),
    )
    .returning('id')
    .execute()
  const alerts = await ctx.db
    .insertInto('alert')
    .values(
      sites.map(({ id }) => ({
        site_id: id,
        rule: 'DOWN' as const,
        severity: 'major' as const,
        status: 'open' as const,
        opened_at: at,
        recurrences: 0,
        evidence: JSON.stringify({ cause: 'timeout' }),
        version: 1,
      })),
    )
    .returning('id')
    .execute()
  const ids = alerts.map(({ id }) => id)
  await it.tell('alert.opened', ids)
  return ids
}
