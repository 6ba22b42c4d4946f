import { sql } from 'kysely'
import { addDays, DAY, localDay, MINUTE, timeOn } from '../../shared/base/time.ts'
import type { Context } from '../base/context.ts'
import type { Db } from '../base/db/database.ts'
import { summaryOf } from '../desk/duty/summary.ts'

/** Turns of the demo begin at 09:00. */
const HANDOVER_AT = '09:00'
const TURNS = 14
/** So many of those before are in the roster: as far back as the demo's past goes, so that its alarms had somebody to hear them. */
const PAST_TURNS = 90

/** When the turn began that is running at an instant (epoch ms). */
function lastHandover(nowMs: number): number {
  const day = localDay(nowMs)
  const today = timeOn(day, HANDOVER_AT)
  return today <= nowMs ? today : timeOn(addDays(day, -1), HANDOVER_AT)
}

/**
 * Plans the past of the demo and the coming two weeks at the desks of the demo, day by day, where nothing is planned yet: its
 * working group's people take turns at the city's desk, each district's at its own.
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
    select district, people[1 + (turn + ${PAST_TURNS}::int * cardinality(people)) % cardinality(people)],
      ${new Date(firstMs)}::timestamptz + turn * interval '1 day',
      ${new Date(firstMs)}::timestamptz + (turn + 1) * interval '1 day'
    from desk cross join generate_series(${-PAST_TURNS}::int, ${TURNS - 1}::int) as turn
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

/** What the officers of a district wrote. */
const DISTRICT_NOTES = [
  '平稳，无未了事项。',
  '1 家仍超限，已催办，服务商承诺本周内更换线路。',
  '两家单位已电话通知，均答复当日处理。',
  '1 家首页仍无日期，整改已退回一次，请继续盯。',
]

/**
 * The hand-overs of the demo's past: one each morning, signed by who came next, at the city's desk and at that of each
 * district that has two officers. The city's last one is of today, with what is going on now, and waits for its
 * signature.
 */
export async function ensureDemoHandovers(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const { db, clock } = ctx
  if (await db.selectFrom('duty_handover').select('id').limit(1).executeTakeFirst()) return
  const now = clock.now()
  const lastMs = lastHandover(now)
  for (const { district, people } of await desksOf(db)) {
    const [first, second] = people
    if (first === undefined || second === undefined) continue
    const notes = district === null ? NOTES : DISTRICT_NOTES
    await db
      .insertInto('duty_handover')
      .values(pastHandovers(district, [first, second], notes, lastMs))
      .execute()
    if (district === null) await handOverNow(db, second, lastMs, now)
  }
}

/** Who takes turns at the desks of the demo. */
async function desksOf(db: Db): Promise<{ district: string | null; people: number[] }[]> {
  const { rows } = await sql<{ district: string | null; people: number[] }>`
    select case when role = 'district' then district end as district, array_agg(id order by id) as people
    from user_account where demo and disabled_at is null and role in ('workgroup', 'district') group by 1 order by 1
  `.execute(db)
  return rows
}

function pastHandovers(
  district: string | null,
  turns: readonly [number, number],
  notes: readonly string[],
  lastMs: number,
) {
  // That of today, too, but at the city's desk, where it waits to be signed.
  const count = district === null ? NOTED_DAYS : NOTED_DAYS + 1
  return Array.from({ length: count }, (_, i) => {
    const ago = NOTED_DAYS - i
    const at = new Date(lastMs - ago * DAY)
    const [author, signer] = ago % 2 === 0 ? [turns[1], turns[0]] : turns
    return {
      district,
      author_id: author,
      at,
      text: notes[ago % notes.length] ?? '',
      summary: null,
      signed_by: signer,
      signed_at: new Date(at.getTime() + (4 + (ago % 7)) * MINUTE),
    }
  })
}

async function handOverNow(db: Db, author: number, lastMs: number, now: number): Promise<void> {
  const summary = JSON.stringify(await summaryOf(db, null, now))
  const at = new Date(Math.min(lastMs, now))
  await db
    .insertInto('duty_handover')
    .values({ district: null, author_id: author, at, text: NOTES[3] ?? '', summary })
    .execute()
}
