import data from '../../../../shared/monitor/outbound/bad-words.json' with { type: 'json' }
import { BETWEEN, badWords, foldText, isHarmlessAt, STRONG, tightOf, WORD_KINDS } from './words.ts'

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
  readonly words: readonly string[]
  /** Of all of its signs the part that is theirs, from 0 to 1. */
  readonly share: number
}

/** Characters of a text that are looked at. */
const MOST_TEXT = 20_000

/** What fills a text that says nothing else: whoever writes against betting says so beside the words, and says much besides. */
export function fillingOf(text: string): Filling {
  const tight = tightOf(foldText(text.slice(0, MOST_TEXT)))
  const words: string[] = []
  let [rest, signs] = [tight, 0]
  for (const word of STRONG) {
    const places = placesIn(rest, word)
    if (places === 0) continue
    words.push(word)
    signs += places * word.length
    rest = rest.replaceAll(word, '\n'.repeat(word.length))
  }
  return { words, share: tight === '' ? 0 : signs / tight.length }
}

/** A text of next to nothing but different words that no office writes. */
export const isFilled = (
  { words, share }: Filling,
  { fullWords, fullShare }: { readonly fullWords: number; readonly fullShare: number },
): boolean => words.length >= fullWords && share >= fullShare

/** How often a word stands in a text and says what it says. */
function placesIn(text: string, word: string): number {
  let places = 0
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (!isHarmlessAt(text, word, at)) places++
  }
  return places
}
