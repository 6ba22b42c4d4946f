import { MINUTE } from '../../../../shared/base/time.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Context } from '../../../base/context.ts'
import { failedVisit } from '../../visit/run.ts'
import type { Prober, Visit, VisitTarget } from '../../visit/visit.ts'
import { SITE_RULES } from '../families.ts'
import type { Kept } from '../kept.ts'
import { keptOfSite } from '../kept-of-site.ts'
import { isHtml, tidy } from '../look.ts'
import {
  MOST_OF_SITE,
  type Outcome,
  type Retrieved,
  type SeenPage,
  type SiteFacts,
  type SiteRule,
  type Tools,
} from '../rule.ts'
import type { Inspector } from './inspector.ts'
import { homeAsKept } from './packed.ts'
import { keptHome, pagesOfLook } from './pages.ts'

/** Pages that a rule may ask for besides, unless its limits have another `budget`. */
const BUDGET = 20
/** What a rule takes longer for is given up. */
const LIMIT_MS = MINUTE

export interface MeasureParts {
  readonly ctx: Pick<Context, 'db' | 'clock' | 'log'>
  readonly prober: Prober
  readonly inspector: Inspector
  readonly signal: AbortSignal
  /** Called before each rule, with the time that it may take: whoever holds the site holds it for so long. */
  hold(ms: number): Promise<boolean>
}

/**
 * What the rules of sites say of one that has been looked through, one after the other. One that fails or takes too long is not
 * measured, and hinders no other; one that does not ask this time is not among them.
 * @returns null where the site was taken away meanwhile.
 */
export async function measureSite(
  { ctx, prober, inspector, signal, hold }: MeasureParts,
  site: SiteFacts,
  scanId: number,
  rules: readonly SiteRule[] = SITE_RULES,
): Promise<Map<string, Outcome> | null> {
  const said = new Map<string, Outcome>()
  if (rules.length === 0) return said
  const pages = await seenPages(ctx.db, site.siteId, scanId)
  const home = await homeOf(ctx.db, site.siteId, scanId)
  const kept = keptOfSite(ctx.db, site, ctx.clock)
  for (const rule of rules) {
    if (!(await hold(LIMIT_MS)) || signal.aborted) return null
    const parts = { log: ctx.log, prober, inspector, signal }
    const outcome = await askRule(parts, rule, site, { home, pages, kept })
    if (outcome) said.set(rule.id, outcome)
  }
  return signal.aborted ? null : said
}

/** What a rule asks with. */
export interface AskParts {
  readonly log: Pick<Context['log'], 'warn'>
  readonly prober: Pick<Prober, 'visit'>
  /** Looks first at what comes of it. */
  readonly inspector: Pick<Inspector, 'look'>
  readonly signal: AbortSignal
}

/** What one rule says of a site: nothing where it fails, or takes too long; null: it does not ask this time. */
export async function askRule(
  { log, signal, ...by }: AskParts,
  rule: SiteRule,
  site: SiteFacts,
  seen: Pick<Tools, 'home' | 'pages' | 'kept'>,
): Promise<Outcome | null> {
  const limits = inspectionRule(rule.id)?.limits ?? {}
  const ended = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)])
  // One that says it is no page has been read by no rule in the thread.
  const home = seen.home && isHtml(seen.home) ? seen.home : null
  const tools = new RuleTools({ ...seen, home, limits, signal: ended }, site, by)
  const late = new Promise<never>((_, reject) => {
    tools.signal.addEventListener('abort', () => reject(new Error('took too long')), { once: true })
  })
  const measured = async () =>
    rule.isDue && !(await rule.isDue(site, tools)) ? null : rule.measure(site, tools)
  try {
    const said = await Promise.race([measured(), late])
    return said && tidy(said, MOST_OF_SITE, site.today)
  } catch (error) {
    log.warn({ err: error, rule: rule.id, site: site.siteId }, 'a rule could not measure a site')
    return { outcome: 'unmeasured', reason: 'failed' }
  }
}

type Given = Omit<Tools, 'visit' | 'isSpent'>

class RuleTools implements Tools {
  readonly home: Given['home']
  readonly pages: Given['pages']
  readonly limits: Given['limits']
  readonly kept: Kept
  readonly signal: Given['signal']
  readonly #site: SiteFacts
  readonly #by: Pick<AskParts, 'prober' | 'inspector'>
  #left: number

  constructor(
    { home, pages, limits, kept, signal }: Given,
    site: SiteFacts,
    by: Pick<AskParts, 'prober' | 'inspector'>,
  ) {
    this.home = home
    this.pages = pages
    this.limits = limits
    this.kept = kept
    this.signal = signal
    this.#site = site
    this.#by = by
    this.#left = typeof limits.budget === 'number' ? limits.budget : BUDGET
  }

  get isSpent(): boolean {
    return this.#left <= 0
  }

  async visit(target: VisitTarget): Promise<Visit> {
    if (this.isSpent) return failedVisit('aborted')
    this.#left--
    const visit = await this.#by.prober.visit({ ...target, signal: this.signal })
    if (visit.body) await this.#tryOut(target.url, visit, visit.body)
    return visit
  }

  /**
   * Has a page looked at by the thread for strangers' pages, which takes its bytes away, before a rule reads it beside everybody else.
   * @throws where that does not come through: no rule gets such a page
   */
  async #tryOut(url: string, { result, headers }: Visit, body: Uint8Array): Promise<void> {
    const page: Retrieved = {
      ...{ siteId: this.#site.siteId, url, finalUrl: result.finalUrl ?? url, depth: 1, kind: 'page' },
      // Rules of sites read it as a page, whatever it says it is.
      ...{ status: result.status ?? 200, headers: { ...headers, 'content-type': asPage(headers) } },
      ...{ bytes: new Uint8Array(body), isCut: result.notes.includes('capped') },
    }
    await this.#by.inspector.look({ page, site: this.#site, links: 0 })
  }
}

const asPage = ({ 'content-type': type = '' }: Retrieved['headers']): string =>
  type.includes('html') ? type : `text/html; ${type}`

async function seenPages(db: Context['db'], siteId: number, scanId: number): Promise<SeenPage[]> {
  const rows = await pagesOfLook(db, siteId, scanId)
  return rows.map(({ url_hash: _hash, said: _said, found: _found, ...page }) => page)
}

async function homeOf(db: Context['db'], siteId: number, scanId: number): Promise<Retrieved | null> {
  const kept = await keptHome(db, siteId, scanId)
  return kept?.body ? homeAsKept(siteId, { ...kept, body: kept.body }) : null
}
