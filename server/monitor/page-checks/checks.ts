import { HOUR } from '../../../shared/base/time.ts'
import type { PageCheck, Unseen } from '../../../shared/monitor/page-checks/page-checks-rules.ts'
import type { Context } from '../../base/context.ts'
import type { Checks } from '../rendering/checks.ts'
import { keepCheck, keepNoCheck } from './queries.ts'
import { betterLoad, isSlow, toKeep } from './take.ts'
import { askChecks, spreadChecks, templateOf } from './turns.ts'

/** New sites get their turns once in so long. */
const SPREAD_MS = HOUR

/** What is kept of what was found. */
export interface Keeping {
  /** Covers what must not be kept of a text. */
  cover(text: string): string
  /** Of the links of a page that nobody sees those that somebody may want to know of. */
  unseen(unseen: Unseen, url: string): Promise<Unseen>
}

/** What whoever draws pages does for their checks. A home page that took too long is drawn once more, and the better time counts. */
export function checksOf({ db, clock }: Pick<Context, 'db' | 'clock'>, keeping: Keeping): Checks {
  let spreadMs = Number.NEGATIVE_INFINITY
  const kept = async (found: PageCheck, url: string): Promise<PageCheck> => {
    const { unseen } = found
    const links = unseen && typeof unseen !== 'string' ? { unseen: await keeping.unseen(unseen, url) } : {}
    return { ...toKeep(found, (text) => keeping.cover(text)), ...links }
  }
  return {
    async ask(now) {
      if (now - spreadMs >= SPREAD_MS) {
        await spreadChecks(db, new Date(now))
        spreadMs = now
      }
      await askChecks(db, now)
    },
    async take(order, drawn, again) {
      const template = templateOf(order)
      if (template === null || !drawn.check) return 'unread'
      const page = { siteId: order.siteId, template }
      const other = isSlow(template, drawn.check) ? await again() : null
      const otherLoad = other && 'url' in other ? (other.check?.load ?? null) : null
      const load = betterLoad(drawn.check.load, otherLoad)
      await keepCheck(db, page, {
        url: drawn.url,
        at: new Date(clock.now()),
        found: await kept({ ...drawn.check, load }, drawn.url),
      })
      return null
    },
    async fail(order, reason, now) {
      const template = templateOf(order)
      if (template === null) return
      await keepNoCheck(db, { siteId: order.siteId, template }, reason, new Date(now))
    },
  }
}
