import data from '../../../../shared/monitor/outbound/bad-words.json' with { type: 'json' }
import {
  ALLOWED,
  asWord,
  type BadWord,
  BETWEEN,
  DENIAL,
  DENIAL_ELSEWHERE,
  foldText,
  isHarmless,
  LAWFUL,
} from './words.ts'

/* Short phrases of trades that offices have nothing to do with. */

/** Characters that a phrase has besides its word, at most: who wants to be found uses what people search for. */
const MOST_BESIDE = 5
/** Of a phrase in Latin letters. */
const MOST_LATIN = 30
const CONCEALED = [...data.concealed.map(asWord('sham', 3)), ...data.concealedTogether.map(asWord('sham', 1))]
/** Different words that only say it together, at least. */
const TOGETHER = 3
/** What offices write about. */
export const SOBER = data.sober.map(foldText)
const APPEASED = [...LAWFUL, ...DENIAL]

/** A word of trades that offices have nothing to do with. `weight` 3: says so by itself; 1: only together with others. */
export type Concealed = Pick<BadWord, 'word' | 'weight'>

/**
 * The words by which a short phrase is one of trades that offices have nothing to do with; none where it is none, or somebody writes
 * about them. That says nothing of words that are seen; only of links that nobody sees, and of titles of pages that are about something
 * else.
 * @param whole what the phrase stands in
 */
export function concealedIn(phrase: string, whole = phrase): Concealed[] {
  const folded = foldText(phrase)
  const tight = folded.replace(BETWEEN, '')
  if (tight === '' || SOBER.some((one) => tight.includes(one))) return []
  const spoken = foldText(whole)
  const around = spoken.replace(BETWEEN, '')
  if (APPEASED.some((one) => around.includes(one)) || DENIAL_ELSEWHERE.test(spoken)) return []
  const found = CONCEALED.filter(({ word, pattern }) => {
    const isAllowed = ALLOWED.get(word)?.some((one) => spoken.includes(one)) === true
    if (pattern) return folded.length <= MOST_LATIN && pattern.test(folded) && !isAllowed
    const at = tight.indexOf(word)
    return at >= 0 && tight.length <= word.length + MOST_BESIDE && !isHarmless(tight, word, at)
  })
  return found.filter(({ word }) => !found.some((other) => other.word !== word && other.word.includes(word)))
}

/** Whether words say it: one that is enough by itself, or several others. */
export const tellsConcealed = (found: readonly Concealed[]): boolean =>
  found.some(({ weight }) => weight === 3) || new Set(found.map(({ word }) => word)).size >= TOGETHER
