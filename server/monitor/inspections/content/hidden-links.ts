import { inSlices, keeping, type Steps } from '../../../base/slices.ts'
import { domainOf, hostOf } from '../../outbound/domain.ts'
import { badHost, badWords } from '../../outbound/words.ts'
import { isInside } from '../page/address.ts'
import { type Parsed, type ParsedElement, parsing } from '../page/parsed.ts'
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
    const bad = yield* keeping(block.links, isBad)
    if (bad.length > 0) problems.push(problemOf(page, block, bad))
  }
  return problems.length > 0 ? { outcome: 'found', problems } : { outcome: 'clear' }
}

/** Says what no office says. */
const isBad = ({ host, text }: HiddenLink): boolean =>
  badHost(host) !== null || badWords(text).some(({ weight, kind }) => weight === 3 && kind !== 'parking')

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
  const written = Buffer.from(writtenByScripts(parsed))
  if (written.length === 0) return shown
  const inScripts = yield* blocksOf(
    yield* parsing(written, 'text/html; charset=utf-8', page.finalUrl),
    page,
    site,
  )
  return [...shown, ...inScripts.map((block) => ({ ...block, by: 'script' }))]
}

function* blocksOf(
  parsed: Parsed,
  page: Pick<Retrieved, 'finalUrl'>,
  site: Pick<SiteFacts, 'url'>,
): Steps<HiddenBlock[]> {
  const blocks = new Map<
    ParsedElement,
    { by: string; all: number; links: HiddenLink[]; own: number; names: string }
  >()
  for (const { href, text, element } of parsed.links) {
    yield
    const by = element.hiddenBy ?? (isEmpty(element, text) ? 'empty' : null)
    const host = href && hostOf(href)
    if (by === null || !href || !host) continue
    const root = by === 'empty' ? element : rootOf(element)
    const block = blocks.get(root) ?? { by, all: 0, links: [], own: 0, names: namesOf(root) }
    blocks.set(root, block)
    if (isOurs(href, host, page, site)) block.own++
    else block.links.push({ href, host, text: text || (element.attributes.title ?? '') })
  }
  return [...blocks.values()]
    .filter(({ links }) => links.length > 0)
    .map(({ by, links, own, names }) => ({ by, links, names, isMixed: own > 0 }))
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
const OFFICIAL = /(?:^|\.)(?:gov|edu|mil|ac)\.cn$|(?:^|\.)政务$|(?:^|\.)公益$/

/** A link without words and picture is seen by nobody. */
const isEmpty = (element: ParsedElement, text: string): boolean =>
  text.trim() === '' &&
  element.tag === 'a' &&
  element.text === '' &&
  !(
    element.attributes.class ||
    element.attributes.id ||
    element.attributes.style ||
    element.attributes.onclick
  )

/** The outermost element that is hidden: what stands in it was put there together. */
function rootOf(element: ParsedElement): ParsedElement {
  let root = element
  for (let up = element.parent; up && !up.visible; up = up.parent) root = up
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

/** Characters of scripts that are looked through for what they write. */
const MOST_SCRIPT = 200_000
/* In each of these a place can be read in one way only: scripts of strangers cost no more than their length. */
const WRITES = /document\s*\.\s*write(?:ln)?\s*\(\s*((?:(["'])(?:\\.|(?!\2)[^\\])*\2\s*(?:\+\s*)?)+)\)/g
const LITERAL = /(["'])((?:\\.|(?!\1)[^\\])*)\1/g
const ENCODED = /(?:unescape|decodeURIComponent)\s*\(\s*(["'])((?:%u?[0-9a-f]{2}|[^"'%]){20,})\1/gi

/** The HTML that scripts of a page write into it, as far as it stands in them as it is. */
function writtenByScripts(parsed: Parsed): string {
  let left = MOST_SCRIPT
  const parts: string[] = []
  for (const { text } of parsed.scripts) {
    if (left <= 0) break
    const script = text.slice(0, left)
    left -= script.length
    if (!script.includes('write')) continue
    for (const [, literals = ''] of script.matchAll(WRITES)) {
      parts.push([...literals.matchAll(LITERAL)].map(([, , said = '']) => unescaped(said)).join(''))
    }
    for (const [, , said = ''] of script.matchAll(ENCODED)) parts.push(decoded(said))
  }
  const written = parts.join('')
  return /<a[\s>]/i.test(written) ? written : ''
}

const unescaped = (literal: string): string =>
  literal
    .replace(/\\x([0-9a-f]{2})|\\u([0-9a-f]{4})/gi, (_, two?: string, four?: string) =>
      String.fromCharCode(Number.parseInt(two ?? four ?? '', 16)),
    )
    .replace(/\\n/g, '\n')
    .replace(/\\(.)/g, '$1')

const decoded = (said: string): string =>
  said
    .replace(/%u([0-9a-f]{4})/gi, (_, four: string) => String.fromCharCode(Number.parseInt(four, 16)))
    .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'))
