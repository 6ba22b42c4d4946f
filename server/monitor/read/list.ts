import { groupBy } from '../../../shared/base/lists/group.ts'
import { cut } from '../../../shared/base/text.ts'
import type { Steps } from '../../base/slices.ts'
import { type Candidate, notFuture, plainCandidate, type Rejections } from './choice.ts'
import { dayOf } from './dates/dates.ts'
import { isMeasuredAtOnce } from './dates/measured.ts'
import { urlDate } from './dates/url-date.ts'
import { isName } from './heading.ts'
import { isOfImprint } from './info-line.ts'
import { type Items, itemsOf, type UnlinkedItem } from './items.ts'
import { dataLists } from './page/data-lists.ts'
import { type Hit, type Page, titleOf, titleRank } from './page/page.ts'
import { type ScriptDate, scriptDates } from './page/scripts.ts'
import { streamPage } from './page/stream.ts'

/** So many dated addresses of articles make a list; one or two may be a banner. */
const LEAST_LINKS = 3
const LEAST_HIDDEN = 2
/** … and so many in a script beside what the page shows: it may hold what it knows of itself, and the weather. */
const LEAST_BESIDE = 3
const LEAST_LOOSE = 2
/** A home page has clocks, weather and counters; only a real row of dates counts there. */
const LEAST_LOOSE_HOME = 3
const LEAST_EDGES = 2
/** … and of the links of a home page at least one in so many, where none has a date beside it. */
const EDGE_SHARE = 4
/** Links of article length, the menu's included, on a list of one item. */
const SHORT_LIST = 8
const LEAST_WEAK = 3
const FULL_FORMS: ReadonlySet<string> = new Set(['ymd', 'ymd_cn', 'mdy', 'split', 'yymd', 'english'])
const MAX_HIDDEN = 200
const ARTICLE_TITLE = 7

/**
 * The dated items of a home or list page. What is shown counts first (hidden tabs included, they are a click
 * away); lists kept in scripts and comments, dates without a link and dates in addresses only where
 * nothing better is there, in this order.
 */
export function* listItems(
  page: Page,
  ref: string,
  isHome: boolean,
  rejected: Rejections,
): Steps<Candidate[]> {
  yield
  const shown = itemsOf(besidesImprint(page, rejected), ref, rejected)
  const past = (candidates: Candidate[]) => notFuture(candidates, ref, rejected)
  const edges = isTemplate(shown, isHome, page) ? shown.edge : []
  yield
  const stored = yield* hiddenItems(page, 'store', ref)
  const visible = [...shown.sure, ...edges, ...stored]
  const sure = past([...visible, ...scriptItems(page, visible.length > 0 ? LEAST_BESIDE : LEAST_HIDDEN)])
  if (sure.length > 0) return sure
  const weak = past(shown.weak)
  if (weak.length >= LEAST_WEAK && weak.length * 2 >= articleLinks(page)) return weak
  const unlinked = past(ofPeople(shown.unlinked, isHome, page, rejected))
  if (unlinked.length >= (isHome ? LEAST_LOOSE_HOME : LEAST_LOOSE))
    return [...unlinked, ...looseItems(shown, past, isHome)]
  const data = past(dataItems(page))
  if (data.length >= LEAST_HIDDEN) return data
  for (const kind of ['script', 'comment'] as const) {
    const hidden = past(yield* hiddenItems(page, kind, ref, isHome))
    if (hidden.length >= LEAST_HIDDEN) return hidden
  }
  const loose = looseItems(shown, past, isHome)
  return loose.length > 0 ? loose : past(linkItems(page))
}

/**
 * The items that lead nowhere and that people have published. On a home page the head of their box says so, or links of the length of
 * a title are no more than they: what programs write each day stays new on a site that nobody works on. A list may be theirs alone.
 */
function ofPeople(
  items: readonly UnlinkedItem[],
  isHome: boolean,
  page: Page,
  rejected: Rejections,
): UnlinkedItem[] {
  const isOfProgram = ({ head }: UnlinkedItem) => head === 'program' || head === 'live'
  const others = items.filter((item) => item.head !== 'news' && !(isHome && isOfProgram(item)))
  const isMost = others.length >= articleLinks(page)
  return items.filter((item) => {
    const { head, evidence } = item
    const isOfPeople = head === 'news' || (isMost ? others.includes(item) : !isHome && !isOfProgram(item))
    if (!isOfPeople) rejected.push({ raw: evidence.raw, why: 'matter_date' })
    return isOfPeople
  })
}

/** Dates that belong to no link, where one says what it is, or enough of them stand there. */
function looseItems(
  shown: Items,
  past: (candidates: Candidate[]) => Candidate[],
  isHome: boolean,
): Candidate[] {
  const loose = past(shown.loose).filter(
    ({ evidence }) => evidence.where !== 'script' && FULL_FORMS.has(evidence.form),
  )
  const labelled = loose.some(({ evidence }) => /^(publish|posted)_label$/.test(evidence.why))
  return labelled || loose.length >= (isHome ? LEAST_LOOSE_HOME : LEAST_LOOSE) ? loose : []
}

/** The dates of a page but those of the lines at its foot. */
function besidesImprint(page: Page, rejected: Rejections): Hit[] {
  return page.hits.filter((hit) => {
    if (hit.tight || !isOfImprint(hit, page)) return true
    rejected.push({ raw: hit.match.raw, why: 'copyright' })
    return false
  })
}

/** A template glues dates to titles again and again, or in brackets on a list that has hardly more than one item. */
function isTemplate({ sure, edge: edges }: Items, isHome: boolean, page: Page): boolean {
  if (
    edges.length >= LEAST_EDGES &&
    (!isHome || sure.length > 0 || edges.length * EDGE_SHARE >= articleLinks(page))
  )
    return true
  return !isHome && edges[0]?.evidence.why === 'bracket_in_title' && articleLinks(page) <= SHORT_LIST
}

/** Links of the length of an article's title. */
function articleLinks(page: Page): number {
  return page.anchors.filter((anchor) => titleRank(anchor) === 2 && titleOf(anchor).length >= ARTICLE_TITLE)
    .length
}

/**
 * Items of lists in scripts whose days are named as content systems name them: so many at least, each with a title of its own,
 * which is not the page's.
 */
function scriptItems(page: Page, least: number): Candidate[] {
  const entries = scriptDates(page.scripts).filter(
    ({ title }) => title !== '' && !page.title.includes(title) && !isName(title),
  )
  return [...groupBy(entries, ({ list }) => list).values()].flatMap((list) => {
    const titles = new Set(list.map(({ title }) => title))
    return titles.size < least || isMeasuredAtOnce(list) ? [] : list.map(ofScript)
  })
}

/** Items of lists in the data of scripts, whatever the names of their members. */
function dataItems(page: Page): Candidate[] {
  return dataLists(page.scripts).map(ofScript)
}

function ofScript({ day, raw, title, href }: ScriptDate): Candidate {
  const text = cut(title, 200)
  const evidence = { date: day, text, where: 'script', raw, form: 'script', why: 'script_list' }
  return plainCandidate(href === '' ? evidence : { ...evidence, href })
}

/** Items of lists the page keeps out of sight until its script shows them. */
function* hiddenItems(
  page: Page,
  kind: Page['hidden'][number]['kind'],
  ref: string,
  isHome = false,
): Steps<Candidate[]> {
  const items: Candidate[] = []
  for (const hidden of page.hidden.slice(0, MAX_HIDDEN)) {
    if (hidden.kind !== kind || (isHome && kind === 'comment' && !hidden.inList)) continue
    const { sure, edge } = itemsOf((yield* streamPage(hidden.text)).hits, ref, [])
    for (const item of [...sure, ...edge]) {
      // Positions in the hidden text say nothing about the page.
      const { offset: _, ...evidence } = item.evidence
      const where = kind === 'comment' ? 'comment' : 'script'
      items.push({ ...item, evidence: { ...evidence, where, why: 'hidden_list' } })
    }
  }
  return items
}

/** Articles whose address carries their day, where the page shows no dates at all. */
function linkItems(page: Page): Candidate[] {
  const items = page.anchors.flatMap((anchor) => {
    if (titleRank(anchor) < 2 || titleOf(anchor).length < ARTICLE_TITLE) return []
    const date = urlDate(anchor.href)
    if (date?.day == null) return []
    const day = dayOf(date.year, date.month, date.day)
    return plainCandidate({
      date: day,
      text: titleOf(anchor),
      href: anchor.href,
      where: 'url',
      raw: cut(anchor.href, 200),
      form: 'url',
      why: 'link_address',
    })
  })
  const hosts = groupBy(items, ({ href }) => /^(?:https?:)?\/\/([^/]+)/i.exec(href)?.[1] ?? '')
  const own = hosts.get('') ?? [...hosts.values()].sort((a, b) => b.length - a.length)[0] ?? []
  return own.length >= LEAST_LINKS ? own : []
}
