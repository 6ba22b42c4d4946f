import { MAIL } from '../../../shared/base/ways.ts'
import {
  GROUP_KINDS,
  type Subscription,
  type SubscriptionChange,
  type SubscriptionInput,
  type SubscriptionOwner,
} from '../../../shared/desk/notifications/notifications.ts'
import {
  covers,
  districtsOf,
  liesIn,
  may,
  type Principal,
  type Scope,
  unitIdsOf,
} from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { lastSeq } from '../../base/facts/log.ts'
import { Refusal } from '../../base/refusal.ts'
import { type AuditRecord, recordAudit } from '../../people/audit/record.ts'
import { holdCursor } from './delivery/cursor.ts'
import { listSubscriptions } from './queries.ts'
import { seedGroups } from './seed.ts'

/**
 * Subscribes a person, a district or the working group. What is open already is in its first notice.
 * @throws Refusal forbidden, invalid; conflict when there is the same already.
 */
export async function createSubscription(
  ctx: Context,
  user: Principal,
  { owner, ...rule }: SubscriptionInput,
): Promise<Subscription> {
  const now = ctx.clock.now()
  return ctx.db.transaction().execute(async (tx) => {
    refuseUnlessOwner(user, owner)
    await holdCursor(tx)
    await refuseUnfit(tx, user, owner, rule)
    const row = await tx
      .insertInto('notification_subscription')
      .values({
        user_id: owner.kind === 'person' ? owner.userId : null,
        district: owner.kind === 'district' ? owner.district : null,
        ...columns(rule),
        since_seq: await lastSeq(tx),
      })
      .onConflict((on) => on.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) throw exists()
    await seedGroups(tx, [row.id], now)
    await audit(tx, user, 'subscription.created', row.id, { owner, ...rule }, now)
    return required(tx, user, row.id)
  })
}

/** Changes a subscription; what was told stays told. @throws Refusal not_found, forbidden, invalid, conflict */
export async function changeSubscription(
  ctx: Context,
  user: Principal,
  id: number,
  { version, ...rule }: SubscriptionChange,
): Promise<Subscription> {
  const now = ctx.clock.now()
  return ctx.db.transaction().execute(async (tx) => {
    await holdCursor(tx)
    await tx.selectFrom('notification_subscription').select('id').where('id', '=', id).forUpdate().execute()
    const before = await required(tx, user, id)
    refuseUnlessOwner(user, before.owner)
    if (before.version !== version) {
      throw new Refusal('conflict', 'notifications.changedMeanwhile', { current: before })
    }
    await refuseUnfit(tx, user, before.owner, rule)
    await tx
      .updateTable('notification_subscription')
      .set({ ...columns(rule), version: version + 1 })
      .where('id', '=', id)
      .execute()
      .catch((error: unknown) => {
        throw (error as { code?: string }).code === '23505' ? exists() : error
      })
    await seedGroups(tx, [id], now)
    await audit(tx, user, 'subscription.changed', id, { ...rule }, now)
    return required(tx, user, id)
  })
}

/** Ends a subscription; what is on its way still arrives. @throws Refusal not_found, forbidden */
export async function deleteSubscription(ctx: Context, user: Principal, id: number): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const { owner } = await required(tx, user, id)
    refuseUnlessOwner(user, owner)
    await holdCursor(tx)
    await tx.deleteFrom('notification_subscription').where('id', '=', id).execute()
    await audit(tx, user, 'subscription.deleted', id, { owner }, ctx.clock.now())
  })
}

type Rule = Omit<SubscriptionInput, 'owner'>

function columns({ channelId, breakThrough, ...rule }: Rule) {
  return {
    channel_id: channelId,
    break_through: breakThrough,
    address: rule.address,
    language: rule.language,
    scope: JSON.stringify(rule.scope),
    severities: JSON.stringify(rule.severities),
    rules: JSON.stringify(rule.rules),
    events: JSON.stringify(rule.events),
    quiet: rule.quiet && JSON.stringify(rule.quiet),
    timings: JSON.stringify(rule.timings),
  }
}

/** One's own; those of a district by its office and who runs the city; the working group's by its own. */
function refuseUnlessOwner(user: Principal, owner: SubscriptionOwner): void {
  const isOwn = owner.kind === 'person' && owner.userId === user.id
  const isDistricts =
    owner.kind === 'district' &&
    (may(user, 'channel.manage') ||
      (districtsOf(user.scope).includes(owner.district) && may(user, 'subscription.district')))
  if (isOwn || isDistricts || (owner.kind === 'city' && may(user, 'channel.manage'))) return
  throw new Refusal('forbidden', 'notifications.mayNotSubscription')
}

async function refuseUnfit(tx: Tx, user: Principal, owner: SubscriptionOwner, rule: Rule): Promise<void> {
  const channel = await tx
    .selectFrom('notification_channel')
    .select(['kind', 'disabled_at'])
    .where('id', '=', rule.channelId)
    .executeTakeFirst()
  if (!channel) throw new Refusal('invalid', 'notifications.noSuchChannel')
  if (owner.kind === 'person' && GROUP_KINDS.includes(channel.kind)) {
    throw new Refusal('invalid', 'notifications.groupRobotDistrictWorkingGroup')
  }
  if (owner.kind !== 'person' && channel.kind === 'inbox') {
    throw new Refusal('invalid', 'notifications.inboxPerson')
  }
  if (channel.kind === 'email' && !isMailList(rule.address)) {
    throw new Refusal('invalid', 'notifications.pleaseGiveValidMailAddresses')
  }
  if (owner.kind === 'district' && !(await isDistrict(tx, owner.district))) {
    throw new Refusal('invalid', 'common.noSuchDistrict')
  }
  const limit: Scope =
    owner.kind === 'person' ? user.scope : owner.kind === 'district' ? owner : { kind: 'city' }
  if (!(await liesWithin(tx, rule.scope, limit))) {
    throw new Refusal('invalid', 'notifications.scopeReachesBeyondWhatMay')
  }
}

async function isDistrict(tx: Tx, code: string): Promise<boolean> {
  const row = await tx.selectFrom('district').select('code').where('code', '=', code).executeTakeFirst()
  return row !== undefined
}

const isMailList = (text: string) => text.split(',').every((address) => MAIL.test(address.trim()))

async function liesWithin(tx: Tx, scope: Scope, limit: Scope): Promise<boolean> {
  if (limit.kind === 'city') return true
  if (limit.kind === scope.kind) return liesIn(limit, scope)
  if (limit.kind === 'unit' || scope.kind === 'city') return false
  const units = await tx.selectFrom('unit').select('district').where('id', 'in', unitIdsOf(scope)).execute()
  return (
    units.length === unitIdsOf(scope).length &&
    units.every((unit) => covers(limit, { ...unit, unitId: null }))
  )
}

async function required(tx: Tx, user: Principal, id: number): Promise<Subscription> {
  const [found] = await listSubscriptions(tx, user, id)
  if (!found) throw new Refusal('not_found', 'notifications.noSuchSubscription')
  return found
}

async function audit(
  tx: Tx,
  actor: Principal,
  action: AuditRecord['action'],
  entityId: number,
  detail: Record<string, unknown>,
  now: number,
): Promise<void> {
  await recordAudit(tx, { at: new Date(now), actor, action, entity: 'subscription', entityId, detail })
}

const exists = () => new Refusal('conflict', 'notifications.sameSubscriptionAlready')
