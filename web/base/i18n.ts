import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import { common } from '../locales/common.ts'
import { LOCALES, type Locale, type Tree, type Words } from '../locales/words.ts'
import { preferences, preferLocale } from './preferences.ts'

export type { Locale } from '../locales/words.ts'

export const i18n = createI18n({
  legacy: false,
  locale: preferences.locale,
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': common['zh-CN'], en: common.en },
})

export const locale = computed<Locale>(() => i18n.global.locale.value as Locale)

/** Words of some pages, fetched by language. */
export type Fetched = Readonly<Record<Locale, () => Promise<readonly Tree[]>>>

/** What was asked for, and in which languages it is there. */
const fetched = new Map<Fetched, Set<Locale>>()

/** Adds the words of some pages: both languages where they are at hand, else the one in use and, once chosen, the other. */
export function addWords(words: Words<Tree>): void
export function addWords(words: Fetched): Promise<void>
export function addWords(words: Words<Tree> | Fetched): void | Promise<void> {
  if (isFetched(words)) return fetchIn(locale.value, words)
  for (const language of LOCALES) i18n.global.mergeLocaleMessage(language, words[language])
}

function isFetched(words: Words<Tree> | Fetched): words is Fetched {
  return typeof words.en === 'function'
}

async function fetchIn(language: Locale, words: Fetched): Promise<void> {
  const there = fetched.get(words) ?? new Set()
  fetched.set(words, there)
  if (there.has(language)) return
  for (const tree of await words[language]()) i18n.global.mergeLocaleMessage(language, tree)
  there.add(language)
  // Another was chosen meanwhile.
  if (language !== locale.value) await fetchIn(locale.value, words)
}

/** Shows everything in a language, once its words are there; a choice is kept for the next time. */
export async function setLocale(language: Locale, isChoice = true): Promise<void> {
  await Promise.all([...fetched.keys()].map((words) => fetchIn(language, words)))
  preferLocale(language, isChoice)
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
