import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { keeping, type Steps } from '../../../base/slices.ts'
import { domainOf, hostOf } from '../../outbound/domain.ts'
import { type Concealed, concealedIn, tellsConcealed } from '../../outbound/words/concealed.ts'
import { badHost } from '../../outbound/words/hosts.ts'
import { isBadPhrase, strongWords } from '../../outbound/words/phrases.ts'
import { isInside } from '../page/address.ts'
import type { Problem, Retrieved, SiteFacts } from '../rule.ts'
import { shown } from './shown.ts'

/*
 * What links that nobody sees say of a page, whoever saw that nobody does: the page as it was sent (`hidden-links.ts`), or a browser
 * that has it open (`hidden-drawn.ts`).
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

/** By what a link is hidden that a script writes, hides or shows as it likes: nothing by itself. */
export const LATER = 'later'

/** In a script that does nothing with it where it stands: a template, or something to be written elsewhere. */
export const HELD = 'held'

/** Ways of hiding by which honest pages hide what somebody opens later. */
export const OPENED_LATER: ReadonlySet<string> = new Set([
  ...['display', 'visibility', 'opacity', 'attribute', 'size', 'empty', 'unshown'],
])

/** News stand in tabs that nobody has opened yet, and in what scripts show. */
const isShownLater = ({ by }: HiddenBlock): boolean => by === LATER || by === HELD || OPENED_LATER.has(by)

/** Hosts of one block that are told. */
const TOLD = 8

/** Its links that lead to betting, pornography or shams; none where it is what honest pages hide. */
export function* badOf(block: HiddenBlock): Steps<readonly HiddenLink[]> {
  const some = yield* keeping(block.links, isShownLater(block) ? isBadLater : isBad)
  if (some.length > 0) return some
  const concealed = yield* linksForNobody(block)
  if (concealed.length > 0) return concealed
  return isBadAround(block) ? block.links.filter(({ host }) => !isHarmless(host)) : []
}

/** Says what no office says; not where it leads to those who write news. */
const isBad = ({ host, text }: HiddenLink): boolean =>
  !isHarmless(host) && (badHost(host, text) !== null || saysBad(text))

/** The same of what is shown by and by, as news are: those say it in a sentence. */
const isBadLater = ({ host, text }: HiddenLink): boolean =>
  !isHarmless(host) && (badHost(host, text) !== null || isBadPhrase(text))

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
function isBadAround(block: HiddenBlock): boolean {
  const { text, isMixed, by, links } = block
  if (isMixed || by === LATER || text.length > MOST_AROUND) return false
  // What all of it speaks against is not taken apart.
  if (!saysBad(text)) return false
  return !isShownLater(block) || withoutLinks(text, links).some(isBadPhrase)
}

/** What stands before, between and behind links. */
const withoutLinks = (text: string, links: readonly HiddenLink[]): string[] =>
  links.reduce((rest, link) => rest.replace(standing(link.text, rest), '\n'), text).split('\n')

/** Of what a link says the beginning that stands there: what it says when it is pointed at comes behind a blank. */
function standing(said: string, text: string): string {
  for (let end = said.length; end > 0; end = said.lastIndexOf(' ', end - 1)) {
    const own = said.slice(0, end)
    if (text.includes(own)) return own
  }
  return ''
}

const saysBad = (text: string): boolean => strongWords(text).length > 0

/** One block is one problem, known by the first of its hosts; what a template puts on every page is one of the site. */
export function problemOf(
  page: Pick<Retrieved, 'finalUrl'>,
  block: HiddenBlock,
  links: readonly HiddenLink[],
): Problem {
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

/** The site itself, its own other names, and offices. */
export function isOurs(
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

/** The words of a link, and those that only show when it is pointed at. */
export const saidOf = (text: string, title: string): string =>
  text.includes(title) ? text : `${text} ${title}`.trim()
