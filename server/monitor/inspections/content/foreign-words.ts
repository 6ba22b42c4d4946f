import { badWords } from '../../outbound/words.ts'
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

function look(page: Retrieved, parsed: Parsed): Outcome {
  const places: [place: string, said: string][] = [
    ['title', parsed.title],
    ...METAS.flatMap((name): [string, string][] => {
      const said = parsed.metas.get(name)
      return said === undefined ? [] : [[name, said]]
    }),
  ]
  const found = places.flatMap(([place, said]) => {
    const words = foreignIn(said)
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
  return words.some(({ weight }) => weight === 3) ? words.map(({ word }) => word) : []
}
