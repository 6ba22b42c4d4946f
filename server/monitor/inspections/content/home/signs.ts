import { onwardOf } from '../../../outbound/looks/onward.ts'
import { badHost } from '../../../outbound/words/hosts.ts'
import { fillingOf, strongWords } from '../../../outbound/words/phrases.ts'
import { isOfOffice, luresIn, mayStandInNotices } from '../../../outbound/words/trades.ts'
import { badWords } from '../../../outbound/words/words.ts'
import { SHORT_PAGE, softRedirect } from '../../../visit/page/refresh.ts'
import type { Parsed } from '../../page/parsed.ts'
import type { SiteFacts } from '../../rule.ts'
import { filledWith, foreignIn } from '../foreign-words.ts'
import { withoutNames } from './names.ts'
import { type HomePrint, hadText } from './print.ts'

/* What says that a home page is somebody else's. */

export interface SignLimits {
  /** What those leave who replace pages. */
  readonly defaced: readonly string[]
  /** So many different words, and such a part of a page that is theirs, say what it is. */
  readonly fullWords: number
  readonly fullShare: number
}

const MOST_SIGNS = 6
const some = (signs: readonly string[]): string[] => [...new Set(signs)].slice(0, MOST_SIGNS)

/** What intruders leave, in a text. */
export const leftIn = (said: string, { defaced }: SignLimits): string[] =>
  some(defaced.filter((one) => said.toLowerCase().includes(one)))

/** Of a page that has nothing in common with what it was, and does not say whose it is. */
export function signsOf({ title, text, metas }: Parsed, limits: SignLimits): string[] {
  const head = [title, metas.get('description') ?? '', metas.get('keywords') ?? '']
  const words = [...head, text.slice(0, 1_000)].flatMap((said) => foreignIn(said))
  const left = leftIn(`${title}\n${text.slice(0, 5_000)}`, limits)
  if (words.length + left.length > 0) return some([...words, ...left])
  return some([soldBy(title, text), tradeOf(title, text)].find((signs) => signs.length > 0) ?? [])
}

/** Signs that count whoever is named below: what the page is called and writes, or what fills it. A column of crimes has neither. */
export function signsDespite(parsed: Parsed, site: SiteFacts, limits: SignLimits): string[] {
  const { title, text } = parsed
  const called = strongWords(withoutNames(title, site))
  const written = strongWords(text.slice(0, MOST_TEXT)).filter((word) => !called.includes(word))
  if (called.length > 0 && written.length > 0) return some([...called, ...written])
  return some(filledWith(fillingOf(text), parsed, site, limits))
}

/** Characters of a page by which it is known what is sold on it. */
const MOST_TEXT = 3_000
/** What a registrar says to the owner: it is still his. */
const OF_OWNER = /续费|赎回|过期|到期|renew|expired/i
/** Of words that say it together only, more than so many. */
const LEAST_TOGETHER = 2

/** Signs of a domain that is offered, or parked with advertisements. */
function soldBy(title: string, text: string): string[] {
  const said = `${title}\n${text.slice(0, MOST_TEXT)}`
  if (OF_OWNER.test(said)) return []
  const words = badWords(said).filter(({ kind }) => kind === 'parking')
  const isSold =
    words.some(({ weight }) => weight === 3) || (words.length > LEAST_TOGETHER && !isOfOffice(said))
  return isSold ? words.map(({ word }) => word) : []
}

/** Different calls for customers on one page. */
const LEAST_LURES = 3

/** Calls of a tradesman on a page that has nothing of an office, and is no notice, nor what a firewall asks its visitors. */
function tradeOf(title: string, text: string): string[] {
  const said = `${title}\n${text.slice(0, MOST_TEXT)}`
  const lures = isOfOffice(said) ? [] : luresIn(said)
  return lures.length >= LEAST_LURES && !lures.every(mayStandInNotices) ? lures : []
}

/** Of a page of next to no words: what it is called, what its pictures say, and where it leads at once. */
export function bareSignsOf(parsed: Parsed, limits: SignLimits): string[] {
  const { title, metas, elements, html, base } = parsed
  const pictures = elements.flatMap(({ tag, attributes: { alt = '', title = '' } }) =>
    tag === 'img' ? [`${alt} ${title}`.slice(0, MOST_TEXT)] : [],
  )
  const said = [title, metas.get('description') ?? '', parsed.text, ...pictures.slice(0, MOST_PICTURES)]
  const words = said.flatMap((one) => [...foreignIn(one), ...leftIn(one, limits)])
  // It says next to nothing: where it leads stands at its beginning, whatever fills the rest.
  const onward = softRedirect(html.slice(0, SHORT_PAGE))?.target ?? onwardOf(html, base) ?? shownIn(parsed)
  const host = onward !== null && URL.canParse(onward, base) ? new URL(onward, base).hostname : null
  return some([...words, ...(host && badHost(host) !== null ? [host] : [])])
}

const MOST_PICTURES = 20

/** The page that is all there is of this one. */
function shownIn({ elements }: Parsed): string | null {
  const shown = elements.flatMap(({ tag, attributes }) =>
    tag === 'embed' || tag === 'object' ? [attributes.src ?? attributes.data ?? ''] : [],
  )
  return shown.length === 1 ? (shown[0] ?? null) : null
}

/** Links of a page that are looked at, those of them that say something, and of these the part that says what no office says. */
const MOST_LINKS = 200
const LEAST_WORDS = 4
const LEAST_BAD = 5
const LEAST_PART = 0.3

/** The build and the foot are the site's still; what stands in its columns is not, and never stood there before. */
export function signsOfShell({ links }: Parsed, history: readonly HomePrint[]): string[] {
  const said = links
    .slice(0, MOST_LINKS)
    .map(({ text }) => text)
    .filter((text) => text.length >= LEAST_WORDS)
  const bad = said.flatMap((text) => {
    const words = foreignIn(text)
    return words.length > 0 && !history.some((one) => hadText(one, text)) ? [words] : []
  })
  return bad.length >= LEAST_BAD && bad.length >= said.length * LEAST_PART ? some(bad.flat()) : []
}
