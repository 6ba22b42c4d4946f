import { randomBytes } from 'node:crypto'
import type { Soft404, SoftKind } from '../../../shared/monitor/links/soft-404.ts'
import { inSlices } from '../../base/slices.ts'
import { signsOf } from '../outbound/looks/page.ts'
import { decodePage } from '../read/page/decode.ts'
import { printOf } from '../visit/reading/print.ts'
import type { Prober, Visit } from '../visit/visit.ts'
import { sightOf } from './rules.ts'

/** What a site answers where it has nothing, as it is stored with a scan. */
export interface SoftPage extends Soft404 {
  /** By what the page is known again; none: it is another each time, and known by its titles. */
  readonly prints: readonly string[]
  readonly titles: readonly string[]
  /** Where it sends whoever asks for what is not there. */
  readonly landings: readonly string[]
}

/** A page with fewer characters to read says nothing. */
const BLANK_CHARS = 40
const NOTHING = { is: null, prints: [], titles: [], landings: [] } as const

interface Seen {
  readonly visit: Visit
  /** Of the page as it is, and without the address that was asked for, which such pages like to repeat. */
  readonly prints: readonly string[]
  readonly title: string
  readonly chars: number
}

/**
 * Asks a site for two addresses that cannot exist. `proper`: it says so, whatever the status of its error is; `soft`: it answers with a
 * page all the same; `unmeasured`: it was not reached, or something answered in its place.
 * @param token of the addresses; by default one that nobody has.
 */
export async function probeSoft404(
  prober: Pick<Prober, 'visit'>,
  siteUrl: string,
  signal: AbortSignal,
  token = randomBytes(6).toString('hex'),
): Promise<SoftPage> {
  // Beside its home page: what lies above may be another site's.
  const addresses = [`${token}a.html`, `${token}b.html`].map((path) => new URL(path, siteUrl).href)
  const [url = siteUrl, other = siteUrl] = addresses
  const first = await see(prober, url, signal)
  const { result } = first.visit
  if (result.outcome !== 'ok') {
    const isAnswer = result.cause === 'http_4xx' || result.cause === 'http_5xx' || result.cause === 'empty'
    if (isAnswer && sightOf(result) !== 'unknown') return { ...NOTHING, outcome: 'proper', reason: null, url }
    return { ...NOTHING, outcome: 'unmeasured', reason: result.cause ?? 'monitor_error', url }
  }
  const second = await see(prober, other, signal)
  if (second.visit.result.outcome !== 'ok') {
    return { ...NOTHING, outcome: 'unmeasured', reason: second.visit.result.cause ?? 'monitor_error', url }
  }
  const home = await see(prober, siteUrl, signal)
  const steady = first.prints.filter((print) => second.prints.includes(print))
  return {
    ...{ outcome: 'soft', reason: null, url, is: kindOf(first, home) },
    prints: steady,
    titles: steady.length > 0 ? [] : [...new Set([first.title, second.title])],
    landings: [first, second].flatMap(({ visit }) => landingOf(visit) ?? []),
  }
}

function kindOf(seen: Seen, home: Seen): SoftKind {
  const { finalUrl } = home.visit.result
  if (landingOf(seen.visit) !== null && landingOf(seen.visit) === finalUrl) return 'home'
  if (seen.prints.some((print) => home.prints.includes(print))) return 'home'
  return seen.chars < BLANK_CHARS ? 'blank' : 'page'
}

/** Where a visit ended that was sent on; null where it was not. */
const landingOf = ({ result }: Visit): string | null => (result.redirects > 0 ? result.finalUrl : null)

async function see(prober: Pick<Prober, 'visit'>, url: string, signal: AbortSignal): Promise<Seen> {
  const visit = await prober.visit({ url, signal })
  return { visit, ...(await pageOf(visit, url)) }
}

async function pageOf({ body, headers }: Visit, url: string): Promise<Omit<Seen, 'visit'>> {
  if (!body) return { prints: [], title: '', chars: 0 }
  const { pathname } = new URL(url)
  const text = decodePage(body, headers['content-type']).text
  const bare = pathname.length > 1 ? text.replaceAll(url, '').replaceAll(pathname, '') : text
  const { title, body: shown } = await inSlices(signsOf(Buffer.from(bare), 'text/html; charset=utf-8'))
  const prints = [await inSlices(printOf(text)), ...(bare === text ? [] : [await inSlices(printOf(bare))])]
  return { prints, title, chars: shown.replace(/\s/g, '').length }
}

/**
 * Whether what came for a link is what the site answers where it has nothing: then nobody can say whether the link is broken.
 * @param url of the link.
 */
export async function isSoftPage(soft: SoftPage | null, visit: Visit, url: string): Promise<boolean> {
  if (soft?.outcome !== 'soft' || visit.result.outcome !== 'ok') return false
  const landing = landingOf(visit)
  if (landing !== null && soft.landings.includes(landing) && landing !== url) return true
  if (!visit.body) return false
  const { prints, title } = await pageOf(visit, url)
  return soft.prints.length > 0
    ? prints.some((print) => soft.prints.includes(print))
    : soft.titles.includes(title)
}
