import type { Insertable } from 'kysely'
import { addDays, DAY, HOUR, localDay, timeOn } from '../../shared/base/time.ts'
import type { PauseTimes } from '../../shared/desk/pauses/pauses.ts'
import { type Principal, unitIdsOf } from '../../shared/people/rights/rights.ts'
import type { Context } from '../base/context.ts'
import type { Db } from '../base/db/database.ts'
import type { PauseBounds } from '../desk/pauses/queries.ts'
import { filePause } from '../desk/pauses/service.ts'
import type { PausePlanTable } from '../desk/pauses/tables.ts'
import { findById } from '../people/accounts/queries.ts'
import { toUser } from '../people/rights/principal.ts'

/** A platform whose nights are planned has so many sites at least. */
const MIN_SITES = 4
const NIGHTS = 60
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

/**
 * The plans of the demo, at its first start: two that are over, one refused, the nightly maintenance of a small
 * platform, and one of a unit that waits for an answer. What is to come is filed as people file it, and so is told.
 */
export async function ensureDemoPauses(ctx: Context): Promise<void> {
  const { db } = ctx
  if (await db.selectFrom('pause_plan').select('id').limit(1).executeTakeFirst()) return
  const [duty, owner] = [await demoPerson(db, 'duty'), await demoPerson(db, 'unit')]
  const [unitId] = owner ? unitIdsOf(owner.scope) : []
  const platform = await smallPlatform(db)
  if (!duty || !owner || unitId === undefined || platform === null) return
  const today = localDay(ctx.clock.now())
  const at = (days: number, hours: number) => timeOn(addDays(today, days), `${hours}:00`)
  const once = (fromMs: number, hours: number): PauseTimes => ({
    from: new Date(fromMs).toISOString(),
    to: new Date(fromMs + hours * HOUR).toISOString(),
    repeat: null,
  })
  const ofUnit = { kind: 'unit' as const, unit_id: unitId, filed_by: owner.id }
  const ofPlatform = { kind: 'platform' as const, platform, filed_by: duty.id }
  const decided = (days: number) => ({ decided_by: duty.id, decided_at: new Date(at(days, 10)) })
  const answer = '工作时间不停测，请改到夜间。'
  await storePast(db, [
    { ...ofUnit, state: 'ended', times: once(at(-20, 22), 4), reason: '机房电力检修', ...decided(-21) },
    { ...ofPlatform, state: 'ended', times: once(at(-9, 1), 3), reason: '平台版本升级', ...decided(-12) },
    { ...ofUnit, state: 'refused', times: once(at(-5, 9), 9), reason: '栏目改版', answer, ...decided(-6) },
  ])
  await filePause(ctx, duty, {
    target: { kind: 'platform', platform },
    ...once(at(1, 1), 2),
    repeat: { weekdays: EVERY_DAY, until: addDays(today, NIGHTS) },
    reason: '平台每夜例行维护',
  })
  await filePause(ctx, owner, {
    target: { kind: 'unit', unitId },
    ...once(at(2, 22), 6),
    reason: '网站迁移至政务云，期间无法访问',
  })
}

type PastPlan = Partial<PauseBounds> &
  Pick<
    Insertable<PausePlanTable>,
    'kind' | 'filed_by' | 'state' | 'reason' | 'decided_by' | 'decided_at' | 'answer'
  > & {
    readonly times: PauseTimes
  }

async function storePast(db: Db, plans: readonly PastPlan[]): Promise<void> {
  const none: PauseBounds = { site_id: null, unit_id: null, district: null, platform: null }
  const rows = plans.map(({ times: { from, to }, ...plan }) => ({
    ...none,
    ...plan,
    from_at: new Date(from),
    to_at: new Date(to),
    ends_at: new Date(to),
    filed_at: new Date(Date.parse(from) - 3 * DAY),
  }))
  await db.insertInto('pause_plan').values(rows).execute()
}

async function demoPerson(db: Db, username: string): Promise<Principal | null> {
  const { id } =
    (await db
      .selectFrom('user_account')
      .select('id')
      .where('demo', '=', true)
      .where('username', '=', username)
      .executeTakeFirst()) ?? {}
  const account = id === undefined ? undefined : await findById(db, id)
  return account ? toUser(account) : null
}

async function smallPlatform(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('site')
    .select('platform')
    .where('platform', 'is not', null)
    .groupBy('platform')
    .having((eb) => eb.fn.countAll(), '>=', MIN_SITES)
    .orderBy((eb) => eb.fn.countAll())
    .orderBy('platform')
    .executeTakeFirst()
  return row?.platform ?? null
}
