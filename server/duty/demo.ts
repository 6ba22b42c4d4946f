import { sql } from 'kysely'
import { HOUR, shanghaiDay, startOfDay } from '../../shared/time.ts'
import type { Context } from '../context.ts'

/** Turns of the demo begin at 09:00. */
const HANDOVER_MS = 9 * HOUR
const TURNS = 14

/**
 * Plans the coming two weeks at the desks of the demo, day by day, where nothing is planned yet: its working group's
 * people take turns at the city's desk, each district's at its own.
 */
export async function ensureDemoDuty(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const nowMs = ctx.clock.now()
  const firstMs = startOfDay(shanghaiDay(nowMs - HANDOVER_MS)) + HANDOVER_MS
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
