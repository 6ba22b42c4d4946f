import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Limits } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import { type Concealed, concealedIn, tellsConcealed } from '../../outbound/words/concealed.ts'
import { type Filling, fillingOf, isBadPhrase, isFilled, strongWords } from '../../outbound/words/phrases.ts'
import {
  calledLike,
  callsIn,
  doorsIn,
  isSubjectOfOffice,
  isTitleOfOffice,
  luresIn,
  mayLeadToBetting,
  withoutDoors,
  withoutLures,
} from '../../outbound/words/trades.ts'
import { BETWEEN, badWords, foldText, isSpokenAgainst } from '../../outbound/words/words.ts'
import type { Parsed } from '../page/parsed.ts'
import { printOfSigns } from '../page/signs.ts'
import type { Outcome, PageRule, Problem, Retrieved, SiteFacts } from '../rule.ts'
import { namesOf, withoutNames } from './home/names.ts'
import { placesOf } from './places.ts'
import { pathOf, shown } from './shown.ts'

/**
 * Words of betting, pornography or shams where only search engines read them: in title, description, keywords and whatever else a page
 * says of itself. Somebody has changed the page. News that speak against them say so there, and are none.
 */
export const foreignWords: PageRule = { id: 'foreign-words', look }

/** Characters of each that are looked at. */
const MOST = 1_000

function look(page: Retrieved, parsed: Parsed, site: SiteFacts, limits: Limits): Outcome {
  // What a page shows in pictures cannot be held against what it is called.
  const isDrawn = parsed.text.length < Number(limits.leastText)
  const filling = fillingOf(parsed.text)
  const seen = new Seen(parsed.text)
  const found = placesOf(parsed).flatMap(({ place, said, isWritten }) => {
    const foreign = foreignIn(said)
    const isNews = foreign.length > 0 && filling.share < Number(limits.newsShare) && isBroughtBy(said, seen)
    const strong = isNews ? [] : foreign
    const isTold = foreign.length > 0 || isWritten
    const words = isTold
      ? strong
      : [...signaturesIn(place, said), ...(isDrawn ? [] : strangerIn(place, said, seen, site, limits))]
    return words.length > 0 ? [{ place, said, words }] : []
  })
  const full = { fullWords: Number(limits.fullWords), fullShare: Number(limits.fullShare) }
  const filled = filledWith(filling, parsed, site, full)
  if (filled.length > 0) found.push({ place: 'text', said: parsed.text.slice(0, MOST), words: filled })
  const [first] = found
  if (!first) return { outcome: 'clear' }
  const words = [...new Set(found.flatMap((one) => one.words))]
  const problem: Problem = {
    key: pathOf(page.finalUrl, site.today),
    url: page.finalUrl,
    excerpt: shown(found.map(({ said }) => said).join(' | ')),
    outline: null,
    detail: { places: found.map(({ place }) => place).join(' '), words: words.slice(0, 8).join(' ') },
    print: printOfSigns(words),
  }
  return { outcome: 'found', problems: [problem] }
}

/** Headings of a page that are looked at. */
const MOST_HEADINGS = 8

/**
 * The words that fill a page; none where title or heading warn of them, or say that an office lists them, as the line above may. A menu
 * or the source of an article warns of nothing.
 */
export function filledWith(
  filling: Filling,
  { title, elements }: Pick<Parsed, 'title' | 'elements'>,
  site: SiteFacts,
  full: Parameters<typeof isFilled>[1],
): string[] {
  if (!isFilled(filling, full)) return []
  const headings = elements.filter(({ tag }) => tag === 'h1').slice(0, MOST_HEADINGS)
  const called = [title, ...headings.map(({ text }) => text)].map((one) => withoutNames(one, site))
  const isWarning =
    called.some(isSpokenAgainst) || [...called, withoutNames(filling.lead, site)].some(isSubjectOfOffice)
  return isWarning ? [] : [...filling.words]
}

/** Parts of a title or description that stand by themselves. */
const PARTS = /[\n_|｜。！？；]+|[-–—]+/

/** What the page itself tells of in as many words: who breaks in changes what search engines read, and leaves what people see. */
function isBroughtBy(said: string, seen: Seen): boolean {
  const bad = said
    .slice(0, MOST)
    .split(PARTS)
    .filter((part) => strongWords(part).length > 0)
  if (bad.length === 0 || bad.some(isBadPhrase)) return false
  return bad.every((part) => seen.plain.includes(plainly(part)))
}

/** What a page says: however many of its places are compared with it, it is folded once. */
class Seen {
  readonly length: number
  readonly #text: string
  #folded: string | null = null
  #plain: string | null = null

  constructor(text: string) {
    this.#text = text
    this.length = text.length
  }

  get folded(): string {
    this.#folded ??= foldText(this.#text)
    return this.#folded
  }

  get plain(): string {
    this.#plain ??= this.folded.replace(BETWEEN, '')
    return this.#plain
  }
}

const plainly = (text: string): string => foldText(text).replace(BETWEEN, '')

/** The words by which a title or description is somebody else's; none for those that are spoken against, or may stand anywhere. */
export function foreignIn(said: string): string[] {
  const words = badWords(said.slice(0, MOST)).filter(({ kind }) => kind !== 'parking')
  const isForeign =
    words.some(({ weight }) => weight === 3) || words.filter(({ kind }) => kind === 'porn').length >= TOGETHER
  return isForeign ? words.map(({ word }) => word) : []
}

/** So many words that say little by themselves say it together. */
const TOGETHER = 3

/** What those leave who replace pages. */
const DEFACED = (inspectionRule('home-replaced')?.limits.defaced ?? []) as readonly string[]
/** Signs before a title's first word. */
const BEFORE = /^[^\p{L}\p{N}]{0,9}/u

/** Signatures with which a title begins; in Chinese, in which nothing is written so by chance, that stand in it. */
function signaturesIn(place: string, said: string): string[] {
  if (place !== 'title' || isSpokenAgainst(said)) return []
  const title = said.slice(0, MOST).toLowerCase().replace(BEFORE, '')
  return DEFACED.filter((one) => (/^[\x20-\x7e]+$/.test(one) ? title.startsWith(one) : title.includes(one)))
}

/** Words of a trade that the page itself knows nothing of. */
function strangerIn(place: string, said: string, seen: Seen, site: SiteFacts, limits: Limits): string[] {
  const strange = strangeIn(said, seen)
  if (strange.length >= (place === 'title' ? 1 : LEAST_STRANGE) && tellsConcealed(strange)) {
    return strange.map(({ word }) => word)
  }
  if (place !== 'title') return []
  const trade = ofTrade(said, seen, site)
  const isKnown = seen.length >= Number(limits.knownText)
  return trade.length > 0 || !isKnown ? trade : ofOthers(said, seen, site)
}

const ASIDE = /[\s_|｜\-—–,，、;；:：/·]+/
/** Phrases of a title or description that are looked at. */
const MOST_PHRASES = 40
/** Of them, where a page lists what it is about, one may be an accident of writing. */
const LEAST_STRANGE = 2

/**
 * Phrases of other trades that the page itself never comes to speak of: whoever breaks in changes what search engines read, and leaves
 * what people see.
 */
function strangeIn(said: string, seen: Seen): Concealed[] {
  const whole = said.slice(0, MOST)
  const found = whole.split(ASIDE, MOST_PHRASES).flatMap((phrase) => concealedIn(phrase, whole))
  if (found.length === 0) return []
  const words = new Map(found.map((one) => [one.word, one]))
  return [...words.values()].filter(({ word }) => !seen.folded.includes(word))
}

/** Different calls for customers in one title. */
const LEAST_LURES = 2
/** Of what else a title says, the part that an honest page has somewhere, at least. */
const LEAST_KNOWN = 0.25

/** A title that calls for customers, or has the name of one who bets, on a page that has nothing else of it. */
function ofTrade(said: string, seen: Seen, site: SiteFacts): string[] {
  const title = said.slice(0, MOST)
  if (isOurTitle(title, site)) return []
  const like = calledLike(title)
  const lures = isTitleOfOffice(title) ? [] : callsIn(title)
  if (like === null && lures.length < LEAST_LURES) return []
  if (like !== null && !seen.folded.includes(like)) return [like]
  if (lures.length < LEAST_LURES) return []
  const pairs = pairsOf(withoutLures(title))
  const known = pairs.filter((pair) => seen.folded.includes(pair)).length
  const isMore = pairs.length > 1 || lures.length >= LEAST_LURES * 2
  return isMore && known <= pairs.length * LEAST_KNOWN ? lures : []
}

/** Kinds of doors in one title. */
const LEAST_DOORS = 2
/** Words that say it together where the page has none of them. */
const LEAST_STRANGERS = 2

/** A title of doors to those who bet, whom the page does not know; or of words that only say it together. */
function ofOthers(said: string, seen: Seen, site: SiteFacts): string[] {
  const title = said.slice(0, MOST)
  if (isOurTitle(title, site) || isTitleOfOffice(title)) return []
  const doors = doorsIn(title)
  const names = pairsOf(withoutDoors(title))
  const isOfNobody = names.length > 0 && names.every((pair) => !seen.folded.includes(pair))
  if (doors.length >= LEAST_DOORS && isOfNobody && mayLeadToBetting(title)) return doors
  const lures = luresIn(title)
  const porn = badWords(title).flatMap(({ kind, word }) =>
    kind === 'porn' && !seen.folded.includes(word) ? [word] : [],
  )
  return porn.length >= LEAST_STRANGERS && porn.some((word) => !lures.includes(word)) ? porn : []
}

/** It speaks against something, or says whose it is. */
const isOurTitle = (title: string, site: SiteFacts): boolean =>
  isSpokenAgainst(title) || namesOf(site).some((one) => title.includes(one))

/** Each two characters that stand together. */
const pairsOf = (text: string): string[] =>
  [...text.matchAll(/\p{Script=Han}+/gu)].flatMap(([run]) =>
    Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)),
  )
