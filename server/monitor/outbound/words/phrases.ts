import data from '../../../../shared/monitor/outbound/bad-words.json' with { type: 'json' }
import { BETWEEN, badWords, FILLING, foldText, isHarmlessAt, STRONG, tightOf, WORD_KINDS } from './words.ts'

/* Whether a text is made of bad words, as those write who want to be found, or has one in a sentence, as news have. */

/** Signs that stand beside each bad word of a phrase, at most: a sentence has more. */
const MOST_BESIDE = 2
/** What stands beside bad words and says nothing else: how those call themselves and their doors, and what is searched for with them. */
const FILLERS = [
  ...new Set(
    [
      ...WORD_KINDS.flatMap((kind) => (kind === 'parking' ? [] : data[kind].weak)),
      ...[data.brands, data.commonBrands, data.trades, data.doors, data.calls, data.fillers].flat(),
    ].map(foldText),
  ),
].sort((a, b) => b.length - a.length)
const HAN_FILLERS = FILLERS.filter((one) => /\p{Script=Han}/u.test(one))
const OTHER_FILLERS: ReadonlySet<string> = new Set(FILLERS)
/** A sign of Chinese; of others a word. */
const SIGN = /\p{Script=Han}|[^\s\p{P}\p{S}\p{Script=Han}]+/gu
const NOTHING = ' '

/** The words of a text that say by themselves that it is no office's, each once, and none that shares its signs with another. */
export function strongWords(text: string): string[] {
  let rest = foldText(text).replace(BETWEEN, '')
  return badWords(text)
    .filter(({ kind, weight }) => kind !== 'parking' && weight === 3)
    .map(({ word }) => word)
    .sort((a, b) => b.length - a.length)
    .filter((word) => {
      const plain = word.replace(BETWEEN, '')
      const isThere = rest.includes(plain)
      rest = rest.replaceAll(plain, NOTHING)
      return isThere
    })
}

/** Whether strong words are most of what a text says. */
export function isBadPhrase(text: string): boolean {
  const words = strongWords(text)
  return words.length > 0 && besides(text, words) <= MOST_BESIDE * words.length
}

/** Signs of a text besides its bad words and what goes with them. */
function besides(text: string, words: readonly string[]): number {
  const apart = words.reduce((rest, word) => rest.replace(spaced(word), NOTHING), foldText(text))
  const rest = HAN_FILLERS.reduce((left, filler) => left.replaceAll(filler, NOTHING), apart)
  return (rest.match(SIGN) ?? []).filter((sign) => !OTHER_FILLERS.has(sign)).length
}

/** A word as it may be written, with signs between. */
const spaced = (word: string): RegExp =>
  new RegExp([...word.replace(BETWEEN, '')].join('[\\s\\p{P}\\p{S}]*'), 'gu')

/** How much of a text is bad words. */
export interface Filling {
  /** Of all of its signs the part that is theirs, from 0 to 1. */
  readonly share: number
  /** Those of betting and pornography, and the part of them: whoever warns lists shams. */
  readonly words: readonly string[]
  readonly filled: number
  /** The line above the first of them. */
  readonly lead: string
}

/** Characters of a text that are looked at. */
const MOST_TEXT = 20_000
/** Characters of the line above the first of the words. */
const MOST_ABOVE = 200

/** What fills a text that says nothing else: whoever writes against betting says so beside the words, and says much besides. */
export function fillingOf(text: string): Filling {
  const tight = tightOf(foldText(text.slice(0, MOST_TEXT)))
  const words: string[] = []
  let [rest, signs, filled, first] = [tight, 0, 0, tight.length]
  for (const word of STRONG) {
    const at = rest.indexOf(word)
    if (at < 0) continue
    const own = placesIn(rest, word) * word.length
    signs += own
    if (FILLING.has(word)) {
      filled += own
      if (own > 0) words.push(word)
      first = Math.min(first, at)
    }
    if (own > 0) rest = rest.replaceAll(word, '\n'.repeat(word.length))
  }
  const part = (some: number) => (tight === '' ? 0 : some / tight.length)
  return { words, share: part(signs), filled: part(filled), lead: aboveOf(tight, first) }
}

const aboveOf = (text: string, at: number): string =>
  text
    .slice(Math.max(0, at - MOST_ABOVE), at)
    .trimEnd()
    .split(/\n+/)
    .at(-1) ?? ''

/** A text of next to nothing but different words that no office writes. */
export const isFilled = (
  { words, filled }: Filling,
  { fullWords, fullShare }: { readonly fullWords: number; readonly fullShare: number },
): boolean => words.length >= fullWords && filled >= fullShare

/** How often a word stands in a text and says what it says. */
function placesIn(text: string, word: string): number {
  let places = 0
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (!isHarmlessAt(text, word, at)) places++
  }
  return places
}
