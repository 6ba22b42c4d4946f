import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { inSlices, keeping, type Steps } from '../../../base/slices.ts'
import { domainOf, hostOf } from '../../outbound/domain.ts'
import { badHost, badWords, type Concealed, concealedIn, tellsConcealed } from '../../outbound/words.ts'
import { isInside, linkUrl } from '../page/address.ts'
import { type Parsed, type ParsedElement, type ParsedLink, parsing } from '../page/parsed.ts'
import { writtenByScripts } from '../page/written.ts'
import type { Outcome, PageRule, Problem, Retrieved, SiteFacts } from '../rule.ts'
import { shown } from './shown.ts'

/*
 * Hidden links (暗链): links that nobody sees and search engines follow. One alone is nothing: menus, tabs and lists of friends are
 * hidden until somebody opens them. It is one when it leads to a stranger and says what no office says; without such words it must
 * be new besides (`hidden-links-new`).
 */

/** Links that stand in one hidden place, as somebody put them there together. */
export interface HiddenBlock {
  readonly by: string
  readonly links: readonly HiddenLink[]
  /** Some of its links lead to the site itself or to an office: a menu, a list of friends. */
  readonly isMixed: boolean
  /** Names of the elements that it stands in, as their authors call them. */
  readonly names: string
  /** What stands in it besides links too; of a large one, its beginning. */
  readonly text: string
}

export interface HiddenLink {
  readonly href: string
  readonly host: string
  readonly text: string
}

/** A page whose hidden links lead to betting, pornography or shams. */
export const hiddenLinks: PageRule = {
  id: 'hidden-links',
  look: (page, parsed, site) => inSlices(lookForHidden(page, parsed, site)),
}

/** Hosts of one block that are told. */
const TOLD = 8

/** What it finds on a page. */
export function* lookForHidden(
  page: Retrieved,
  parsed: Parsed,
  site: Pick<SiteFacts, 'url'>,
): Steps<Outcome> {
  const problems: Problem[] = []
  for (const block of yield* hiddenBlocks(parsed, page, site)) {
    const some = yield* keeping(block.links, isBad)
    const concealed = some.length > 0 ? [] : yield* linksForNobody(block)
    const bad =
      [some, concealed, isBadAround(block) ? block.links : []].find(({ length }) => length > 0) ?? []
    if (bad.length > 0) problems.push(problemOf(page, block, bad))
  }
  return problems.length > 0 ? { outcome: 'found', problems } : { outcome: 'clear' }
}

/** Says what no office says. */
const isBad = ({ host, text }: HiddenLink): boolean => badHost(host, text) !== null || saysBad(text)

/** Hosts that honest pages lead to from what they hide: portals, maps, new media. */
const HARMLESS = (inspectionRule('hidden-links-new')?.limits.harmless ?? []) as readonly string[]
const isHarmless = (host: string): boolean => HARMLESS.some((one) => host === one || host.endsWith(`.${one}`))

/** Phrases that people search for, in a place that leads to strangers only and that no script opens. */
function* linksForNobody({ links, isMixed, by }: HiddenBlock): Steps<HiddenLink[]> {
  if (isMixed || by === LATER) return []
  const said: Concealed[] = []
  const strange: HiddenLink[] = []
  for (const link of links) {
    yield
    const words = isHarmless(link.host) ? [] : concealedIn(link.text)
    said.push(...words)
    if (words.length > 0) strange.push(link)
  }
  return tellsConcealed(said) ? strange : []
}

/** More text than that is a part of the page, which may write about anything. */
const MOST_AROUND = 400

/** The words stand beside the links: all of a small block that leads to strangers only. */
const isBadAround = ({ text, isMixed, by }: HiddenBlock): boolean =>
  !isMixed && by !== LATER && text.length <= MOST_AROUND && saysBad(text)

const saysBad = (text: string): boolean =>
  badWords(text).some(({ weight, kind }) => weight === 3 && kind !== 'parking')

/** One block is one problem, known by the first of its hosts; what a template puts on every page is one of the site. */
export function problemOf(page: Retrieved, block: HiddenBlock, links: readonly HiddenLink[]): Problem {
  const hosts = [...new Set(links.map(({ host }) => domainOf(host)))]
  const [first] = links
  const said = links.map(({ text, host }) => `${text} (${host})`).join('；')
  return {
    key: hosts.slice(0, 1).join(''),
    url: page.finalUrl,
    excerpt: shown(said),
    outline: first ? { href: first.href } : null,
    detail: {
      by: block.by,
      links: links.length,
      hosts: hosts.slice(0, TOLD).join(' '),
      all: block.links.length,
    },
    told: hosts[0] ?? '',
  }
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
    ...(yield* blocksOfScripts(written, 'script', page, site)),
    ...(yield* blocksOfScripts(held, HELD, page, site)),
  ]
}

/** Blocks in the HTML of scripts. @param by how what is hidden in it is hidden */
function* blocksOfScripts(
  html: string,
  by: string,
  page: Pick<Retrieved, 'finalUrl'>,
  site: Pick<SiteFacts, 'url'>,
): Steps<HiddenBlock[]> {
  if (html === '') return []
  const parsed = yield* parsing(Buffer.from(html), 'text/html; charset=utf-8', page.finalUrl)
  const blocks = yield* blocksOf(parsed, page, site, true)
  return blocks.map((block) => ({ ...block, by: block.by === LATER ? LATER : by }))
}

/** In a script that does nothing with it where it stands: a template, or something to be written elsewhere. */
export const HELD = 'held'

function* blocksOf(
  parsed: Parsed,
  page: Pick<Retrieved, 'finalUrl'>,
  site: Pick<SiteFacts, 'url'>,
  isWritten = false,
): Steps<HiddenBlock[]> {
  const blocks = new Map<
    ParsedElement,
    { by: string; links: HiddenLink[]; own: number; names: string; text: string }
  >()
  for (const { href, text, element, isBlank } of [...parsed.links, ...framesOf(parsed)]) {
    yield
    const by = element.hiddenBy ?? (isBlank ? 'empty' : isWritten || element.isHiddenLater ? LATER : null)
    const host = href && hostOf(href)
    if (by === null || !href || !host) continue
    const root = by === 'empty' ? element : rootOf(element, by === LATER)
    const block = blocks.get(root) ?? { by, links: [], own: 0, names: namesOf(root), text: root.text }
    blocks.set(root, block)
    if (isOurs(href, host, page, site)) block.own++
    else block.links.push({ href, host, text: saidOf(text, element) })
  }
  return [...blocks.values()]
    .filter(({ links }) => links.length > 0)
    .map(({ own, ...block }) => ({ ...block, isMixed: own > 0 }))
}

/** By what a link is hidden that a script writes, hides or shows as it likes: nothing by itself. */
export const LATER = 'later'

/** The words of a link, and those that only show when it is pointed at. */
function saidOf(text: string, { attributes }: ParsedElement): string {
  const { title = '' } = attributes
  return text.includes(title) ? text : `${text} ${title}`.trim()
}

/** The site itself, its own other names, and offices. */
function isOurs(
  href: string,
  host: string,
  page: Pick<Retrieved, 'finalUrl'>,
  site: Pick<SiteFacts, 'url'>,
): boolean {
  if (isInside(new URL(href), site.url) || isInside(new URL(href), page.finalUrl)) return true
  const own = hostOf(site.url)
  return OFFICIAL.test(host) || (own !== null && domainOf(own) === domainOf(host))
}

/** Names that only offices, schools and the army get. */
const OFFICIAL = /(?:^|\.)(?:gov|edu|mil|ac)\.cn$|(?:^|\.)gov\.(?:mo|hk)$|(?:^|\.)政务$|(?:^|\.)公益$/

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
