import { createHash } from 'node:crypto'
import { cut } from '../../../shared/base/text.ts'
import { INSPECTION_RULES, MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import type { InspectionRule, Limits } from '../../../shared/monitor/inspections/inspections-rules.ts'
import { shownAddress, shownText } from '../persons/address.ts'
import { refusalsPrint } from '../wrong-words/book.ts'
import { PAGE_RULES } from './families.ts'
import { isInPart, parsedOnce } from './page/once.ts'
import { NO_PAGE, type Parsed } from './page/parsed.ts'
import {
  type Given,
  MOST_OF_PAGE,
  type Outcome,
  type PageRule,
  type Problem,
  READ_IN_PART,
  type Retrieved,
  type SiteFacts,
} from './rule.ts'

const MOST_KEY = 200
const MOST_EXCERPT = 300
const MOST_ADDRESS = 2_000
const FAILED: Outcome = { outcome: 'unmeasured', reason: 'failed' }
const NOT_HTML: Outcome = { outcome: 'unmeasured', reason: 'notHtml' }
/** Nothing was found on the beginning of a page, and nobody has read the rest. */
const TOO_LONG: Outcome = { outcome: 'unmeasured', reason: READ_IN_PART }

interface Known {
  readonly rule: PageRule
  readonly data: InspectionRule
}

const KNOWN: readonly Known[] = PAGE_RULES.flatMap((rule) => {
  const data = INSPECTION_RULES.find(({ id }) => id === rule.id)
  return data ? [{ rule, data }] : []
})

/** The rules that look at pages, or at files. */
export const rulesFor = (kind: Retrieved['kind'], known: readonly Known[] = KNOWN): readonly Known[] =>
  known.filter(({ data }) => data.of === kind || data.of === 'both')

/**
 * By which rules a page or file is looked at: another text where one of them is new, or decides otherwise than it did, or is given
 * another dictionary, or what people say is right in it is another, or where the set of rules is of another revision.
 */
export const rulesKey = (kind: Retrieved['kind'], { wrongWords, wordsSaid }: Given): string =>
  createHash('sha1')
    .update(
      rulesFor(kind)
        .map(({ data }) => `${data.id} ${data.version}`)
        .concat(`${MACHINE.code} ${MACHINE.revision}`)
        .concat(kind === 'page' && wrongWords ? wrongWords.revision : [])
        .concat(kind === 'page' ? refusalsPrint(wordsSaid?.refused ?? []) || [] : [])
        .join(),
    )
    .digest('base64url')
    .slice(0, 12)

export interface Looked {
  readonly parsed: Parsed
  readonly outcomes: readonly (readonly [rule: string, outcome: Outcome])[]
}

/** Whether it is a page that rules of pages read. */
export const isHtml = ({ kind, headers }: Pick<Retrieved, 'kind' | 'headers'>): boolean =>
  kind === 'page' && /html|^$/.test(headers['content-type'] ?? '')

/** Looks at a page or file by every rule for it. One that throws is not measured there, and hinders no other. */
export async function lookAtPage(
  page: Retrieved,
  site: SiteFacts,
  known: readonly Known[] = KNOWN,
): Promise<Looked> {
  const isRead = isHtml(page)
  const parsed = isRead ? await parsedOnce(page) : NO_PAGE
  const outcomes: [string, Outcome][] = []
  for (const { rule, data } of rulesFor(page.kind, known)) {
    const isSeen = isRead || page.kind === 'file'
    outcomes.push([rule.id, isSeen ? await ask(rule, page, parsed, site, data.limits) : NOT_HTML])
  }
  return { parsed, outcomes }
}

async function ask(
  rule: PageRule,
  page: Retrieved,
  parsed: Parsed,
  site: SiteFacts,
  limits: Limits,
): Promise<Outcome> {
  try {
    const said = tidy(await rule.look(page, parsed, site, limits), MOST_OF_PAGE, site.today)
    const isDoubtful = said.outcome === 'clear' && page.kind === 'page' && !said.regardless
    return isDoubtful && isInPart(page, parsed) ? TOO_LONG : said
  } catch {
    return FAILED
  }
}

/**
 * An outcome as it may be kept: each problem once, in the length that is stored, without numbers of persons and the names beside them in
 * anything of it, its addresses and keys included; and none found means clear.
 */
export function tidy(outcome: Outcome, most: number, today: string): Outcome {
  if (outcome.outcome !== 'found') return outcome
  const problems = new Map<string, Problem>()
  for (const one of outcome.problems) {
    const key = cut(shownText(one.key, today), MOST_KEY)
    if (problems.size < most && !problems.has(key)) problems.set(key, kept(one, key, today))
  }
  return problems.size > 0 ? { ...outcome, problems: [...problems.values()] } : { outcome: 'clear' }
}

function kept(problem: Problem, key: string, today: string): Problem {
  const { url, excerpt, outline, detail, told, print } = problem
  // What is covered is not cut: half of a number is a number still.
  const shown = (text: string, most: number) => cut(shownText(text, today), most)
  return {
    key,
    url: cut(shownAddress(url, today), MOST_ADDRESS),
    excerpt: shown(excerpt, MOST_EXCERPT),
    outline: outline && {
      ...(outline.text !== undefined && { text: shown(outline.text, MOST_EXCERPT) }),
      ...(outline.href !== undefined && { href: shown(outline.href, MOST_ADDRESS) }),
      ...(outline.selector !== undefined && { selector: shown(outline.selector, MOST_EXCERPT) }),
    },
    detail: Object.fromEntries(
      Object.entries(detail).map(([name, value]) => [
        name,
        typeof value === 'string' ? shown(value, MOST_ADDRESS) : value,
      ]),
    ),
    ...(told !== undefined && { told: shown(told, MOST_KEY) }),
    ...(print && { print }),
  }
}
