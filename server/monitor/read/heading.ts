import type { Frame } from './page/frames.ts'
import { MAX_TITLE, type Page } from './page/page.ts'

const LEAST_TITLE = 6
/** Of a title of the page that the heading begins with: some cut it short. */
const LEAST_BEGUN = 4
/** The rank of a heading that repeats the title of the page. */
const OF_TITLE = 3
/** The name of a site or of who signs, and no title of anything. */
const NAME =
  /^[^，。、：:]{2,24}(?:政府|政府网|门户网站?|网站|官网|平台|局|委|委员会|办|办公室|办事处|厅|院|中心|法院|检察院)$/
const ABOUT = /关于|通知|通告|公告|公示|召开|成立/
/** Of a heading that neither its element nor the title of the page shows to be one. */
const LEAST_LIKELY = 10
const LIKELY = /^h[3-6]$/
const LIKELY_NAMES =
  /(?:^|[ _-])(?:art(?:icle)?|news|info|con(?:tent)?|detail|doc|xl|wz|page)?[_-]?(?:title|tit|bt|biaoti)(?:$|[ _-])/i

/**
 * Takes a run of text outside any link as the heading of the page, if it is one: the longest run that repeats
 * part of the page's title; failing that, the first h1 or h2; failing that, what is marked up like one.
 */
export function takeHeading(page: Page, text: string, stack: readonly Frame[]): void {
  if (text.length < LEAST_TITLE || text.length > MAX_TITLE) return
  const rank = rankOf(page, text, stack)
  if (rank === 0 || rank < page.headingRank || isName(text)) return
  if (rank === page.headingRank) {
    if (rank < OF_TITLE) return
    // A heading in two lines ends with the second.
    if (page.textLength - text.length === page.headingEnd) page.headingEnd = page.textLength
    if (text.length <= page.heading.length) return
  }
  page.headingRank = rank
  page.heading = text
  page.headingEnd = page.textLength
}

function rankOf(page: Page, text: string, stack: readonly Frame[]): 0 | 1 | 2 | 3 {
  if (page.title.includes(text)) return OF_TITLE
  if (page.title.length >= LEAST_BEGUN && text.startsWith(page.title) && !isName(page.title)) return 1
  const name = stack.at(-1)?.name ?? ''
  if (name === 'h1' || name === 'h2') return 2
  if (text.length < LEAST_LIKELY || /[:：]/.test(text)) return 0
  return LIKELY.test(name) || stack.slice(-2).some(({ names }) => names !== '' && LIKELY_NAMES.test(names))
    ? 1
    : 0
}

/** True for the name of a site or an office and nothing else. */
export function isName(text: string): boolean {
  return NAME.test(text) && !ABOUT.test(text)
}
