import { words } from 'virtual:words'
import type { Locale } from '../../shared/base/words/locales.ts'
import type { Part } from '../../shared/base/words/parts.ts'
import type { Tree } from '../../shared/base/words/words.ts'

const COMMON = import.meta.glob<Tree>('../../shared/locales/*/common.json', {
  import: 'default',
  eager: true,
})

/** What every page needs; at hand in all languages, for what is said in a certain one whatever the page's. */
export function commonWords(language: Locale): Tree {
  return Object.entries(COMMON).find(([path]) => path.includes(`/locales/${language}/`))?.[1] ?? {}
}

/** Fetches the words of some pages in one language; a build keeps them together in one file. */
export async function fetchWords(part: Part, language: Locale): Promise<Tree[]> {
  return (await words[language][part]()).default
}
