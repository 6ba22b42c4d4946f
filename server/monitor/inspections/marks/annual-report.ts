import { inSlices, type Steps } from '../../../base/slices.ts'
import { decodePage } from '../../read/page/decode.ts'
import type { NamedLink } from '../kept.ts'
import type { Outcome, SiteFacts, SiteRule, Tools } from '../rule.ts'

/** Pages that lead on to the reports are opened, at most so many. */
const MOST_VISITS = 3
/** Characters of a line in which a report is looked for. */
const MOST_LINE = 20_000

export interface ReportWords {
  /** What reports of the work of a site are called. */
  readonly names: readonly string[]
  /** Columns that hold them. */
  readonly columns: readonly string[]
}

/**
 * The year whose report has to be there: that of last year from the day after the last one on.
 * @param dueOn month and day by which it has to be there, `MM-DD`
 */
export function yearDue(today: string, dueOn: string): number {
  const year = Number(today.slice(0, 4))
  return today.slice(5) > dueOn ? year - 1 : year - 2
}

/** Whether a text is of the report of that year: 2025年政府网站工作年度报表, 政府网站年度工作报表（2025年）. */
export function isReport(text: string, year: number, { names }: ReportWords): boolean {
  const plain = text.normalize('NFKC').replace(/\s+/g, '')
  return names.some((name) => plain.includes(name)) && new RegExp(`(?<!\\d)${year}(?!\\d)`).test(plain)
}

/** Columns in which the report may stand, the likeliest first. */
export const leadsToReports = (links: readonly NamedLink[], { names, columns }: ReportWords): NamedLink[] => {
  const has = (some: readonly string[], text: string) => some.some((one) => text.includes(one))
  const named = links.filter(({ text }) => has(names, text))
  return [...named, ...links.filter((one) => !named.includes(one) && has(columns, one.text))]
}

export const annualReport: SiteRule = { id: 'mark-annual-report', measure }

async function measure(site: SiteFacts, tools: Tools): Promise<Outcome> {
  const words = {
    names: tools.limits.names as readonly string[],
    columns: tools.limits.columns as readonly string[],
  }
  const year = yearDue(site.today, String(tools.limits.dueOn))
  const { links, isCut } = await linksOf(tools, words)
  if (links === null) return { outcome: 'unmeasured', reason: 'noPages' }
  if (links.some(({ text }) => isReport(text, year, words))) return { outcome: 'clear' }
  for (const { url } of leadsToReports(links, words).slice(0, MOST_VISITS)) {
    const { result, body, headers } = await tools.visit({ url, signal: tools.signal })
    if (tools.isSpent) return { outcome: 'unmeasured', reason: 'budget' }
    if (result.outcome !== 'ok' || body === null) continue
    const page = decodePage(body, headers['content-type']).text
    if (await inSlices(names(page, year, words))) return { outcome: 'clear' }
  }
  // What was not looked through may have it.
  if (isCut) return { outcome: 'unmeasured', reason: 'reportRest' }
  return {
    outcome: 'found',
    problems: [{ key: String(year), url: site.url, excerpt: String(year), outline: null, detail: { year } }],
  }
}

/** Whether a line of a page is of the report, whatever is around it. */
function* names(html: string, year: number, words: ReportWords): Steps<boolean> {
  for (const line of html.replace(/<[^<>]{0,2000}>/g, '\n').split('\n')) {
    if (isReport(line.slice(0, MOST_LINE), year, words)) return true
    yield
  }
  return false
}

/** Links and titles of the last look through the site that name reports, or what may hold them. */
async function linksOf(
  { kept, pages }: Tools,
  { names, columns }: ReportWords,
): Promise<{ links: NamedLink[] | null; isCut: boolean }> {
  const found = await kept.links([...names, ...columns])
  if (!found || pages.length === 0) return { links: null, isCut: true }
  const titles = pages.map(({ url, title }) => ({ url, text: title }))
  return {
    links: [...found.links, ...titles.filter(({ text }) => names.some((one) => text.includes(one)))],
    isCut: found.isCut,
  }
}
