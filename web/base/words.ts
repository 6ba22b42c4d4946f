import type { Locale } from '../../shared/base/words/locales.ts'
import { type Part, partOf } from '../../shared/base/words/parts.ts'
import type { Tree } from '../../shared/base/words/words.ts'

/** What the server alone says is none of a browser's load, and what places are called is with the rule of it. */
const FILES = import.meta.glob<Tree>(
  ['../../shared/locales/*/*.json', '!../../shared/locales/*/{common,notices,places,refusals}.json'],
  {
    import: 'default',
  },
)
const COMMON = import.meta.glob<Tree>('../../shared/locales/*/common.json', {
  import: 'default',
  eager: true,
})

const nounOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1, -'.json'.length)
const isIn = (path: string, language: Locale): boolean => path.includes(`/locales/${language}/`)

/** What every page needs; at hand in all languages, for what is said in a certain one whatever the page's. */
export function commonWords(language: Locale): Tree {
  return Object.entries(COMMON).find(([path]) => isIn(path, language))?.[1] ?? {}
}

/** Fetches the words of some pages in one language; a build keeps them together in one file. */
export function fetchWords(part: Part, language: Locale): Promise<Tree[]> {
  const wanted = Object.entries(FILES).filter(
    ([path]) => isIn(path, language) && partOf(nounOf(path)) === part,
  )
  return Promise.all(wanted.map(([, load]) => load()))
}
