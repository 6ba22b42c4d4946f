import { inSlices, type Steps } from '../../../base/slices.ts'
import { hostOf } from '../../outbound/domain.ts'
import { leadsIn } from '../../outbound/looks/onward.ts'
import { badHost } from '../../outbound/words/hosts.ts'
import { linkUrl } from '../page/address.ts'
import { type Parsed, type ParsedElement, type ParsedLink, parsing } from '../page/parsed.ts'
import { plainScript } from '../page/scripts.ts'
import { writtenByScripts } from '../page/written.ts'
import type { Outcome, PageRule, Problem, Retrieved, SiteFacts } from '../rule.ts'
import {
  badOf,
  HELD,
  type HiddenBlock,
  type HiddenLink,
  isOurs,
  LATER,
  problemOf,
  saidOf,
} from './hidden-blocks.ts'

/*
 * Hidden links (暗链): links that nobody sees and search engines follow. One alone is nothing: menus, tabs and lists of friends are
 * hidden until somebody opens them. It is one when it leads to a stranger and says what no office says; without such words it must
 * be new besides (`hidden-links-new`).
 */

/** A page whose hidden links lead to betting, pornography or shams. */
export const hiddenLinks: PageRule = {
  id: 'hidden-links',
  look: (page, parsed, site) => inSlices(lookForHidden(page, parsed, site)),
}

/** What it finds on a page. */
export function* lookForHidden(
  page: Retrieved,
  parsed: Parsed,
  site: Pick<SiteFacts, 'url'>,
): Steps<Outcome> {
  const problems: Problem[] = []
  for (const block of yield* hiddenBlocks(parsed, page, site)) {
    const bad = yield* badOf(block)
    if (bad.length > 0) problems.push(problemOf(page, block, bad))
  }
  return problems.length > 0 ? { outcome: 'found', problems } : { outcome: 'clear' }
}

/** Blocks of links that are not seen and lead to strangers, those that a script writes into the page among them. */
export function* hiddenBlocks(
  parsed: Parsed,
  page: Pick<Retrieved, 'finalUrl' | 'headers'>,
  site: Pick<SiteFacts, 'url'>,
): Steps<HiddenBlock[]> {
  const shown = yield* blocksOf(parsed, page, site)
  const { written, held } = writtenByScripts(parsed.scripts)
  return [
    ...shown,
    ...(yield* blocksWithin(parsed, page, site)),
    ...(yield* blocksOfScripts(written, 'script', page, site)),
    ...(yield* blocksOfScripts(held, HELD, page, site)),
    ...(yield* leadsOfScripts(parsed, page, site)),
  ]
}

/** Frames whose page stands in this one, and characters of one. */
const MOST_WITHIN = 20
const MOST_PAGE = 200_000

/** Blocks in pages that stand in this one as text (`srcdoc`): where nobody sees the frame, all of it is hidden. */
function* blocksWithin(
  { elements }: Parsed,
  page: Pick<Retrieved, 'finalUrl'>,
  site: Pick<SiteFacts, 'url'>,
): Steps<HiddenBlock[]> {
  const blocks: HiddenBlock[] = []
  const frames = elements.filter(({ tag, attributes }) => tag === 'iframe' && attributes.srcdoc)
  for (const { attributes, hiddenBy, isHiddenLater } of frames.slice(0, MOST_WITHIN)) {
    const html = Buffer.from((attributes.srcdoc ?? '').slice(0, MOST_PAGE))
    const within = yield* parsing(html, 'text/html; charset=utf-8', page.finalUrl)
    blocks.push(...(yield* blocksOf(within, page, site, hiddenBy ?? (isHiddenLater ? LATER : null))))
  }
  return blocks
}

/** Scripts that lead visitors, be it those of search engines only, to hosts that say what no office says. */
function* leadsOfScripts(
  { scripts, base }: Parsed,
  page: Pick<Retrieved, 'finalUrl'>,
  site: Pick<SiteFacts, 'url'>,
): Steps<HiddenBlock[]> {
  const blocks: HiddenBlock[] = []
  for (const { text } of scripts) {
    yield
    if (!LEADS.test(text)) continue
    const links = leadsIn(plainScript(text.slice(0, MOST_SCRIPT))).flatMap((target) => {
      const url = linkUrl(target, base)
      const isBad = url && badHost(url.hostname) !== null && !isOurs(url.href, url.hostname, page, site)
      return isBad ? [{ href: url.href, host: url.hostname, text: '' }] : []
    })
    if (links.length > 0) blocks.push({ by: 'script', links, isMixed: false, names: '', text: '' })
  }
  return blocks
}

/** Names a place to go to, be it by the numbers of its letters. */
const LEADS = /location|open|\\(?:x|u00)/
/** Characters of a script that are looked through. */
const MOST_SCRIPT = 200_000

/** Blocks in the HTML of scripts. @param by how what is hidden in it is hidden */
function* blocksOfScripts(
  html: string,
  by: string,
  page: Pick<Retrieved, 'finalUrl'>,
  site: Pick<SiteFacts, 'url'>,
): Steps<HiddenBlock[]> {
  if (html === '') return []
  const parsed = yield* parsing(Buffer.from(html), 'text/html; charset=utf-8', page.finalUrl)
  const blocks = yield* blocksOf(parsed, page, site, LATER)
  return blocks.map((block) => ({ ...block, by: block.by === LATER ? LATER : by }))
}

/** @param all by what all is hidden that is not hidden by itself */
function* blocksOf(
  parsed: Parsed,
  page: Pick<Retrieved, 'finalUrl'>,
  site: Pick<SiteFacts, 'url'>,
  all: string | null = null,
): Steps<HiddenBlock[]> {
  const blocks = new Map<
    ParsedElement,
    { by: string; links: HiddenLink[]; own: number; names: string; text: string }
  >()
  for (const { href, text, element, isBlank } of [...parsed.links, ...framesOf(parsed)]) {
    yield
    const by = element.hiddenBy ?? (isBlank ? 'empty' : (all ?? (element.isHiddenLater ? LATER : null)))
    const host = href && hostOf(href)
    if (by === null || !href || !host) continue
    const root = by === 'empty' ? element : rootOf(element, by === LATER)
    const block = blocks.get(root) ?? { by, links: [], own: 0, names: namesOf(root), text: root.text }
    blocks.set(root, block)
    if (isOurs(href, host, page, site)) block.own++
    else block.links.push({ href, host, text: saidOf(text, element.attributes.title ?? '') })
  }
  return [...blocks.values()]
    .filter(({ links }) => links.length > 0)
    .map(({ own, ...block }) => ({ ...block, isMixed: own > 0 }))
}

const FRAMES: Readonly<Record<string, string>> = { iframe: 'src', frame: 'src', embed: 'src', object: 'data' }

/** Pages that are shown within this one, where their hosts say what no office says: counters and sign-ins are taken in unseen, too. */
function framesOf({ elements, base }: Parsed): Pick<ParsedLink, 'href' | 'text' | 'element' | 'isBlank'>[] {
  return elements.flatMap((element) => {
    const name = FRAMES[element.tag]
    const raw = name && element.attributes[name]
    const url = raw ? linkUrl(raw, base) : null
    if (!url || badHost(url.hostname) === null) return []
    return [{ href: url.href, text: element.attributes.title ?? '', element, isBlank: false }]
  })
}

/** The outermost element that is hidden: what stands in it was put there together. */
function rootOf(element: ParsedElement, isLater: boolean): ParsedElement {
  const isWithin = (one: ParsedElement) => (isLater ? one.isHiddenLater : !one.visible)
  let root = element
  for (let up = element.parent; up && isWithin(up); up = up.parent) root = up
  return root
}

/** Elements around a hidden one whose names tell what it is for. */
const NAMED_UP = 3

function namesOf(element: ParsedElement): string {
  const names: string[] = []
  let up: ParsedElement | null = element
  for (let n = 0; up && n < NAMED_UP; n++, up = up.parent) {
    names.push(up.tag, up.attributes.class ?? '', up.attributes.id ?? '')
  }
  return names.join(' ').toLowerCase()
}
