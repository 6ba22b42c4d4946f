import { localDay } from '../../../shared/base/time.ts'
import {
  type Column,
  type ColumnClass,
  childrenAmong,
  columnStateOf,
  judgeColumns,
  type SiteColumns,
  windowStart,
} from '../../../shared/monitor/columns/columns.ts'
import { v2WindowStart } from '../../../shared/monitor/verdicts/verdicts.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { shownAddress, shownText } from '../persons/address.ts'
import { rulesInForce } from '../verdicts/in-force.ts'
import { readingOf } from './judge.ts'
import { type ColumnRow, columnsOf, setClass } from './queries.ts'

/**
 * The columns of a site as they stand today, and what the rules say of them.
 * @throws Refusal not_found.
 */
export async function siteColumns(ctx: Context, user: Principal, siteId: number): Promise<SiteColumns> {
  if (!(await findLocation(ctx.db, user.scope, siteId))) throw noSite()
  const today = localDay(ctx.clock.now())
  const rows = await columnsOf(ctx.db, siteId)
  const isChild = childrenAmong(rows.map((row) => row.url))
  const columns = rows.map((row, index) => toColumn(row, isChild[index] === true, today))
  const rules = rulesInForce()
  const counted = columns.filter((one) => !(rules.countsTopLevelOnly && one.isChild))
  return {
    columns,
    verdicts: judgeColumns(counted, await homeRecent(ctx.db, siteId), rules),
    unconfirmed: counted.filter((one) => one.confirmedBy === null).length,
  }
}

/**
 * Says what a column is for, which confirms it; what the monitor sees later does not change that again.
 * @throws Refusal not_found, forbidden.
 */
export async function classify(
  ctx: Context,
  user: Principal,
  at: { siteId: number; columnId: number },
  kind: ColumnClass,
): Promise<SiteColumns> {
  const now = new Date(ctx.clock.now())
  await ctx.db.transaction().execute(async (tx) => {
    const site = await findLocation(tx, user.scope, at.siteId)
    if (!site) throw noSite()
    if (!may(user, 'column.classify', site)) {
      throw new Refusal('forbidden', 'columns.mayNotClassifyColumnsSite')
    }
    if (!(await setClass(tx, at, { class: kind, by: user.id, now }))) {
      throw new Refusal('not_found', 'columns.noSuchColumn')
    }
    await recordAudit(tx, {
      at: now,
      actor: user,
      action: 'site.column_classified',
      entity: 'site',
      entityId: at.siteId,
      detail: { columnId: at.columnId, class: kind },
    })
  })
  return siteColumns(ctx, user, at.siteId)
}

function toColumn(row: ColumnRow, isChild: boolean, today: string): Column {
  const dates = [row.home_dates ?? [], row.list_dates ?? []]
  const rules = rulesInForce()
  // Where it has no window: as the home page's.
  const since = windowStart(row.class, today, rules) ?? v2WindowStart(today, rules)
  const reading = readingOf(row)
  return {
    id: row.id,
    name: shownText(row.name, today),
    url: row.url && shownAddress(row.url, today),
    class: row.class,
    confirmedBy: row.confirmed_by === null ? null : { id: row.confirmed_by, name: row.confirmed_name ?? '' },
    state: columnStateOf(reading, today, rules),
    newest: reading.newest,
    recent: Math.max(...dates.map((list) => list.filter((date) => date >= since).length)),
    isChild,
    seenAt: row.seen_at.toISOString(),
    listReadAt: row.list_read_at?.toISOString() ?? null,
    undrawn:
      row.undrawn_at && row.undrawn_reason
        ? { at: row.undrawn_at.toISOString(), reason: row.undrawn_reason }
        : null,
  }
}

/** Items of the last two weeks on the home page; null when it was not read. */
async function homeRecent(db: Db, siteId: number): Promise<number | null> {
  const row = await db
    .selectFrom('site_state')
    .select('finding')
    .where('site_id', '=', siteId)
    .executeTakeFirst()
  const { finding } = row ?? {}
  return finding && finding.outcome !== 'unreadable' && !finding.entrance ? finding.recent : null
}

const noSite = () => new Refusal('not_found', 'common.noSuchSite')
