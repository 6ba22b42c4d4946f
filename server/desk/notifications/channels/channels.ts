import type {
  Channel,
  ChannelChange,
  ChannelInput,
  ChannelKind,
  DeliveryAnswer,
  MailSettings,
} from '../../../../shared/desk/notifications/notifications.ts'
import { may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import type { ChannelSecrets } from '../../../base/secrets/stored.ts'
import { openChannel, sealChannel } from '../../../base/secrets/stored.ts'
import { languageFor } from '../../../base/words/offered.ts'
import { say } from '../../../base/words/say.ts'
import { type AuditRecord, recordAudit } from '../../../people/audit/record.ts'
import { holdCursor } from '../delivery/cursor.ts'
import { attempt } from '../delivery/send.ts'
import { listChannels } from '../queries.ts'
import { seedAllOf } from '../seed.ts'
import type { Outlet } from './outlet.ts'

/** Sets up a channel. @throws Refusal forbidden, invalid */
export async function createChannel(ctx: Context, user: Principal, input: ChannelInput): Promise<Channel> {
  refuseUnlessManager(user)
  const secrets = mergeSecrets({}, input)
  refuseUnlessWhole(input.kind, input.mail, secrets)
  const at = new Date(ctx.clock.now())
  return ctx.db.transaction().execute(async (tx) => {
    const { id } = await tx
      .insertInto('notification_channel')
      .values({
        kind: input.kind,
        name: input.name,
        hourly_cap: input.hourlyCap,
        mail: input.mail ? JSON.stringify(input.mail) : null,
        secrets: JSON.stringify(sealChannel(ctx.config.secretKeys, secrets)),
        created_at: at,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await audit(tx, user, 'channel.created', id, { ...withoutSecrets(input) }, at)
    return required({ ...ctx, db: tx }, user, id)
  })
}

/**
 * Changes a channel; secrets that are left out stay. Disabling keeps what waits until it is enabled again; what has
 * opened meanwhile is told then.
 * @throws Refusal forbidden, not_found, invalid; conflict when somebody else changed it meanwhile.
 */
export async function changeChannel(
  ctx: Context,
  user: Principal,
  id: number,
  change: ChannelChange,
): Promise<Channel> {
  refuseUnlessManager(user)
  const at = new Date(ctx.clock.now())
  return ctx.db.transaction().execute(async (tx) => {
    // Before the channel: whoever tells has the cursor, and waits for channels.
    if (change.disabled === false) await holdCursor(tx)
    const row = await tx
      .selectFrom('notification_channel')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw noChannel()
    if (row.version !== change.version) {
      const current = await required({ ...ctx, db: tx }, user, id)
      throw new Refusal('conflict', 'notifications.changedMeanwhile2', { current })
    }
    const secrets = mergeSecrets(openChannel(ctx.config.secretKeys, row.secrets), change)
    const mail = change.mail ?? row.mail ?? undefined
    refuseUnlessWhole(row.kind, mail, secrets)
    const { disabled } = change
    await tx
      .updateTable('notification_channel')
      .set({
        name: change.name ?? row.name,
        hourly_cap: change.hourlyCap ?? row.hourly_cap,
        mail: mail ? JSON.stringify(mail) : null,
        secrets: JSON.stringify(sealChannel(ctx.config.secretKeys, secrets)),
        // It may lead elsewhere now.
        ...{ failures: 0, rest_until: null },
        ...(disabled !== undefined && { disabled_at: disabled ? (row.disabled_at ?? at) : null }),
        version: row.version + 1,
      })
      .where('id', '=', id)
      .execute()
    if (disabled === false) await dueNow(tx, id, at)
    if (disabled === false && row.disabled_at) await seedAllOf(tx, 'channel_id', id, at.getTime())
    await audit(tx, user, 'channel.changed', id, withoutSecrets(change), at)
    return required({ ...ctx, db: tx }, user, id)
  })
}

/** What waited for a disabled channel goes on its way. */
async function dueNow(tx: Tx, channelId: number, at: Date): Promise<void> {
  await tx
    .updateTable('notification_delivery')
    .set({ next_at: at, queued_at: null })
    .where('channel_id', '=', channelId)
    .where('state', 'in', ['waiting', 'retrying'])
    .execute()
}

/**
 * Sends a test message now, once, and tells what the endpoint answered.
 * @throws Refusal forbidden, not_found
 */
export async function testChannel(
  ctx: Context,
  line: Outlet,
  user: Principal,
  id: number,
  address: string,
): Promise<DeliveryAnswer> {
  refuseUnlessManager(user)
  const row = await ctx.db
    .selectFrom('notification_channel')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw noChannel()
  if (row.kind === 'email' && !address) {
    throw new Refusal('invalid', 'notifications.pleaseSayWhereTestMail')
  }
  const now = ctx.clock.now()
  const language = languageFor()
  const notice = {
    title: say({ word: 'notices.test.title' }, language),
    summary: say({ word: 'notices.test.summary', values: { name: user.name } }, language),
    lines: [],
    more: 0,
    language,
  }
  const { kind, mail, secrets } = row
  const { answer } = await attempt(
    line,
    { id: 0, kind, mail, secrets, address, notice },
    { origin: ctx.config.publicOrigin, now, keys: ctx.config.secretKeys },
  )
  const { ok, status, code } = answer
  await recordAudit(ctx.db, {
    at: new Date(now),
    actor: user,
    action: 'channel.tested',
    entity: 'channel',
    entityId: id,
    detail: { ok, status, code },
  })
  return answer
}

function mergeSecrets(
  before: ChannelSecrets,
  { url, secret, password }: ChannelSecretsInput,
): ChannelSecrets {
  const merged = { ...before, ...defined({ url, secret, password }) }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''))
}

type ChannelSecretsInput = Pick<ChannelChange, 'url' | 'secret' | 'password'>
const defined = (given: object) =>
  Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined))

function withoutSecrets({ url, secret, password, ...rest }: ChannelSecretsInput & Record<string, unknown>) {
  const changed = Object.entries({ url, secret, password }).filter(([, value]) => value !== undefined)
  return { ...rest, secrets: changed.map(([name]) => name) }
}

function refuseUnlessWhole(kind: ChannelKind, mail: MailSettings | undefined, secrets: ChannelSecrets): void {
  if (kind === 'inbox') return
  if (kind === 'email') {
    if (!mail) throw new Refusal('invalid', 'notifications.mailNeedsServer')
    return
  }
  if (!secrets.url) throw new Refusal('invalid', 'notifications.needsWebhookAddress')
}

function refuseUnlessManager(user: Principal): void {
  if (!may(user, 'channel.manage')) {
    throw new Refusal('forbidden', 'notifications.mayNotManageChannels')
  }
}

async function required(ctx: Pick<Context, 'db' | 'config'>, user: Principal, id: number): Promise<Channel> {
  const [found] = await listChannels(ctx, user, id)
  if (!found) throw noChannel()
  return found
}

function audit(
  tx: Tx,
  actor: Principal,
  action: AuditRecord['action'],
  entityId: number,
  detail: Record<string, unknown>,
  at: Date,
): Promise<void> {
  return recordAudit(tx, { at, actor, action, entity: 'channel', entityId, detail })
}

const noChannel = () => new Refusal('not_found', 'notifications.noSuchChannel')
