import type { Limits } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import type { Parsed } from '../page/parsed.ts'
import type { Outcome, PageRule, Retrieved } from '../rule.ts'

/** A title that says something has a letter of some writing. */
const WORD = /\p{L}|^\s*\d{3}\s*$/u
/** A place of a template that nobody filled: `{{ title }}`, `[!--pagetitle--]`, `<%=title%>`. */
const UNFILLED =
  /^(?:<!--.*-->|\{{1,3}.*\}{1,3}|[$#@]\{.*\}|\[!?-*[\w.$ -]+\]|<[%?#].*[%?#]>|\{\$.*\}|\$[\w.]+)$/s
/** What a page shows at least before its title is of interest: forms and frames of nothing are not read by anybody. */
const LEAST_TEXT = 20

/** A page whose title is missing, or the one that a template or program left. */
export const pageTitle: PageRule = { id: 'page-title', look }

function look(page: Retrieved, parsed: Parsed, _site: unknown, limits: Limits): Outcome {
  // A page that a script fills has no title yet, nor anything else.
  if (parsed.text.length < LEAST_TEXT || isSetByScript(parsed))
    return { outcome: 'unmeasured', reason: 'notDrawn' }
  const { title } = parsed
  if (WORD.test(title) && !isLeftOver(title, limits)) return { outcome: 'clear', regardless: true }
  return {
    outcome: 'found',
    problems: [
      {
        key: keyOf(page.finalUrl),
        url: page.finalUrl,
        excerpt: title,
        outline: null,
        detail: { title },
      },
    ],
  }
}

/** One template makes many pages: each is a problem, under its address without what is of one visit. */
function keyOf(url: string): string {
  const { pathname, search } = new URL(url)
  return `${pathname}${search}`.slice(0, 200)
}

const isSetByScript = ({ title, scripts }: Parsed): boolean =>
  !WORD.test(title) && scripts.some(({ text }) => /document\s*\.\s*title\s*=/.test(text))

function isLeftOver(title: string, { leftOver }: Limits): boolean {
  const plain = title.normalize('NFKC').trim().toLowerCase()
  return UNFILLED.test(plain) || (Array.isArray(leftOver) && leftOver.includes(plain))
}
