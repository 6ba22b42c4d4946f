import { MINUTE } from '../../../../shared/base/time.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Context } from '../../../base/context.ts'
import { failedVisit } from '../../visit/run.ts'
import type { Prober, Visit, VisitTarget } from '../../visit/visit.ts'
import { SITE_RULES } from '../families.ts'
import type { Kept } from '../kept.ts'
import { keptOfSite } from '../kept-of-site.ts'
import { tidy } from '../look.ts'
import {
  MOST_OF_SITE,
  type Outcome,
  type Retrieved,
  type SeenPage,
  type SiteFacts,
  type SiteRule,
  type Tools,
} from '../rule.ts'
import { homeAsKept } from './packed.ts'
import { keptHome, pagesOfLook } from './pages.ts'

/** Pages that a rule may ask for besides, unless its limits have another `budget`. */
const BUDGET = 20
/** What a rule takes longer for is given up. */
const LIMIT_MS = MINUTE

export interface MeasureParts {
  readonly ctx: Pick<Context, 'db' | 'clock' | 'log'>
  readonly prober: Prober
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
  { ctx, prober, signal, hold }: MeasureParts,
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
    const outcome = await askRule({ log: ctx.log, prober, signal }, rule, site, { home, pages, kept })
    if (outcome) said.set(rule.id, outcome)
  }
  return signal.aborted ? null : said
}

/** What a rule asks with. */
export interface AskParts {
  readonly log: Pick<Context['log'], 'warn'>
  readonly prober: Pick<Prober, 'visit'>
  readonly signal: AbortSignal
}

/** What one rule says of a site: nothing where it fails, or takes too long; null: it does not ask this time. */
export async function askRule(
  { log, prober, signal }: AskParts,
  rule: SiteRule,
  site: SiteFacts,
  seen: Pick<Tools, 'home' | 'pages' | 'kept'>,
): Promise<Outcome | null> {
  const limits = inspectionRule(rule.id)?.limits ?? {}
  const ended = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)])
  const tools = new RuleTools({ ...seen, limits, signal: ended }, prober)
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
  readonly #prober: Pick<Prober, 'visit'>
  #left: number

  constructor({ home, pages, limits, kept, signal }: Given, prober: Pick<Prober, 'visit'>) {
    this.home = home
    this.pages = pages
    this.limits = limits
    this.kept = kept
    this.signal = signal
    this.#prober = prober
    this.#left = typeof limits.budget === 'number' ? limits.budget : BUDGET
  }

  get isSpent(): boolean {
    return this.#left <= 0
  }

  async visit(target: VisitTarget): Promise<Visit> {
    if (this.isSpent) return failedVisit('aborted')
    this.#left--
    return this.#prober.visit({ ...target, signal: this.signal })
  }
}

async function seenPages(db: Context['db'], siteId: number, scanId: number): Promise<SeenPage[]> {
  const rows = await pagesOfLook(db, siteId, scanId)
  return rows.map(({ said: _said, found: _found, ...page }) => page)
}

async function homeOf(db: Context['db'], siteId: number, scanId: number): Promise<Retrieved | null> {
  const kept = await keptHome(db, siteId, scanId)
  return kept?.body ? homeAsKept(siteId, { ...kept, body: kept.body }) : null
}
