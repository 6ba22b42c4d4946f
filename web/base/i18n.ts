import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import { LOCALES, type Locale } from '../../shared/base/words/locales.ts'
import type { Part } from '../../shared/base/words/parts.ts'
import { pluralForm } from '../../shared/base/words/plural.ts'
import type { Branch, ChildOf, WordKey } from '../../shared/locales/keys.ts'
import { preferences, preferLocale } from './preferences.ts'
import { commonWords, fetchWords } from './words.ts'

export const i18n = createI18n({
  legacy: false,
  locale: preferences.locale,
  fallbackLocale: LOCALES[0],
  pluralRules: Object.fromEntries(
    // Without a number `n`, several are meant.
    LOCALES.map((language) => [
      language,
      (n: number, forms: number) => (n < 0 ? forms - 1 : pluralForm(language, n, forms)),
    ]),
  ),
  messages: Object.fromEntries(LOCALES.map((language) => [language, commonWords(language)])),
})

export const locale = computed<Locale>(() => i18n.global.locale.value as Locale)

/** What stands for `{name}` in a sentence. */
export type Values = Readonly<Record<string, string | number>>

/** Says a word in the language in use, or in one that is asked for. */
export function t(key: WordKey, values: Values = {}, { locale: language }: { locale?: Locale } = {}): string {
  return i18n.global.t(key, values, language ? { locale: language } : {})
}

/** The word of a code that comes from elsewhere; one that these words have not, of a newer server, stays as it is. */
function wordOf(branch: Branch, code: string): string {
  const key = `${branch}.${code}`
  return te(key) ? t(key) : code
}

/** A word with its values; of a code that comes from elsewhere there may be none, see `wordOf`. */
export interface Phrase {
  readonly key: WordKey | `cause.${string}`
  readonly values?: Values
}

function say({ key, values }: Phrase): string {
  return te(key) ? t(key, values) : key.slice(key.lastIndexOf('.') + 1)
}

/** Whether there is a word of that key. */
function te(key: string, language?: Locale): key is WordKey {
  return language ? i18n.global.te(key, language) : i18n.global.te(key)
}

/** What stands next in the keys that begin so. */
function namesIn<B extends Branch>(prefix: B): ChildOf<B>[] {
  return Object.keys(i18n.global.tm(prefix)) as ChildOf<B>[]
}

/** The words of the pages: they follow the language that is chosen. */
export const useWords = () => ({ t, te, wordOf, say, namesIn, locale })

/** Which pages' words were asked for, and in which languages they are there. */
const fetched = new Map<Part, Set<Locale>>()

async function fetchIn(language: Locale, part: Part): Promise<void> {
  const there = fetched.get(part) ?? new Set()
  fetched.set(part, there)
  if (there.has(language)) return
  for (const tree of await fetchWords(part, language)) i18n.global.mergeLocaleMessage(language, tree)
  there.add(language)
  // Another was chosen meanwhile.
  if (language !== locale.value) await fetchIn(locale.value, part)
}

/** The words of some pages in every language, for what is found by its name in any of them. */
export async function fetchEverywhere(part: Part): Promise<void> {
  await Promise.all(LOCALES.map((language) => fetchIn(language, part)))
}

/** Something that is loaded together with its words, which are there before it is. */
export function withWords<T>(parts: readonly Part[], load: () => Promise<T>): () => Promise<T> {
  return async () => {
    const [part] = await Promise.all([load(), ...parts.map((one) => fetchIn(locale.value, one))])
    return part
  }
}

/** Shows everything in a language, once its words are there; a choice is kept for the next time. */
export async function setLocale(language: Locale, isChoice = true): Promise<void> {
  await Promise.all([...fetched.keys()].map((part) => fetchIn(language, part)))
  preferLocale(language, isChoice)
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
