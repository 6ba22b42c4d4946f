import { withoutNumbers } from '../../persons/find.ts'
import { wrongPlaces } from '../../wrong-words/book.ts'
import type { Parsed } from '../page/parsed.ts'
import type { Outcome, PageRule, Retrieved, SiteFacts } from '../rule.ts'
import { shown } from './shown.ts'

/**
 * Words of the office's dictionary on what is seen of a page. One word in the same surroundings is one problem of a site, on however
 * many pages it stands; it is proposed, and a person says whether it is one.
 */
export const wrongWords: PageRule = { id: 'wrong-words', look }

function look(page: Retrieved, parsed: Parsed, { given, today }: SiteFacts): Outcome {
  const book = given.wrongWords
  if (!book) return { outcome: 'unmeasured', reason: 'noDictionary' }
  const { decided = [], refused = [] } = given.wordsSaid ?? {}
  // What was decided on this site is found as long as it stands there: nobody else's word ends it.
  const isRight = (place: string) =>
    decided.includes(place) ? false : refused.includes(place) ? true : undefined
  const problems = wrongPlaces(book, `${parsed.title}\n${parsed.text}`, isRight).map(
    ({ word, before, after, place }) => ({
      key: place,
      url: page.finalUrl,
      // The word itself is nobody's secret; what stands around it may be somebody's number.
      excerpt: shown(`${withoutNumbers(before, today)}${word.wrong}${withoutNumbers(after, today)}`),
      outline: { text: word.wrong },
      detail: { word: word.id, wrong: word.wrong, right: word.right, kind: word.kind },
    }),
  )
  return problems.length > 0 ? { outcome: 'found', problems } : { outcome: 'clear' }
}
