import type { Limits } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import { badWords, type Concealed, concealedIn, foldText, tellsConcealed } from '../../outbound/words.ts'
import type { Parsed } from '../page/parsed.ts'
import type { Outcome, PageRule, Problem, Retrieved } from '../rule.ts'
import { pathOf, shown } from './shown.ts'

/**
 * Words of betting, pornography or shams where only search engines read them: in title, description and keywords. Somebody has
 * changed the page. News that speak against them say so there, and are none.
 */
export const foreignWords: PageRule = { id: 'foreign-words', look }

/** Characters of each that are looked at. */
const MOST = 1_000
const METAS = ['description', 'keywords', 'og:title', 'og:description', 'twitter:title']

function look(page: Retrieved, parsed: Parsed, _site: unknown, limits: Limits): Outcome {
  const places: [place: string, said: string][] = [
    ['title', parsed.title],
    ...METAS.flatMap((name): [string, string][] => {
      const said = parsed.metas.get(name)
      return said === undefined ? [] : [[name, said]]
    }),
  ]
  // What a page shows in pictures cannot be held against what it is called.
  const isDrawn = parsed.text.length < Number(limits.leastText)
  const found = places.flatMap(([place, said]) => {
    const strong = foreignIn(said)
    const strange = strong.length > 0 || isDrawn ? [] : strangeIn(said, parsed)
    const isTold = strange.length >= (place === 'title' ? 1 : LEAST_STRANGE) && tellsConcealed(strange)
    const words = isTold ? strange.map(({ word }) => word) : strong
    return words.length > 0 ? [{ place, said, words }] : []
  })
  const [first] = found
  if (!first) return { outcome: 'clear' }
  const words = [...new Set(found.flatMap((one) => one.words))]
  const problem: Problem = {
    key: pathOf(page.finalUrl),
    url: page.finalUrl,
    excerpt: shown(found.map(({ said }) => said).join(' | ')),
    outline: null,
    detail: { places: found.map(({ place }) => place).join(' '), words: words.slice(0, 8).join(' ') },
  }
  return { outcome: 'found', problems: [problem] }
}

/** The words by which a title or description is somebody else's; none for those that are spoken against, or may stand anywhere. */
export function foreignIn(said: string): string[] {
  const words = badWords(said.slice(0, MOST)).filter(({ kind }) => kind !== 'parking')
  const isForeign =
    words.some(({ weight }) => weight === 3) || words.filter(({ kind }) => kind === 'porn').length >= TOGETHER
  return isForeign ? words.map(({ word }) => word) : []
}

const BETWEEN = /[\s_|｜\-—–,，、;；:：/·]+/
/** Phrases of a title or description that are looked at. */
const MOST_PHRASES = 40
/** Of them, where a page lists what it is about, one may be an accident of writing. */
const LEAST_STRANGE = 2

/**
 * Phrases of other trades that the page itself never comes to speak of: whoever breaks in changes what search engines read, and leaves
 * what people see.
 */
function strangeIn(said: string, { text }: Parsed): Concealed[] {
  const whole = said.slice(0, MOST)
  const found = whole.split(BETWEEN, MOST_PHRASES).flatMap((phrase) => concealedIn(phrase, whole))
  if (found.length === 0) return []
  const seen = foldText(text)
  return [...new Map(found.map((one) => [one.word, one])).values()].filter(({ word }) => !seen.includes(word))
}

/** So many words that say little by themselves say it together. */
const TOGETHER = 3
