import { sql } from 'kysely'
import { addDays, DAY, localDay, yearOf } from '../../shared/base/time.ts'
import type { Rectification } from '../../shared/desk/rectifications/rectifications.ts'
import { covers, type Principal } from '../../shared/people/rights/rights.ts'
import { addWorkdays } from '../../shared/register/workdays/workdays.ts'
import type { Context } from '../base/context.ts'
import { commandAlert } from '../desk/alerts/service.ts'
import { raiseMany } from '../desk/rectifications/raise/raise-many.ts'
import { commentRectification, takeStep } from '../desk/rectifications/service.ts'
import { findById } from '../people/accounts/queries.ts'
import { toUser } from '../people/rights/principal.ts'
import { calendarIn } from '../register/workdays/calendar.ts'

/** How far ahead a demo asks for a day of the next year, so that somebody sees one that is provisional. */
const WITHIN_DAYS = 75
const PEOPLE = ['duty', 'tianhe', 'unit'] as const
type People = Readonly<Record<(typeof PEOPLE)[number], Principal>>

/**
 * What goes to and fro about the rectifications of a new demo: requests that wait and such that were answered, comments that
 * mention somebody, an owner who says what is wrong, and a portal with a few hours. Done by the services as people do.
 */
export async function ensureDemoRequests(ctx: Context): Promise<void> {
  const some = await ctx.db.selectFrom('rectification_request').select('id').limit(1).executeTakeFirst()
  const people = some ? null : await peopleOf(ctx)
  if (!people) return
  const { duty, tianhe, unit } = people
  const [mine] = await fromCheck(ctx, duty, unit, 1)
  const [first, second, third, fourth] = await fromCheck(ctx, duty, tianhe, 4)
  const days = await daysAhead(ctx)
  if (mine) {
    await ask(
      ctx,
      unit,
      mine,
      'extend',
      days.next ?? days.far,
      '负载均衡设备须更换，供应商备件到货后方可切换',
    )
    // The unit may be of any district.
    const office = covers(tianhe.scope, mine) ? tianhe : duty
    await comment(ctx, unit, mine, '设备已下单，请协助协调机房窗口期', [office.id])
    await comment(ctx, office, mine, '已与机房联系，周六上午可以操作', [unit.id])
  }
  if (first) {
    await ask(ctx, tianhe, first, 'pause', days.near, '网站随集约化平台迁移，迁移期间暂停计时')
    await comment(ctx, duty, first, '请附平台迁移通知', [tianhe.id])
  }
  if (second) {
    const asked = await ask(ctx, tianhe, second, 'extend', days.far, '栏目内容须各科室重新核定')
    await answer(ctx, duty, asked, true, '同意，请按新期限完成', days.near)
  }
  if (third) {
    const asked = await ask(ctx, tianhe, third, 'extend', days.far, '负责同志出差')
    await answer(ctx, duty, asked, false, '理由不充分，请安排他人办理')
  }
  if (fourth && days.next) {
    const asked = await ask(ctx, tianhe, fourth, 'extend', days.next, '年度合同到期，须重新采购运维服务')
    await answer(ctx, duty, asked, true, '同意')
  }
  await informOf(ctx, unit)
  await raiseForPortal(ctx, duty)
}

async function peopleOf(ctx: Context): Promise<People | null> {
  const rows = await ctx.db
    .selectFrom('user_account')
    .select(['id', 'username'])
    .where('username', 'in', [...PEOPLE])
    .execute()
  const found: Partial<Record<(typeof PEOPLE)[number], Principal>> = {}
  for (const name of PEOPLE) {
    const id = rows.find(({ username }) => username === name)?.id
    const account = id === undefined ? undefined : await findById(ctx.db, id)
    if (account) found[name] = toUser(account)
  }
  const { duty, tianhe, unit } = found
  return duty && tianhe && unit ? { duty, tianhe, unit } : null
}

/** The made-up past is another each day: a site may have a rectification already, and is not raised twice for the same. */
const hasNoOpenRectification = sql<boolean>`not exists (
  select from rectification where rectification.site_id = site.id and rectification.stage <> 'closed')`

/** Rectifications that a check has just brought to somebody's own sites. */
async function fromCheck(
  ctx: Context,
  duty: Principal,
  who: Principal,
  count: number,
): Promise<Rectification[]> {
  const sites = await ctx.db
    .selectFrom('site')
    .select(['id', 'unit_id as unitId', 'district'])
    .where('demo', '=', true)
    .where(hasNoOpenRectification)
    .orderBy('id')
    .execute()
  const own = sites.filter((site) => covers(who.scope, site)).slice(-count)
  if (own.length === 0) return []
  const { items } = await raiseMany(ctx, duty, {
    source: 'check',
    siteIds: own.map(({ id }) => id),
    rule: 'OTHER',
    problem: '抽查发现互动交流栏目的留言超过期限未答复',
    reference: '政府网站季度抽查',
  })
  return items
}

/** A working day soon, one later, and one of a year that is not announced, if that is near. */
async function daysAhead(ctx: Context): Promise<{ near: string; far: string; next: string | null }> {
  const today = localDay(ctx.clock.now())
  const { calendar } = await calendarIn(ctx.db)
  const year = yearOf(today) + 1
  const next = addWorkdays(calendar, `${year}-01-04`, 6)
  const isNear = next <= addDays(today, WITHIN_DAYS) && !calendar.years.has(year)
  return {
    near: addWorkdays(calendar, today, 14),
    far: addWorkdays(calendar, today, 18),
    next: isNear ? next : null,
  }
}

async function ask(
  ctx: Context,
  who: Principal,
  { id, version }: Rectification,
  kind: 'extend' | 'pause',
  until: string,
  reason: string,
): Promise<Rectification> {
  return takeStep(ctx, who, { id, version }, { step: 'ask', kind, until, reason })
}

async function answer(
  ctx: Context,
  who: Principal,
  { id, version }: Rectification,
  grant: boolean,
  reason: string,
  until?: string,
): Promise<void> {
  await takeStep(ctx, who, { id, version }, { step: 'answer', grant, reason, until })
}

async function comment(
  ctx: Context,
  who: Principal,
  { id }: Rectification,
  text: string,
  mentions: number[],
): Promise<void> {
  await commentRectification(ctx, who, id, { text, mentions })
}

/** The owner says what is wrong with a site of its own; the clock above runs on. */
async function informOf(ctx: Context, unit: Principal): Promise<void> {
  const open = await ctx.db
    .selectFrom('alert')
    .innerJoin('site', 'site.id', 'alert.site_id')
    .select(['alert.id', 'alert.version', 'site.unit_id as unitId', 'site.district'])
    .where('alert.status', '=', 'open')
    .orderBy('alert.id', 'desc')
    .execute()
  const own = open.find((one) => covers(unit.scope, one))
  if (!own) return
  const until = new Date(ctx.clock.now() + DAY).toISOString()
  const command = { action: 'acknowledge', note: '已通知运维单位，预计今日内恢复', until } as const
  await commandAlert(ctx, unit, { id: own.id, version: own.version }, command)
}

/** A portal of which the hotline has heard: its term is in hours. */
async function raiseForPortal(ctx: Context, duty: Principal): Promise<void> {
  const portal = await ctx.db
    .selectFrom('site')
    .innerJoin('site_state', 'site_state.site_id', 'site.id')
    .select('site.id')
    .where('site.level', '=', 'district_portal')
    .where('site_state.state', '<>', 'paused')
    .where(hasNoOpenRectification)
    .orderBy('site.id')
    .limit(1)
    .executeTakeFirst()
  if (!portal) return
  await raiseMany(ctx, duty, {
    source: 'hotline',
    siteIds: [portal.id],
    rule: 'DOWN',
    problem: '市民反映上班高峰时段首页多次打不开',
    reference: '12345 热线工单',
  })
}
