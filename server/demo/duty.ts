import { sql } from 'kysely'
import { addDays, DAY, localDay, MINUTE, timeOn } from '../../shared/base/time.ts'
import type { Context } from '../base/context.ts'
import { summaryOf } from '../desk/duty/summary.ts'

/** Turns of the demo begin at 09:00. */
const HANDOVER_AT = '09:00'
const TURNS = 14

/** When the turn began that is running at an instant (epoch ms). */
function lastHandover(nowMs: number): number {
  const day = localDay(nowMs)
  const today = timeOn(day, HANDOVER_AT)
  return today <= nowMs ? today : timeOn(addDays(day, -1), HANDOVER_AT)
}

/**
 * Plans the coming two weeks at the desks of the demo, day by day, where nothing is planned yet: its working group's
 * people take turns at the city's desk, each district's at its own.
 */
export async function ensureDemoDuty(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const nowMs = ctx.clock.now()
  const firstMs = lastHandover(nowMs)
  await sql`
    with desk as (
      select case when role = 'district' then district end as district, array_agg(id order by id) as people
      from user_account where demo and disabled_at is null and role in ('workgroup', 'district') group by 1
    )
    insert into duty_shift (district, user_id, starts_at, ends_at)
    select district, people[1 + turn % cardinality(people)],
      ${new Date(firstMs)}::timestamptz + turn * interval '1 day',
      ${new Date(firstMs)}::timestamptz + (turn + 1) * interval '1 day'
    from desk cross join generate_series(0, ${TURNS - 1}::int) as turn
    where not exists (
      select from duty_shift s where s.district is not distinct from desk.district and s.ends_at > ${new Date(nowMs)})
  `.execute(ctx.db)
}

/** What the demo's officers wrote when they handed over, by turns. */
const NOTES = [
  '夜间 3 个网站短时打不开，均已自行恢复，未发整改。',
  '番禺两家仍未恢复，已电话联系，对方称机房停电，预计午前恢复。',
  '平稳，无未了事项。',
  '天河一家首页超过两周未更新，已发整改，请盯受理情况。',
  '证书将到期的 2 家已通知主办单位。',
]
/** Days of hand-overs before the demo's first start. */
const NOTED_DAYS = 90

/**
 * The hand-overs of the demo's past at the city's desk: one each morning, signed by who came next. The last one is
 * of today, with what is going on now, and waits for its signature.
 */
export async function ensureDemoHandovers(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const { db, clock } = ctx
  const isThere = await db.selectFrom('duty_handover').select('id').limit(1).executeTakeFirst()
  const people = await db
    .selectFrom('user_account')
    .select('id')
    .where('demo', '=', true)
    .where('role', '=', 'workgroup')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .execute()
  const [first, second] = people
  if (isThere || !first || !second) return
  const now = clock.now()
  const lastMs = lastHandover(now)
  const turns = [first, second]
  const rows = Array.from({ length: NOTED_DAYS }, (_, i) => {
    const ago = NOTED_DAYS - i
    const at = new Date(lastMs - ago * DAY)
    return {
      district: null,
      author_id: turns[(ago + 1) % 2]?.id ?? first.id,
      at,
      text: NOTES[ago % NOTES.length] ?? '',
      summary: null,
      signed_by: turns[ago % 2]?.id ?? second.id,
      signed_at: new Date(at.getTime() + (4 + (ago % 7)) * MINUTE),
    }
  })
  await db.insertInto('duty_handover').values(rows).execute()
  const summary = JSON.stringify(await summaryOf(db, null, now))
  const latest = {
    district: null,
    author_id: second.id,
    at: new Date(Math.min(lastMs, now)),
    text: NOTES[3] ?? '',
  }
  await db
    .insertInto('duty_handover')
    .values({ ...latest, summary })
    .execute()
}
