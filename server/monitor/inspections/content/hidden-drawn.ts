import {
  MOST_UNSEEN,
  type Unseen,
  type UnseenBlock,
} from '../../../../shared/monitor/page-checks/page-checks-rules.ts'
import { inSlices, type Steps } from '../../../base/slices.ts'
import { domainOf, hostOf } from '../../outbound/domain.ts'
import type { CheckedPage } from '../../page-checks/queries.ts'
import { whyUnseen } from '../accessibility/judge.ts'
import type { ToldHidden } from '../kept.ts'
import type { Outcome, Problem, SiteFacts, SiteRule } from '../rule.ts'
import { badOf, type HiddenBlock, isOurs, LATER, problemOf } from './hidden-blocks.ts'

/*
 * Hidden links as a browser has them: sheets and scripts of other files are in force there, and what lies where is known. Pages are
 * looked at by whoever draws them (`server/monitor/page-checks/`), one of each template; what was seen is judged here.
 */

/** Pages with links to betting, pornography or shams that only a browser knows to be hidden. */
export const hiddenLinksDrawn: SiteRule = {
  id: 'hidden-links-drawn',
  isOfKept: true,
  async measure(site, { kept }) {
    const { pages, canRender } = await kept.checked()
    return inSlices(judgeDrawn(site, pages, await kept.hiddenTold(), canRender))
  },
}

type Looked = Pick<CheckedPage, 'template' | 'url' | 'at' | 'found' | 'isOld' | 'reason'>

/** The site has no such page. */
const isNone = ({ found, reason }: Looked): boolean => reason === 'no_such_page' && found === null

/** All of the page has been looked at for what it hides. */
const isWhole = ({ found }: Looked): boolean =>
  found?.unseen !== undefined && typeof found.unseen !== 'string' && !found.unseen.isCut

/** What came of looking at pages that were not looked at as a whole. */
function howOf(pages: readonly Looked[]): ('late' | 'failed' | 'without')[] {
  return pages.flatMap(({ found }) => {
    if (!found) return []
    if (found.unseen === undefined) return ['without' as const]
    return [typeof found.unseen === 'string' ? found.unseen : ('late' as const)]
  })
}

/**
 * What pages of a site hide in a browser, each domain once, on however many of them. What the page as it was sent tells already is
 * not told again, nor what was there when the browser looked and is gone since. It hides nothing where all of its pages have been looked
 * at: one that is clean says nothing of another.
 */
export function* judgeDrawn(
  site: Pick<SiteFacts, 'url'>,
  pages: readonly Looked[],
  told: readonly ToldHidden[],
  canRender: boolean,
): Steps<Outcome> {
  const problems = new Map<string, Problem>()
  for (const { url, at, template, found } of pages) {
    if (!found?.unseen || typeof found.unseen === 'string') continue
    const known = new Set(
      told.flatMap(({ domains, goneAt }) => (goneAt === null || (at && goneAt > at) ? domains : [])),
    )
    for (const seen of found.unseen.blocks) {
      const block = blockOf(seen, url, site)
      const bad = block ? yield* badOf(block) : []
      if (!block || bad.length === 0 || bad.some(({ host }) => known.has(domainOf(host)))) continue
      const problem = problemOf({ finalUrl: url }, block, bad)
      problems.set(problem.key, onPage(problems.get(problem.key), problem, seen.by, template))
    }
  }
  const there = pages.filter((page) => !isNone(page))
  const missed = there.filter((page) => !isWhole(page))
  const looked = pages.flatMap((page) => (missed.includes(page) ? [] : [page.template]))
  if (problems.size > 0) return { outcome: 'found', problems: [...problems.values()], looked }
  if (there.length > 0 && missed.length === 0) return { outcome: 'clear' }
  return { outcome: 'unmeasured', reason: whyUnseen(missed, howOf(missed), canRender), looked }
}

/** A problem as it was seen first, and the names of all pages that have it. */
function onPage(before: Problem | undefined, problem: Problem, by: string, template: string): Problem {
  if (!before) return { ...problem, detail: { ...problem.detail, by, page: template } }
  const on = String(before.detail.page).split(' ')
  if (on.includes(template)) return before
  return { ...before, detail: { ...before.detail, page: [...on, template].join(' ') } }
}

/** What a browser saw as the other rules have it; null: nothing of it leads to strangers. */
function blockOf(seen: UnseenBlock, url: string, site: Pick<SiteFacts, 'url'>): HiddenBlock | null {
  const known = seen.links.flatMap(({ href, text }) => {
    const host = hostOf(href)
    return host ? [{ href, host, text }] : []
  })
  const links = known.filter(({ href, host }) => !isOurs(href, host, { finalUrl: url }, site))
  if (links.length === 0) return null
  const isMixed = seen.isMixed === true || seen.own > 0 || links.length < known.length
  return { by: seen.isLater ? LATER : seen.by, links, isMixed, names: '', text: seen.text }
}

/**
 * As much as is kept of what a browser saw: what leads to strangers, and first of it what is bad, wherever on the page it stands.
 * @param url of the page. @param cover covers what must not be kept of a text.
 */
export function* unseenToKeep(unseen: Unseen, url: string, cover: (text: string) => string): Steps<Unseen> {
  const blocks: { readonly block: UnseenBlock; readonly isBad: boolean }[] = []
  for (const seen of unseen.blocks) {
    const block = blockOf(seen, url, { url })
    if (!block) continue
    const bad = new Set((yield* badOf(block)).map(({ href }) => href))
    const links = [...seen.links].sort((a, b) => Number(bad.has(b.href)) - Number(bad.has(a.href)))
    const mixed = block.isMixed ? { isMixed: true } : {}
    blocks.push({ block: { ...seen, ...mixed, links }, isBad: bad.size > 0 })
  }
  blocks.sort((a, b) => Number(b.isBad) - Number(a.isBad))
  let left: number = MOST_UNSEEN.links
  const kept: UnseenBlock[] = []
  for (const { block } of blocks.slice(0, MOST_UNSEEN.blocks)) {
    yield
    const links = block.links.slice(0, left).flatMap((link) => coveredLink(link, cover))
    left -= links.length
    if (links.length > 0) kept.push({ ...block, text: cover(block.text), links })
  }
  return { blocks: kept, isCut: unseen.isCut }
}

/** Of an address with something in it that must not be kept, its host is; nothing where that has it itself. */
function coveredLink({ href, text }: UnseenBlock['links'][number], cover: (text: string) => string) {
  const kept = cover(href) === href ? href : `${new URL(href).origin}/`
  return cover(kept) === kept ? [{ href: kept, text: cover(text) }] : []
}
