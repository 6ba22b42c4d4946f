import { type Candidate, candidateOf, type Rejections, withoutLink } from './choice.ts'
import type { DatedHit } from './dates/hits.ts'
import { listedDays } from './dates/listed.ts'
import { isMeasuredAtOnce } from './dates/measured.ts'
import { listsOfMatter } from './dates/of-matter.ts'
import { resolveYears } from './dates/years.ts'
import { type Doubt, doubtOfTrail, isPortalTitle, isWeatherTitle, reasonOf } from './doubts.ts'
import { type Anchor, type BoxHead, type Hit, titleOf, titleRank } from './page/page.ts'
import { lineTitle, measuredIn, unlinkedItems } from './page/unlinked.ts'
import { isOfItemLine, isSetApart } from './runs.ts'

/** A dated item that leads nowhere. */
export type UnlinkedItem = Candidate & { head: BoxHead | null }

/** The dates of one page, by how surely they are the dates of listed items. */
export interface Items {
  sure: Candidate[]
  /** Glued to a title: one may belong to the title, a template does it again and again. */
  edge: Candidate[]
  /** Probably part of a title. */
  weak: Candidate[]
  /** Of items that lead nowhere, with what stands at the head of their box. */
  unlinked: UnlinkedItem[]
  /** Dates that stand alone but belong to no link. */
  loose: Candidate[]
}

/** An info line under a title is short; in anything longer a date is part of the story. */
const INFO_LINE = 60

/** Believes or rejects every date on the page as the date of a listed item. */
export function itemsOf(hits: Hit[], ref: string, rejected: Rejections): Items {
  const doubted = (by: Doubt) => sizesOf(hits.filter(({ doubt }) => doubt === by))
  const lists: Lists = {
    ...{ all: sizesOf(hits), weekday: doubted('weekday'), clock_name: doubted('clock_name') },
    listed: listedDays(hits),
  }
  const doubtful = astrayOf(hits, lists.all)
  const measured = measuredIn([...doubtful])
  const fit = hits.filter((hit) => {
    const why = measured.has(hit) ? 'matter_date' : listDoubt(hit, lists)
    if (why !== null) rejected.push({ raw: hit.match.raw, why: reasonOf(why) })
    return why === null
  })
  const items: Items = { sure: [], edge: [], weak: [], unlinked: [], loose: [] }
  // What is true of all is true of those that are left where all are.
  const astray = fit.length === hits.length ? doubtful : astrayOf(fit, sizesOf(fit))
  const unlinked = unlinkedItems(fit.filter((hit) => astray.has(hit)))
  const own = new Set(unlinked.values())
  const makes = makesOf(hits)
  const best = new Map<Anchor, Rated>()
  const heads = dayHeads(fit)
  const all = resolveYears(
    fit.map((hit) => unlinked.get(hit) ?? (heads.has(hit) ? { ...hit, shape: 'alone' as const } : hit)),
    ref,
  )
  const others = listsOfMatter(all, ref, own)
  const live = liveLists(all)
  for (const dated of all) {
    const { hit } = dated
    if (others.has(hit.group)) {
      rejected.push({ raw: hit.match.raw, why: 'matter_date' })
      continue
    }
    const candidate = candidateOf(dated, whyOf(hit))
    if (own.has(hit)) items.unlinked.push({ ...candidate, head: hit.head ?? null })
    else if (hit.anchor === null) {
      // What it is of stands beside it, and is no title.
      if (hit.item === undefined || hit.label !== null) items.loose.push(candidate)
    } else if (isMisfit(dated, makes, ref)) items.loose.push(withoutLink(candidate))
    else {
      const isLive = hit.head === 'live' || live.has(hit.group)
      keepBetter(best, hit.anchor, { score: scoreOf(hit), isSure: !astray.has(hit), isLive, candidate })
    }
  }
  const rated = [...best.values()]
  // What a program shows says nothing of those who publish, where they have a list themselves.
  const isPublished = rated.some(({ score, isSure, isLive }) => isSure && score < EDGE && !isLive)
  for (const { score, isSure, isLive, candidate } of rated) {
    if (isPublished && isLive) rejected.push({ raw: candidate.evidence.raw, why: 'matter_date' })
    else if (score >= WEAK) items.weak.push(candidate)
    else if (score >= EDGE) items.edge.push(candidate)
    else if (isSure) items.sure.push(candidate)
    else items.loose.push(withoutLink(candidate))
  }
  return items
}

/** The lists of what was measured at once: no office publishes so. */
function liveLists(dated: readonly DatedHit[]): ReadonlySet<number> {
  const lists = new Map<number, { title: string; raw: string }[]>()
  for (const { hit } of dated) {
    const { group, anchor, match } = hit
    if (group === 0 || anchor === null || match.ago !== undefined) continue
    const one = { title: titleOf(anchor), raw: match.raw }
    const list = lists.get(group)
    if (list) list.push(one)
    else lists.set(group, [one])
  }
  return new Set([...lists].flatMap(([group, list]) => (isMeasuredAtOnce(list) ? [group] : [])))
}

/**
 * How many links have a date, by list. A single date far from its link, or beside the name of a portal, may be the
 * clock of a page head; lists repeat themselves.
 */
function sizesOf(hits: Hit[]): ReadonlyMap<number, number> {
  const links = new Map<number, Set<Anchor>>()
  for (const { group, anchor } of hits) {
    if (group === 0 || anchor === null) continue
    links.set(group, (links.get(group) ?? new Set()).add(anchor))
  }
  return new Map([...links].map(([group, list]) => [group, list.size]))
}

/** True for a date that belongs to its link. */
function isSureOf({ anchor, group, tight }: Hit, sizes: ReadonlyMap<number, number>): boolean {
  if (anchor === null) return false
  return isListIn(sizes, group) || (tight && !isPortalTitle(titleOf(anchor)))
}

/** The dates that are not those of the link that they found: it is not surely theirs, or many others found it too. */
function astrayOf(hits: readonly Hit[], sizes: ReadonlyMap<number, number>): ReadonlySet<Hit> {
  const lines = countBy(hits, (hit) => (hit.anchor !== null && lineTitle(hit) !== null ? hit.anchor : null))
  const rows = countBy(hits, ({ anchor, isInItem, item }) => (item === undefined || isInItem ? null : anchor))
  return new Set(
    hits.filter((hit) => {
      if (hit.anchor === null || !isSureOf(hit, sizes)) return true
      return (lines.get(hit.anchor) ?? 0) > 1 || (rows.get(hit.anchor) ?? 0) >= LEAST_ASTRAY
    }),
  )
}

function countBy(hits: readonly Hit[], of: (hit: Hit) => Anchor | null): ReadonlyMap<Anchor, number> {
  const counts = new Map<Anchor, number>()
  for (const hit of hits) {
    const anchor = of(hit)
    if (anchor !== null) counts.set(anchor, (counts.get(anchor) ?? 0) + 1)
  }
  return counts
}

/** Days at the head of what was published then, with other words before them, where others of the same make have none. */
function dayHeads(hits: readonly Hit[]): ReadonlySet<Hit> {
  const heads = hits.filter(({ make, inside }) => inside === null && /^(?:h\d|dt|th|caption) /.test(make))
  const alone = new Set(heads.filter(({ shape }) => shape === 'alone').map(({ make }) => make))
  return new Set(heads.filter((hit) => hit.shape === 'end' && alone.has(hit.make) && isSetApart(hit)))
}

/** How many dates are made alike, by their make, and the most of any; how many are written in each form. */
function makesOf(hits: Hit[]) {
  const of = new Map<string, number>()
  const forms = new Map<string, number>()
  for (const { make, match } of hits) {
    of.set(make, (of.get(make) ?? 0) + 1)
    forms.set(match.form, (forms.get(match.form) ?? 0) + 1)
  }
  return { of, most: Math.max(0, ...of.values()), forms }
}

/**
 * True for a date made like no other on a page of lists, and in no item, or beside a word of a menu: clocks stand so, whatever
 * link is near them. In an item, too, where nothing else is written in its form and it is of today; an item is so for a day at most.
 */
function isMisfit(
  { hit, day }: DatedHit,
  { of, most, forms }: ReturnType<typeof makesOf>,
  ref: string,
): boolean {
  if (hit.inside !== null || hit.label !== null) return false
  const isOfToday = day === ref && hit.match.ago === undefined && forms.get(hit.match.form) === 1
  if (hit.isInItem && hit.anchor !== null && titleRank(hit.anchor) === 2 && !isOfToday) return false
  return most >= LEAST_ALIKE && of.get(hit.make) === 1
}

interface Rated {
  score: number
  /** That it belongs to its link. */
  isSure: boolean
  /** That its list is one that a program shows. */
  isLive: boolean
  candidate: Candidate
}

function keepBetter(best: Map<Anchor, Rated>, anchor: Anchor, rated: Rated): void {
  const known = best.get(anchor)
  if (known === undefined || rated.score < known.score) best.set(anchor, rated)
}

const LEAST_REPEATS = 2
/** So many dates, each in an element with words of its own, that found the same link are of none. */
const LEAST_ASTRAY = 3
/** So many dates made alike are a list. */
const LEAST_ALIKE = 2
/** The score of a time of something unknown. */
const VAGUE = 5.5
/** Labels of which even a date in the middle of a line is an item's. */
const TOLD: ReadonlySet<Hit['label']> = new Set(['publish', 'posted', 'plain', 'update', 'written'])
/** Scores from which a date stands at the edge of a title, and from which it is probably part of it. */
const EDGE = 6
const WEAK = 8

/** Which of several dates of one item is its publish date; lower is better. */
function scoreOf(hit: Hit): number {
  if (hit.label === 'publish') return 0
  if (hit.label === 'posted') return 1
  if (hit.label === 'update') return 4
  if (hit.label === 'written') return 5
  if (hit.label === 'vague') return VAGUE
  if (hit.shape === 'alone') return hit.where === 'attr' ? 3 : 2
  if (hit.label === 'plain') return 3
  if (hit.match.form.endsWith('_cn') || hit.match.form === 'cn') return WEAK
  return hit.where === 'attr' ? EDGE + 1 : EDGE
}

function whyOf(hit: Hit): string {
  if (hit.where === 'attr') return 'title_attribute'
  if (hit.where === 'split') return 'split_elements'
  if (hit.label !== null) return `${hit.label === 'vague' ? 'plain' : hit.label}_label`
  if (hit.shape === 'alone') return 'item_date'
  return hit.bracketed ? 'bracket_in_title' : 'edge_of_title'
}

type Sizes = ReadonlyMap<number, number>

/** How many links have a date, by list: of all dates, of those with a weekday, and of those named like a clock. */
type Lists = Readonly<Record<'all' | 'weekday' | 'clock_name', Sizes>> & { listed: ReadonlySet<Hit> }

function isListIn(sizes: ReadonlyMap<number, number>, group: number): boolean {
  return (sizes.get(group) ?? 0) >= LEAST_REPEATS
}

/** What speaks against a date, unless it is the date of an item all the same. */
function doubtOfItem(hit: Hit, lists: Lists): Doubt | null {
  const { doubt, anchor, tight, isInItem, group, trail } = hit
  if (anchor !== null && isWeatherTitle(anchor.text || anchor.title)) return 'weather'
  // A clock has a weekday or its name once; a list has one at each of its dates.
  if (doubt === 'weekday' || doubt === 'clock_name') return isListIn(lists[doubt], group) ? null : doubt
  if (doubt === 'after_clock') return isInItem && isListIn(lists.all, group) ? null : doubt
  return doubt ?? ((anchor !== null && tight) || lists.listed.has(hit) ? null : doubtOfTrail(trail))
}

/** True for an item of a tab; a single one that leads nowhere is the sample of a template. */
function isOfHiddenItem({ anchor, group }: Hit, lists: Lists): boolean {
  if (anchor?.isHidden !== true) return false
  return isListIn(lists.all, group) || !/^(?:#.*|javascript:.*|)$/i.test(anchor.href.trim())
}

/** Why a date cannot be the date of a listed item; null when it can. */
function listDoubt(hit: Hit, lists: Lists): string | null {
  const doubt = doubtOfItem(hit, lists)
  if (doubt !== null) return doubt
  if (hit.label === 'other') return 'matter_date'
  if (hit.label === 'letter') return 'letter'
  if (hit.foot !== null && !hit.tight) return 'copyright'
  if (hit.isHidden && !isOfHiddenItem(hit, lists)) return 'hidden'
  if (hit.shape === 'inline' && !isOfItemLine(hit) && (hit.inside || !TOLD.has(hit.label)))
    return hit.inside ? 'in_title' : 'in_text'
  if (
    hit.where === 'attr' &&
    hit.label === null &&
    hit.shape !== 'alone' &&
    !(hit.bracketed && isNumeric(hit))
  ) {
    return 'in_title'
  }
  return hit.shape === 'alone' || hit.shape === 'inline' ? null : edgeDoubt(hit)
}

/** A date at an edge of a longer text: in brackets, or clearly set apart from it. */
function edgeDoubt(hit: Hit): string | null {
  if (hit.label !== null) return null
  const why = hit.inside ? 'in_title' : 'in_text'
  switch (hit.match.form) {
    case 'english':
      if (hit.inside) return hit.bracketed ? null : why
      return hit.run.length <= INFO_LINE && isSetApart(hit) ? null : why
    case 'ymd':
    case 'mdy':
    case 'split':
      if (hit.bracketed || hit.inside) return null
      return hit.run.length <= INFO_LINE && isSetApart(hit) ? null : why
    case 'ymd_cn':
    case 'cn':
      if (hit.bracketed) return null
      return !hit.inside && hit.shape === 'end' && hit.run.length <= INFO_LINE ? null : why
    case 'md_cn':
      return hit.inside && hit.bracketed && hit.shape === 'end' ? null : why
    case 'yymd':
    case 'md':
      return hit.bracketed || (hit.shape === 'start' && /^\S+ [·|]? ?\S/.test(hit.run)) ? null : why
    default:
      return why
  }
}

function isNumeric(hit: Hit): boolean {
  return hit.match.form === 'ymd' || hit.match.form === 'yymd' || hit.match.form === 'md'
}
