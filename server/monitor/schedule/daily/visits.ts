import type { AsideKind } from '../../../../shared/base/aside/aside.ts'
import { doOrSetAside } from '../../../base/aside/set-aside.ts'
import type { Context } from '../../../base/context.ts'
import { Places } from '../places.ts'
import type { DailyClaim, DailyPage } from './claims.ts'

/** A city of 640 sites has one of these pages due in half a minute, a nation one in each quarter of a second. */
const TICK_MS = 2_000
const MOST_PER_TICK = 8
/** So many wait for their hosts at a time; and at one host so few, but for those of one tick, that it is not all they wait for. */
const WAITING = { most: 64, mostAtHost: 4 }

/** What is visited, and how. */
export interface DailyParts<T extends DailyPage> {
  readonly ctx: Context
  readonly kind: AsideKind
  readonly claim: (claim: DailyClaim) => Promise<readonly T[]>
  /** Visits it and stores what it shows; stops early where the signal says so. */
  readonly visit: (page: T, signal: AbortSignal) => Promise<void>
  /** Does the work when nothing else is under way at the host. */
  readonly alone: (site: { url: string; demo: boolean }, work: () => Promise<void>) => Promise<void>
}

/** Visits pages besides the home pages, each at most once a day. Those of a host where some wait already stay due. */
export class DailyVisits<T extends DailyPage> {
  readonly #parts: DailyParts<T>
  readonly #stop = new AbortController()
  readonly #places = new Places(WAITING)
  #timer: NodeJS.Timeout | null = null
  #claiming: Promise<void> | null = null

  constructor(parts: DailyParts<T>) {
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
    const { ctx, kind, claim, alone } = this.#parts
    const { free, fullHosts } = this.#places
    const limit = Math.min(MOST_PER_TICK, free)
    if (limit === 0) return
    try {
      for (const page of await claim({ now: new Date(ctx.clock.now()), limit, fullHosts })) {
        const item = { kind, ref: page.url, siteId: page.siteId }
        const leave = this.#places.force(page.host)
        void alone({ url: page.siteUrl, demo: page.demo }, () =>
          doOrSetAside(ctx, item, () => this.#visit(page)),
        ).finally(leave)
      }
    } catch (error) {
      ctx.log.warn({ err: error, kind }, 'no pages are visited: the database did not answer')
    }
  }

  async #visit(page: T): Promise<void> {
    const { signal } = this.#stop
    if (signal.aborted) return
    await this.#parts.visit(page, signal).catch((error: unknown) => {
      // What is broken off by the end of the monitor is no fault of the page's.
      if (!signal.aborted) throw error
    })
  }
}
