import { addDays, DAY, HOUR, shanghaiDay, startOfDay } from '../../shared/base/time.ts'
import type { PauseTimes } from '../../shared/desk/pauses/pauses.ts'
import { endOfPlan } from '../../shared/desk/pauses/pauses-rules.ts'
import type { Context } from '../base/context.ts'
import type { PauseBounds } from '../desk/pauses/queries.ts'

/** A platform whose nights are planned has so many sites at least. */
const MIN_SITES = 4
const NIGHTS = 60
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

/**
 * The plans of the demo, at its first start: two that are over, one refused, the nightly maintenance of a small
 * platform, and one of a unit that waits for an answer.
 */
export async function ensureDemoPauses(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const { db } = ctx
  if (await db.selectFrom('pause_plan').select('id').limit(1).executeTakeFirst()) return
  const people = await db
    .selectFrom('user_account')
    .select(['id', 'username', 'unit_ids'])
    .where('demo', '=', true)
    .where('username', 'in', ['duty', 'unit'])
    .execute()
  const duty = people.find(({ username }) => username === 'duty')
  const owner = people.find(({ username }) => username === 'unit')
  const unitId = owner?.unit_ids[0]
  const platform = await smallPlatform(db)
  if (!duty || !owner || unitId === undefined || platform === null) return
  const today = shanghaiDay(ctx.clock.now())
  const at = (days: number, hours: number) => startOfDay(addDays(today, days)) + hours * HOUR
  const once = (fromMs: number, hours: number): PauseTimes => ({
    from: new Date(fromMs).toISOString(),
    to: new Date(fromMs + hours * HOUR).toISOString(),
    repeat: null,
  })
  const ofUnit = { kind: 'unit' as const, unit_id: unitId, filed_by: owner.id }
  const ofPlatform = { kind: 'platform' as const, platform, filed_by: duty.id }
  const decided = (days: number) => ({ decided_by: duty.id, decided_at: new Date(at(days, 10)) })
  const nightly = { weekdays: EVERY_DAY, until: addDays(today, NIGHTS) }
  const plans = [
    { ...ofUnit, state: 'ended', times: once(at(-20, 22), 4), reason: '机房电力检修', ...decided(-21) },
    { ...ofPlatform, state: 'ended', times: once(at(-9, 1), 3), reason: '平台版本升级', ...decided(-12) },
    {
      ...ofUnit,
      state: 'refused',
      times: once(at(-5, 9), 9),
      reason: '栏目改版',
      answer: '工作时间不停测，请改到夜间。',
      ...decided(-6),
    },
    {
      ...ofPlatform,
      state: 'approved',
      times: { ...once(at(1, 1), 2), repeat: nightly },
      reason: '平台每夜例行维护',
      ...decided(-1),
    },
    { ...ofUnit, state: 'filed', times: once(at(2, 22), 6), reason: '网站迁移至政务云，期间无法访问' },
  ] as const
  const none: PauseBounds = { site_id: null, unit_id: null, district: null, platform: null }
  for (const { times, ...plan } of plans) {
    const fromMs = Date.parse(times.from)
    await db
      .insertInto('pause_plan')
      .values({
        ...none,
        ...plan,
        from_at: new Date(fromMs),
        to_at: new Date(times.to),
        repeat: times.repeat && JSON.stringify(times.repeat),
        ends_at: new Date(endOfPlan(times) ?? fromMs),
        filed_at: new Date(Math.min(fromMs, ctx.clock.now()) - 3 * DAY),
      })
      .execute()
  }
}

async function smallPlatform(db: Context['db']): Promise<string | null> {
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
