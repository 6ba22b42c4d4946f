import { inspectionRule, MACHINE } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import type { Visit } from '../../visit/visit.ts'
import { rulesFor, rulesKey } from '../look.ts'
import type { Outcome, Retrieved, SiteFacts } from '../rule.ts'
import type { CrawlLink, Inspected, Inspector } from './inspector.ts'
import { packHome, packLinks, unpackLinks } from './packed.ts'
import {
  ALL_RULES,
  filesOfLook,
  type KeptPage,
  keepPage,
  keptPage,
  type SeenRow,
  seenAgain,
} from './pages.ts'
import { type FoundProblem, keepProblems, seeProblemsAgain } from './problems.ts'

/** A page or file that the crawl has come to. */
export interface Stop {
  readonly scanId: number
  readonly urlHash: string
  readonly url: string
  readonly depth: number
  readonly kind: 'page' | 'file'
}

/** What a stop has brought: the links to go on with, and what is to be kept, in the crawl's own transaction. */
export interface Sight {
  /** Null: what came is no page of this site, or the one that it answers with where it has nothing. */
  readonly links: readonly CrawlLink[] | null
  readonly isCut: boolean
  store(tx: Tx, now: Date): Promise<void>
}

/** Links of a page that are kept for the next look. */
const MOST_KEPT_LINKS = 1_500

/** Looks at what a crawl fetches of one site: each page once, those that are as they were not again. */
export class Looker {
  readonly #db: Db
  readonly #inspector: Inspector
  readonly #site: SiteFacts
  readonly #mostLinks: number
  #files: number | null = null

  constructor(db: Db, inspector: Inspector, site: SiteFacts, mostLinks: number) {
    this.#db = db
    this.#inspector = inspector
    this.#site = site
    this.#mostLinks = mostLinks
  }

  /** Whether a file is fetched: there are rules for files, and the look has not fetched its share of them. */
  async wantsFile(scanId: number): Promise<boolean> {
    if (rulesFor('file').length === 0) return false
    this.#files ??= await filesOfLook(this.#db, this.#site.siteId, scanId)
    return this.#files++ < MACHINE.crawl.files
  }

  /** What is known of a page, to be asked with whether it has changed. */
  async known({ urlHash, kind }: Stop): Promise<KeptPage | null> {
    const kept = await keptPage(this.#db, this.#site.siteId, urlHash)
    // A page that another set of rules has looked at is fetched as if for the first time.
    return kept?.rules === rulesKey(kind, this.#site.given) && (kind === 'file' || kept.links !== null)
      ? kept
      : null
  }

  /** Whether a page has led on when it was seen last. */
  async ledOn({ urlHash }: Stop): Promise<boolean> {
    const links = (await keptPage(this.#db, this.#site.siteId, urlHash))?.links
    return links ? (await unpackLinks(links)).length > 0 : false
  }

  /** @param known what `known` said. @param isSoft what came is what the site answers where it has nothing: it leads nowhere */
  async look(stop: Stop, visit: Visit, known: KeptPage | null, isSoft: boolean): Promise<Sight> {
    const { result, body } = visit
    if (result.outcome !== 'ok') return this.#missed(stop, visit)
    if (known && !isSoft && (result.notModified || (body && result.bodyHash === known.print))) {
      return this.#same(stop, visit, known)
    }
    return body ? this.#looked(stop, visit, body, isSoft) : this.#missed(stop, visit)
  }

  #at({ scanId, urlHash }: Stop, now: Date) {
    return { siteId: this.#site.siteId, urlHash, scanId, now }
  }

  #missed(stop: Stop, { result }: Visit): Sight {
    const isGone = result.status === 404 || result.status === 410
    const reason = result.outcome === 'blocked' ? 'blocked' : 'notOpened'
    return {
      ...{ links: null, isCut: false },
      store: async (tx, now) => {
        const known = await keptPage(tx, this.#site.siteId, stop.urlHash)
        // What could not be seen this time may still be there; what is gone is gone with all that was on it.
        if (known && !isGone) {
          const said = { ...known.said, [ALL_RULES]: reason }
          return seenAgain(tx, this.#at(stop, now), { depth: stop.depth, status: result.status, said })
        }
        const said: Record<string, string> = isGone ? {} : { [ALL_RULES]: reason }
        await keepPage(tx, this.#at(stop, now), {
          ...EMPTY,
          ...{ url: known?.url ?? stop.url, kind: stop.kind, depth: stop.depth, status: result.status, said },
        })
      },
    }
  }

  async #same(stop: Stop, { result }: Visit, known: KeptPage): Promise<Sight> {
    const { siteId } = this.#site
    return {
      links: stop.kind === 'page' && known.links ? await unpackLinks(known.links) : [],
      isCut: false,
      store: async (tx, now) => {
        const { etag, lastModified, status } = result
        const change = { depth: stop.depth, etag, last_modified: lastModified }
        // What it said when it did not open is over; what each rule said of it stays so.
        const { [ALL_RULES]: _missed, ...said } = known.said
        await seenAgain(tx, this.#at(stop, now), { ...change, status: status === 304 ? 200 : status, said })
        await seeProblemsAgain(tx, siteId, known.found, now)
      },
    }
  }

  async #looked(stop: Stop, visit: Visit, body: Uint8Array, isSoft: boolean): Promise<Sight> {
    const { result, headers } = visit
    const page: Retrieved = {
      ...{
        siteId: this.#site.siteId,
        url: stop.url,
        finalUrl: result.finalUrl ?? stop.url,
        depth: stop.depth,
      },
      ...{ kind: stop.kind, status: result.status ?? 200, headers, bytes: body },
      isCut: result.notes.includes('capped'),
    }
    const packed = stop.depth === 0 ? { body: await packHome(body), headers } : NOT_KEPT
    // The pool takes the bytes away: what is needed besides is taken before.
    const copy = stop.kind === 'page' ? new Uint8Array(body) : body
    const { isEnded, ...inspected } = await this.#inspect(page, copy)
    const { said, found, problems } = partsOf(inspected.outcomes)
    const links = inspected.links.slice(0, MOST_KEPT_LINKS)
    const row: SeenRow = {
      ...{
        url: page.finalUrl,
        kind: stop.kind,
        depth: stop.depth,
        status: result.status,
        title: inspected.title,
      },
      ...{
        hosts: inspected.hosts,
        etag: result.etag,
        last_modified: result.lastModified,
        print: result.bodyHash,
      },
      ...{
        rules: isLookedAt(inspected) ? rulesKey(stop.kind, this.#site.given) : null,
        said,
        found,
        // One that could not be looked at is given to no rule of sites either: these share a thread with all others.
        ...(isEnded ? NOT_KEPT : packed),
      },
      links: stop.kind === 'page' && !isSoft ? await packLinks(links) : null,
    }
    return {
      ...{ links: isSoft ? null : inspected.links, isCut: inspected.isCut },
      store: async (tx, now) => {
        await keepPage(tx, this.#at(stop, now), row)
        await keepProblems(tx, this.#site.siteId, problems, now)
      },
    }
  }

  /**
   * A page that ends the thread which looks at it is measured by no rule; the crawl goes on all the same, with its links where a thread
   * can take these. Nobody else touches such a page.
   */
  async #inspect(page: Retrieved, copy: Uint8Array): Promise<Inspected & { isEnded: boolean }> {
    const most = page.kind === 'page' ? this.#mostLinks : 0
    try {
      return {
        ...(await this.#inspector.look({ page, site: this.#site, links: most })),
        isEnded: false,
      }
    } catch {
      const outcomes = rulesFor(page.kind).map(
        ({ data }) => [data.id, { outcome: 'unmeasured', reason: 'failed' }] as const,
      )
      const nothing = { links: [], isCut: most > 0, title: '', hosts: {}, outcomes, cpuMs: 0, isEnded: true }
      if (most === 0) return nothing
      const order = {
        page: { ...page, bytes: copy },
        site: this.#site,
        links: most,
        isForLinks: true,
      } as const
      const { links, isCut } = await this.#inspector.look(order).catch(() => nothing)
      return { ...nothing, links, isCut }
    }
  }
}

const NOT_KEPT = { body: null, headers: null }
const EMPTY = {
  ...{ title: '', hosts: {}, etag: null, last_modified: null, print: null, rules: null, found: [] },
  ...{ links: null, ...NOT_KEPT },
}

/** One that no rule came through with is looked at again by the next look, also where it is as it was. */
export const isLookedAt = ({ outcomes }: Pick<Inspected, 'outcomes'>): boolean =>
  outcomes.some(([, one]) => one.outcome !== 'unmeasured' || one.reason !== 'failed')

/** Outcomes as they are kept with a page, and the problems among them. */
export function partsOf(outcomes: readonly (readonly [string, Outcome])[]) {
  const said: Record<string, string> = {}
  const found: [string, string][] = []
  const problems: FoundProblem[] = []
  for (const [rule, outcome] of outcomes) {
    if (outcome.outcome === 'unmeasured') said[rule] = outcome.reason
    if (outcome.outcome !== 'found') continue
    const version = inspectionRule(rule)?.version ?? 1
    for (const problem of outcome.problems) {
      found.push([rule, problem.key])
      problems.push({ ...problem, rule, version })
    }
  }
  return { said, found, problems }
}
