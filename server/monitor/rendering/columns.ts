import { sql } from 'kysely'
import { HOUR, localDay } from '../../../shared/base/time.ts'
import { RENDERING, type Rendered } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { isNeglectedBy, type NeglectedColumn } from '../columns/judge.ts'
import { judgeSoon, type ListMeasure, storeList } from '../columns/queries.ts'
import { OWN_ITEMS } from '../read/page/drawn.ts'
import { askRender } from './ask.ts'
import { type DrawFailure, GONE } from './browser/order.ts'
import type { RenderOrder } from './queries.ts'
import { renderedOf, stands } from './rules.ts'

/** How the page of a column is told from the home page among a site's orders. */
const REF = /^column (\d+)$/

/** The column whose page is to be drawn; null: it is a home page. */
export function columnOf({ subject }: Pick<RenderOrder, 'subject'>): number | null {
  const [, id] = REF.exec(subject?.ref ?? '') ?? []
  return id === undefined ? null : Number(id)
}

/** What the page of a column lists as it was drawn. */
export interface DrawnList {
  readonly measure: ListMeasure
  /** Nothing is missing that may be its list. */
  readonly isWhole: boolean
}

/**
 * Stores what the page of a column lists as it was drawn, like what its server sent. What is not whole counts where it shows that the
 * column is kept up, and is not what the column may be held to be neglected by.
 * @param atMs epoch ms.
 * @returns false when it says nothing of its column, and is not stored.
 */
export async function storeDrawnColumn(
  db: Db,
  column: { readonly id: number; readonly siteId: number },
  { measure, isWhole }: DrawnList,
  atMs: number,
): Promise<boolean> {
  const at = new Date(atMs)
  if (isWhole) {
    await storeList(db, column, measure, at, { isDrawn: true })
    await db.updateTable('site_column').set({ drawn_at: at }).where('id', '=', column.id).execute()
    return true
  }
  const known = await db
    .selectFrom('site_column')
    .select('class')
    .where('id', '=', column.id)
    .executeTakeFirst()
  const { items, dates } = measure
  if (!known || items === 0 || isNeglectedBy(known.class, dates[0] ?? null, localDay(atMs))) return false
  await storeList(db, column, measure, at, { isDrawn: true })
  return true
}

/**
 * Whether what the server sends now shows the list of a column itself, so that nothing which a browser misses there can be its list.
 * @param atMs epoch ms.
 */
export async function isListSent(db: Db, id: number, atMs: number): Promise<boolean> {
  const row = await db
    .selectFrom('site_column')
    .select('id')
    .where('id', '=', id)
    .where(sql`jsonb_array_length(list_dates)`, '>=', OWN_ITEMS)
    .where('list_read_at', '>', new Date(atMs - RENDERING.standsHours * HOUR))
    // Neither drawn in part, nor as a whole, by whatever version of this program.
    .where((eb) => eb.or([eb('list_drawn_at', 'is', null), eb('list_read_at', '>', eb.ref('list_drawn_at'))]))
    .where((eb) => eb('list_read_at', 'is distinct from', eb.ref('drawn_at')))
    .executeTakeFirst()
  return row !== undefined
}

/** Where there is no page, there is nothing that a script could draw: the column stands as it was read. */
export async function noteNoList(
  db: Db,
  order: Pick<RenderOrder, 'subject' | 'siteId'>,
  { failed, status }: DrawFailure,
  at: Date,
): Promise<void> {
  const id = columnOf(order)
  if (id === null || (failed !== 'no_page' && !GONE.has(status))) return
  await db.transaction().execute(async (tx) => {
    await judgeSoon(tx, order.siteId)
    await tx.updateTable('site_column').set({ drawn_at: at }).where('id', '=', id).execute()
  })
}

/** Of columns that seem neglected those whose own page was not drawn lately. @param atMs epoch ms. */
export const undrawn = (columns: readonly NeglectedColumn[], atMs: number): NeglectedColumn[] =>
  columns.filter(({ drawnAt }) => !stands(drawnAt, atMs))

/** How the pages of columns were seen that seem neglected. @param atMs epoch ms. */
export const neglectedRendered = (
  columns: readonly NeglectedColumn[],
  canRender: boolean,
  atMs: number,
): Rendered | null =>
  renderedOf(
    columns.map(({ drawnAt }) => drawnAt),
    canRender,
    atMs,
  )

/**
 * Has the pages of columns drawn before their site is told to neglect them; one that could not be drawn lately, not again yet.
 * @param now epoch ms.
 */
export async function askColumns(
  tx: Tx,
  asks: readonly { readonly siteId: number; readonly columns: readonly NeglectedColumn[] }[],
  now: number,
): Promise<void> {
  const orders = asks.flatMap(({ siteId, columns }) =>
    columns.map(({ id, url }) => ({
      ...{ siteId, url, purpose: 'reading' as const, cause: 'verdict' as const, askedBy: null },
      subject: { ref: `column ${id}` },
    })),
  )
  const failed = await failedLately(tx, [...new Set(asks.map(({ siteId }) => siteId))], now)
  await askRender(
    tx,
    orders.filter(({ subject }) => !failed.has(subject.ref)),
    now,
  )
}

/** What could not be drawn of these sites in the hours after which a verdict asks again, by its `ref`. */
async function failedLately(tx: Tx, siteIds: readonly number[], now: number): Promise<ReadonlySet<string>> {
  if (siteIds.length === 0) return new Set()
  const rows = await tx
    .selectFrom('render_order')
    .select('ref')
    .where('site_id', 'in', [...siteIds])
    .where('asked_at', '>', new Date(now - RENDERING.verdictHours * HOUR))
    .where('purpose', '=', 'reading')
    .where('outcome', '=', 'failed')
    .execute()
  return new Set(rows.map(({ ref }) => ref))
}
