import type { Limits } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import { inSlices, type Steps } from '../../../base/slices.ts'
import { decodePage } from '../../read/page/decode.ts'
import type { NamedLink } from '../kept.ts'
import { whyUnseen } from '../pages/unseen.ts'
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
  /** What letters about reports say, which are none; and how else a report is called: patterns. */
  readonly about: string
  readonly report: string
}

/** @param limits those of the rule */
export const reportWords = (limits: Limits): ReportWords => ({
  names: limits.names as readonly string[],
  columns: limits.columns as readonly string[],
  about: String(limits.about),
  report: String(limits.report),
})

/**
 * The year whose report has to be there: that of last year from the day after the last one on.
 * @param dueOn month and day by which it has to be there, `MM-DD`
 */
export function yearDue(today: string, dueOn: string): number {
  const year = Number(today.slice(0, 4))
  return today.slice(5) > dueOn ? year - 1 : year - 2
}

/** Whether a text is of the report of that year: 2025年政府网站工作年度报表, 政府网站年度工作报表（2025年）. */
export function isReport(text: string, year: number, { names, about, report }: ReportWords): boolean {
  const plain = digitsOf(text.normalize('NFKC').replace(/\s+/g, ''))
  const of = new RegExp(`(?<!\\d)${year}(?!\\d)(?:年度|年)?`)
  if (!of.test(plain) || new RegExp(about).test(plain)) return false
  // A year may stand within the name, and what else the report is of.
  const bare = plain
    .replace(of, '')
    .replace(/(?:年度){2}/g, '年度')
    .replace(/^年/, '')
  return names.some((name) => plain.includes(name) || bare.includes(name)) || new RegExp(report).test(bare)
}

const DIGITS = '〇一二三四五六七八九'
/** Years in Chinese figures as Arabic ones. */
const digitsOf = (text: string): string =>
  text.replace(/[〇○零一二三四五六七八九OoＯ]{4}(?=年)/g, (year) =>
    [...year].map((sign) => String(Math.max(0, DIGITS.indexOf(sign)))).join(''),
  )

/** Columns in which the report may stand, the likeliest first. */
export const leadsToReports = (links: readonly NamedLink[], { names, columns }: ReportWords): NamedLink[] => {
  const has = (some: readonly string[], text: string) => some.some((one) => text.includes(one))
  const named = links.filter(({ text }) => has(names, text))
  return [...named, ...links.filter((one) => !named.includes(one) && has(columns, one.text))]
}

export const annualReport: SiteRule = { id: 'mark-annual-report', measure }

async function measure(site: SiteFacts, tools: Tools): Promise<Outcome> {
  const words = reportWords(tools.limits)
  const year = yearDue(site.today, String(tools.limits.dueOn))
  const { links, isCut } = await linksOf(tools, words)
  if (links === null) return { outcome: 'unmeasured', reason: 'noPages' }
  if (links.some(({ text }) => isReport(text, year, words))) return { outcome: 'clear' }
  let unseen: string | null = null
  for (const { url } of leadsToReports(links, words).slice(0, MOST_VISITS)) {
    const { result, body, headers } = await tools.visit({ url, signal: tools.signal })
    if (tools.isSpent) return { outcome: 'unmeasured', reason: 'budget' }
    unseen ??= whyUnseen(result)
    if (result.outcome !== 'ok' || body === null) continue
    const page = decodePage(body, headers['content-type']).text
    if (await inSlices(names(page, year, words))) return { outcome: 'clear' }
  }
  // What was not looked through may have it, and so may a page that could not be seen.
  if (isCut) return { outcome: 'unmeasured', reason: 'reportRest' }
  if (unseen !== null) return { outcome: 'unmeasured', reason: unseen }
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
