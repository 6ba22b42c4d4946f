import { localDay } from '../../../shared/base/time.ts'
import { doOrSetAside } from '../../base/aside/set-aside.ts'
import type { Context } from '../../base/context.ts'
import { claimDueColumn, type DueColumn, type ListMeasure, storeList } from '../columns/queries.ts'
import { titleOf, titleRank } from '../read/page/page.ts'
import type { Reading } from '../read/read.ts'
import { readListPage } from '../visit/entrance.ts'
import type { Prober } from '../visit/visit.ts'

/** A city of 640 sites has one of these pages due in half a minute, a nation one in each quarter of a second. */
const TICK_MS = 2_000
const MOST_PER_TICK = 8
/** A title of this length is an item; what is shorter is a menu. */
const ITEM_TITLE = 10
/** A list that a script fills in the browser is empty for us, and not blank. */
const FILLED_LATER =
  /XMLHttpRequest|\.innerHTML|\$\.(?:ajax|get|post|getJSON)|\bfetch\(|axios|createApp|new Vue/

export interface ColumnVisitParts {
  readonly ctx: Context
  readonly proberOf: (site: { demo: boolean }) => Prober
  /** Does the work when nothing else is under way at the host. */
  readonly alone: (url: string, work: () => Promise<void>) => void
}

/** Visits the pages of columns, each at most once a day, and stores what they list. */
export class ColumnVisits {
  readonly #parts: ColumnVisitParts
  readonly #stop = new AbortController()
  #timer: NodeJS.Timeout | null = null
  #claiming: Promise<void> | null = null

  constructor(parts: ColumnVisitParts) {
    this.#parts = parts
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#claiming ??= this.#claim().finally(() => {
        this.#claiming = null
      })
    }, TICK_MS)
  }

  /** Claims no more; what is under way is the schedule's to wait for. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer)
    this.#stop.abort()
    await this.#claiming
  }

  async #claim(): Promise<void> {
    const { ctx, alone } = this.#parts
    try {
      const due = await claimDueColumn(ctx.db, new Date(ctx.clock.now()), MOST_PER_TICK)
      for (const column of due) {
        const { siteId, url } = column
        const item = { kind: 'column', ref: url, siteId } as const
        alone(column.siteUrl, () => doOrSetAside(ctx, item, () => this.#visit(column)))
      }
    } catch (error) {
      ctx.log.warn({ err: error }, 'no columns are visited: the database did not answer')
    }
  }

  async #visit(column: DueColumn): Promise<void> {
    if (this.#stop.signal.aborted) return
    const { ctx, proberOf } = this.#parts
    const atMs = ctx.clock.now()
    const reading = await readListPage(proberOf(column), column.url, localDay(atMs), this.#stop.signal)
    if (this.#stop.signal.aborted) return
    const measure = reading === null || reading === 'gone' ? null : measureList(reading)
    await storeList(ctx.db, column, measure, new Date(atMs))
  }
}

/** What a column's own page lists; null when that cannot be said. */
export function measureList({ page, text, items, finding }: Reading): ListMeasure | null {
  if (page === null || finding.reason === 'drawn_by_script') return null
  const titles = new Set(
    page.anchors.flatMap((anchor) => {
      const title = titleRank(anchor) === 2 ? titleOf(anchor) : ''
      return title.length >= ITEM_TITLE ? [title] : []
    }),
  )
  const count = Math.max(items.length, titles.size)
  if (count === 0 && FILLED_LATER.test(text)) return null
  return { items: count, dates: items.map((item) => item.date).slice(0, 60) }
}
