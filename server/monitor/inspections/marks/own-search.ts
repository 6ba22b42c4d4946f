import { addDays } from '../../../../shared/base/time.ts'
import { parsedOnce } from '../page/once.ts'
import type { Parsed } from '../page/parsed.ts'
import { whyUnseen } from '../pages/unseen.ts'
import type { Outcome, SiteFacts, SiteRule, Tools } from '../rule.ts'
import { type SearchWords, searchForm, searchUrl } from './search-form.ts'

/** A title that is asked for has so many characters at least: a shorter one is found everywhere. */
const LEAST_TITLE = 8
/** What is typed: nobody types more, and many a search takes no more. */
const MOST_TYPED = 38
/** Characters of a link in which its title is looked for, and of a page. */
const MOST_SHOWN = 400
const MOST_OF_PAGE = 100_000

export const ownSearch: SiteRule = { id: 'mark-own-search', measure }

async function measure(site: SiteFacts, tools: Tools): Promise<Outcome> {
  const { home } = tools
  if (!home) return unmeasured('notOpened')
  const form = searchForm(await parsedOnce(home), home.finalUrl, tools.limits as unknown as SearchWords)
  if (!form) return unmeasured('noSearchForm')
  if (form.isPost) return unmeasured('searchByPost')
  const titles = await titlesOfWeek(tools, site, Number(tools.limits.days))
  const answers: SearchAnswer[] = []
  const asked = titles.slice(0, Number(tools.limits.titles))
  for (const title of asked) {
    const { result, body, headers } = await tools.visit({
      url: searchUrl(form, typed(title)),
      signal: tools.signal,
    })
    if (tools.isSpent) return unmeasured('budget')
    const why = whyUnseen(result)
    if (why !== null) return unmeasured(why)
    if (result.outcome !== 'ok' || body === null) answers.push('broken')
    else {
      const page = await parsedOnce({ bytes: body, headers, finalUrl: result.finalUrl ?? form.action })
      answers.push(answerOn(page, title, home.finalUrl, tools.limits.none as readonly string[]))
    }
    // As a person would: whoever has found it asks no further.
    if (answers.at(-1) === 'found') break
  }
  return outcomeOf(answers, asked, searchUrl(form, typed(asked[0] ?? '')))
}

const unmeasured = (reason: string): Outcome => ({ outcome: 'unmeasured', reason })
const typed = (title: string): string => title.slice(0, MOST_TYPED)

/** `none`: it lists other things, or says that there is nothing; `unclear`: what it shows is drawn by a script. */
export type SearchAnswer = 'found' | 'none' | 'broken' | 'unclear'

/** One that is found is enough; that none is has to be seen each time. */
export function outcomeOf(answers: readonly SearchAnswer[], asked: readonly string[], url: string): Outcome {
  if (asked.length === 0) return unmeasured('noTitles')
  if (answers.includes('found')) return { outcome: 'clear' }
  if (answers.includes('unclear')) return unmeasured('searchDrawn')
  const kind = answers.every((one) => one === 'broken') ? 'broken' : 'none'
  return {
    outcome: 'found',
    problems: [
      {
        key: kind,
        url,
        excerpt: asked.join('；'),
        outline: null,
        detail: { kind, title: asked[0] ?? '', asked: asked.length },
      },
    ],
  }
}

/**
 * What the page behind a search shows of a title.
 * @param home the home page: what it leads to itself is no answer. @param nothing words for that there is nothing
 */
export function answerOn(
  page: Parsed,
  title: string,
  home: string,
  nothing: readonly string[],
): SearchAnswer {
  const wanted = plain(title)
  const isHit = ({ text, element }: Parsed['links'][number]) =>
    [text, element.attributes.title ?? ''].some((one) => isSame(plain(one.slice(0, MOST_SHOWN)), wanted))
  if (page.links.some((link) => link.href !== home && isHit(link))) return 'found'
  const text = plain(page.text.slice(0, MOST_OF_PAGE))
  if (NONE.test(text) || nothing.some((word) => text.includes(plain(word)))) return 'none'
  // Words in bold inside a link are in its text; a result without a link is shown all the same, beside what was typed.
  if (text.split(wanted).length > 2) return 'found'
  return listsSomething(page, home) ? 'none' : 'unclear'
}

/** A number of results, which is none: 共搜索到 0 条信息. */
const NONE =
  /(?:共|找到|搜到|搜索到|检索到|查询到|结果|记录)[^\d]{0,8}0(?:条|个|篇|项|件|则|笔|页)|(?<!\d)0(?:results?|items?found|records?)|no(?:search)?(?:results?|matches|records?)(?:were)?found/

/** Signs are written one way here and another there, and long titles are cut. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{P}]+/gu, '')
    .toLowerCase()

function isSame(text: string, wanted: string): boolean {
  if (text.includes(wanted)) return true
  return text.length >= LEAST_TITLE && text.length >= wanted.length / 2 && wanted.startsWith(text)
}

/** Links with the length of titles, to pages of the site. */
function listsSomething({ links }: Parsed, home: string): boolean {
  const host = new URL(home).hostname
  const titles = links.filter(
    ({ text, href }) => href !== null && new URL(href).hostname === host && text.length >= LEAST_TITLE * 1.5,
  )
  return titles.length >= 2
}

/**
 * Titles of items that the monitor saw on the home page and that are dated within so many days to yesterday, the oldest first: an
 * index takes its time.
 */
async function titlesOfWeek({ kept }: Tools, { today }: SiteFacts, days: number): Promise<string[]> {
  return (await kept.items())
    .filter(
      ({ date, text, href }) =>
        date >= addDays(today, -days) && date < today && text.length >= LEAST_TITLE && href !== undefined,
    )
    .map(({ text }) => text)
    .reverse()
}
