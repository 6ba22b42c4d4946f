import { addDays, DAY, HOUR, localDay, startOfDay } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'

/** What has been said in the demo: one for everybody now, one of Tianhe, one to come, one that is over. */
export async function seedAnnouncements(ctx: Context): Promise<void> {
  const { db } = ctx
  if (await db.selectFrom('announcement').select('id').limit(1).executeTakeFirst()) return
  const people = await db
    .selectFrom('user_account')
    .select(['id', 'username'])
    .where('demo', '=', true)
    .where('username', 'in', ['duty', 'tianhe'])
    .execute()
  const idOf = (name: string) => people.find(({ username }) => username === name)?.id
  const [duty, tianhe] = [idOf('duty'), idOf('tianhe')]
  if (duty === undefined || tianhe === undefined) return
  const now = ctx.clock.now()
  const today = localDay(now)
  const at = (days: number, hours: number) => startOfDay(addDays(today, days)) + hours * HOUR
  const rows = [
    {
      by: duty,
      text: '上月普查结果已通报各区，请于本周五前核对',
      postedMs: at(-12, 9),
      fromMs: at(-12, 9),
      toMs: at(-8, 18),
    },
    {
      by: tianhe,
      district: '440106',
      text: '区政务云周末割接，石牌、五山各站如有中断请先联系区数据局',
      postedMs: now - 5 * HOUR,
      fromMs: now - 5 * HOUR,
      toMs: now + 3 * DAY,
    },
    {
      by: duty,
      text: '本周五前完成三季度普查自查，逾期未报的单位将通报',
      postedMs: now - 26 * HOUR,
      fromMs: now - 26 * HOUR,
      toMs: now + 4 * DAY,
    },
    {
      by: duty,
      urgent: true,
      text: '市级云平台夜间维护，期间的中断由平台统一处理，无需逐站打电话',
      postedMs: now - 2 * HOUR,
      fromMs: at(1, 22),
      toMs: at(2, 2),
    },
  ]
  await db
    .insertInto('announcement')
    .values(
      rows.map(({ by, district = null, urgent = false, text, postedMs, fromMs, toMs }) => ({
        district,
        text,
        urgent,
        starts_at: new Date(fromMs),
        ends_at: new Date(toMs),
        posted_by: by,
        posted_at: new Date(postedMs),
        withdrawn_by: null,
        withdrawn_at: null,
      })),
    )
    .execute()
}
