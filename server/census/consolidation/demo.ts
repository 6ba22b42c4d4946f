import { sql } from 'kysely'
import { addDays, DAY, HOUR, localDay, startOfDay } from '../../../shared/base/time.ts'
import type { MoveProof } from '../../../shared/census/consolidation/consolidation.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { fallsUnder, isOnShared, keepShare, sharedPlatforms } from './share.ts'

/** So far back it is known how far the demo had come, a step a week further. */
const DAYS = 728
/** Of the sites of a district that are on shared platforms today, so many were two years ago. */
const AT_FIRST = 0.35

interface Planned {
  /** Days from today. */
  readonly planned: number
  readonly done?: number
  readonly cancelled?: string
  readonly note: string
}

/** One district's moves: done in time and late, overdue, to come, given up. */
const MOVES: readonly Planned[] = [
  { planned: -210, done: -214, note: '并入区政府网站集群，栏目保留' },
  { planned: -180, done: -171, note: '街道不再单独建站' },
  { planned: -120, done: -118, note: '与区门户统一维护' },
  { planned: -60, cancelled: '业务系统需独立部署，改为例外报备', note: '按集约化计划迁移' },
  { planned: -21, note: '按集约化计划迁移' },
  { planned: 14, note: '数据已备份，待切换域名' },
  { planned: 45, note: '按集约化计划迁移' },
]

/** Platforms with their owners, moves and two years of progress in the demo; once. */
export async function seedConsolidation(ctx: Context): Promise<void> {
  const { db, clock } = ctx
  if (await db.selectFrom('consolidation_day').select('day').limit(1).executeTakeFirst()) return
  const now = clock.now()
  await seedPlatforms(db)
  await seedMoves(db, now)
  await keepShare(ctx, now)
  await seedDays(db, now)
}

/** The portal's unit of a district has its cluster; what runs on nobody's word is said by nobody. */
async function seedPlatforms(db: Db): Promise<void> {
  await sql`
    insert into platform (name, unit_id, address, note, is_shared)
    select distinct on (site.platform) site.platform, portal.unit_id,
      case when site.platform like '%云%' then '广州市黄埔区政务云机房' else district.name || '政府数据中心机房' end,
      case when site.platform like '%云%' then '市级统一建设，三区分布' else '区级集约化平台' end,
      case when site.platform like '%信息中心' then false end
    from site join district on district.code = site.district
    join site portal on portal.district = site.district and portal.level like '%portal' and portal.demo
    where site.demo and site.platform is not null order by site.platform, portal.id
    on conflict do nothing`.execute(db)
}

async function seedMoves(db: Db, now: number): Promise<void> {
  const people = await db
    .selectFrom('user_account')
    .select(['id', 'username'])
    .where('demo', '=', true)
    .where('username', 'in', ['duty', 'tianhe'])
    .execute()
  const planner = people.find(({ username }) => username === 'tianhe')?.id
  const settler = people.find(({ username }) => username === 'duty')?.id
  if (planner === undefined || settler === undefined) return
  // Those that have moved are on a cluster by now; the others stand alone though they should not.
  const { rows: sites } = await sql<{
    id: number
    platform: string | null
    cluster: string
    isOn: boolean
    portal: string
  }>`
    with shared as ${sharedPlatforms}
    select site.id, site.platform, district.name || '政府网站集群' as cluster, ${isOnShared} as "isOn",
      (select portal.url from site portal where portal.district = site.district and portal.level like '%portal'
        order by portal.id limit 1) as portal
    from site join district on district.code = site.district
    where site.demo and site.level not like 'city%' and site.level not like '%portal' and ${fallsUnder()}
      and site.lifecycle = 'normal'
    order by (site.id * 7919) % 641, site.id`.execute(db)
  const moved = sites.filter(({ isOn, platform, cluster }) => isOn && platform === cluster)
  const alone = sites.filter(({ isOn }) => !isOn)
  const today = localDay(now)
  const rows = Array.from({ length: 4 }, (_, round) => round).flatMap((round) =>
    MOVES.flatMap((made, n) => {
      const site = (made.done === undefined ? alone : moved).shift()
      if (!site) return []
      const at = new Date(startOfDay(addDays(today, made.planned - 40 - round * 9)) + 9 * HOUR)
      const isSettled = made.done !== undefined || made.cancelled !== undefined
      const isDone = made.done !== undefined
      const endedAt = startOfDay(addDays(today, (made.done ?? made.planned) - round * 3)) + 10 * HOUR
      return {
        ...{ site_id: site.id, from_platform: isDone ? null : site.platform },
        ...{
          to_platform: site.cluster,
          planned_on: addDays(today, made.planned - round * 3 * Number(n < 5)),
        },
        done_on: made.done === undefined ? null : addDays(today, made.done - round * 3),
        state: isSettled
          ? made.cancelled === undefined
            ? ('done' as const)
            : ('cancelled' as const)
          : 'planned',
        ...{ note: made.cancelled ?? made.note, planned_by: planner },
        seen: isDone ? seenOf(site.portal, endedAt) : null,
        planned_at: new Date(Math.min(+at, now - DAY)),
        settled_by: isSettled ? settler : null,
        settled_at: isSettled ? new Date(endedAt) : null,
      } as const
    }),
  )
  if (rows.length > 0) await db.insertInto('site_move').values(rows).execute()
}

/** The old address leads to a part of the portal. */
const seenOf = (portal: string, at: number): string =>
  JSON.stringify({
    kind: 'redirect',
    at: new Date(at).toISOString(),
    said: `${portal}sub/`,
  } satisfies MoveProof)

/** Further back fewer were on shared platforms, in steps of weeks, each district at its own pace. */
async function seedDays(db: Db, now: number): Promise<void> {
  const today = localDay(now)
  const kept = await db.selectFrom('consolidation_day').selectAll().where('demo', '=', true).execute()
  const rows = kept.flatMap(({ district, sites, shared, alone }, n) =>
    Array.from({ length: DAYS / 7 }, (_, week) => {
      const back = Math.min(1, ((week + 1) * (0.8 + (n % 5) * 0.1)) / (DAYS / 7))
      const then = Math.round(shared * (1 - back * (1 - AT_FIRST)))
      const day = addDays(today, -(week + 1) * 7)
      return { day, district, sites, shared: then, alone: Math.min(sites - then, alone + shared - then) }
    }),
  )
  await sql`insert into consolidation_day (day, district, sites, shared, alone, kept_at, demo)
    select r.day, r.district, r.sites, r.shared, r.alone, ${new Date(now)}::timestamptz, true
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(day text, district text, sites int, shared int, alone int)
    on conflict do nothing`.execute(db)
}
