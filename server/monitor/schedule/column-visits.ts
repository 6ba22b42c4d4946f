import { localDay } from '../../../shared/base/time.ts'
import { doOrSetAside } from '../../base/aside/set-aside.ts'
import type { Context } from '../../base/context.ts'
import { claimDueColumn, type DueColumn, storeList } from '../columns/queries.ts'
import { readListPage } from '../visit/reading/entrance.ts'
import type { Reader } from '../visit/reading/reader.ts'
import type { Prober } from '../visit/visit.ts'

/** A city of 640 sites has one of these pages due in half a minute, a nation one in each quarter of a second. */
const TICK_MS = 2_000
const MOST_PER_TICK = 8

export interface ColumnVisitParts {
  readonly ctx: Context
  readonly proberOf: (site: { demo: boolean }) => Prober
  readonly reader: Reader
  /** Does the work when nothing else is under way at the host. */
  readonly alone: (site: { url: string; demo: boolean }, work: () => Promise<void>) => void
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
        const { siteId, url, siteUrl, demo } = column
        const item = { kind: 'column', ref: url, siteId } as const
        alone({ url: siteUrl, demo }, () => doOrSetAside(ctx, item, () => this.#visit(column)))
      }
    } catch (error) {
      ctx.log.warn({ err: error }, 'no columns are visited: the database did not answer')
    }
  }

  async #visit(column: DueColumn): Promise<void> {
    if (this.#stop.signal.aborted) return
    const { ctx, proberOf, reader } = this.#parts
    const atMs = ctx.clock.now()
    const by = { prober: proberOf(column), reader, ref: localDay(atMs), signal: this.#stop.signal }
    const read = await readListPage(by, column.url)
    if (this.#stop.signal.aborted) return
    const measure = read === null || read === 'gone' ? null : read.list
    await storeList(ctx.db, column, measure, new Date(atMs))
  }
}
