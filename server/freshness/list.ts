import { type Candidate, notFuture, plainCandidate, type Rejections } from './choice.ts'
import { dayOf } from './dates.ts'
import { itemsOf } from './items.ts'
import { type Page, titleOf, titleRank } from './page.ts'
import { scriptDates } from './scripts.ts'
import { streamPage } from './stream.ts'
import { urlDate } from './url-date.ts'

/** So many dated addresses of articles make a list; one or two may be a banner. */
const LEAST_LINKS = 3
const LEAST_HIDDEN = 2
const LEAST_LOOSE = 2
const MAX_HIDDEN = 200
const ARTICLE_TITLE = 7

/**
 * The dated items of a home or list page. What is shown counts first (hidden tabs included, they are a click
 * away); lists kept in scripts and comments, dates without a link and dates in addresses only where
 * nothing better is there, in this order.
 */
export function listItems(page: Page, ref: string, rejected: Rejections): Candidate[] {
  const shown = itemsOf(page.hits, ref, rejected)
  const past = (candidates: Candidate[]) => notFuture(candidates, ref, rejected)
  const sure = past([...shown.sure, ...hiddenItems(page, 'cdata', ref), ...scriptItems(page)])
  if (sure.length > 0) return sure
  const weak = past(shown.weak)
  if (weak.length > 0) return weak
  for (const kind of ['script', 'comment'] as const) {
    const hidden = past(hiddenItems(page, kind, ref))
    if (hidden.length >= LEAST_HIDDEN) return hidden
  }
  const loose = past(shown.loose)
  if (
    loose.length >= LEAST_LOOSE ||
    loose.some(({ evidence }) => /^(publish|posted)_label$/.test(evidence.why))
  ) {
    return loose
  }
  return past(linkItems(page))
}

function scriptItems(page: Page): Candidate[] {
  return scriptDates(page.scripts).flatMap(({ day, raw, title, href }) => {
    if (title === '') return []
    const evidence = {
      date: day,
      text: title.slice(0, 200),
      where: 'script',
      raw,
      form: 'script',
      why: 'script_list',
    }
    return plainCandidate(href === '' ? evidence : { ...evidence, href })
  })
}

/** Items of lists the page keeps out of sight until its script shows them. */
function hiddenItems(page: Page, kind: Page['hidden'][number]['kind'], ref: string): Candidate[] {
  const items: Candidate[] = []
  for (const hidden of page.hidden.slice(0, MAX_HIDDEN)) {
    if (hidden.kind !== kind) continue
    for (const item of itemsOf(streamPage(hidden.text).hits, ref, []).sure) {
      const where = kind === 'comment' ? 'comment' : 'script'
      items.push({ ...item, evidence: { ...item.evidence, where, why: 'hidden_list' } })
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
      raw: anchor.href.slice(0, 200),
      form: 'url',
      why: 'link_address',
    })
  })
  const hosts = new Map<string, Candidate[]>()
  for (const item of items) {
    const host = /^(?:https?:)?\/\/([^/]+)/i.exec(item.href)?.[1] ?? ''
    hosts.set(host, [...(hosts.get(host) ?? []), item])
  }
  const own = hosts.get('') ?? [...hosts.values()].sort((a, b) => b.length - a.length)[0] ?? []
  return own.length >= LEAST_LINKS ? own : []
}
