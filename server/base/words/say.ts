import { LANGUAGES, type Language, LOCALE_OF } from '../../../shared/base/words/locales.ts'
import { pluralForm } from '../../../shared/base/words/plural.ts'
import enNotices from '../../../shared/locales/en/notices.json'
import enRefusals from '../../../shared/locales/en/refusals.json'
import zhNotices from '../../../shared/locales/zh-CN/notices.json'
import zhRefusals from '../../../shared/locales/zh-CN/refusals.json'

/** Why nouns refuse something that no other does: each adds the keys of its own words (`bringRefusals`). */
// biome-ignore lint/suspicious/noEmptyInterface: nouns add to it
export interface BroughtReasons {}
/** The keys of what the server says; those of refusals are told by the API, too. */
export type Reason = keyof typeof zhRefusals | keyof BroughtReasons
export type Word = Reason | keyof typeof zhNotices

/** Something to say, not yet in any language: who reads it has chosen one. */
export interface Saying {
  readonly word: Word
  readonly values?: Values
}
/** What stands for `{name}` in a sentence; words are themselves said in the reader's language, and a list as it lists. */
export type Value = string | number | Saying | readonly (Saying | string)[]
export type Values = Readonly<Record<string, Value>>

/** A language that lacks a word, or a language without words, does not compile. */
const OWN: Readonly<Record<Language, Readonly<Record<Exclude<Word, keyof BroughtReasons>, string>>>> = {
  zh: { ...zhRefusals, ...zhNotices },
  en: { ...enRefusals, ...enNotices },
}
/** With those that nouns bring. */
const WORDS = OWN as Readonly<Record<Language, Readonly<Record<Word, string>>>>

/** The words of a noun's own refusals, `shared/locales/<language>/refusals/<noun>.json`, from the file that is about them. */
export function bringRefusals<Key extends string>(
  words: Readonly<Record<Language, Readonly<Record<Key, string>>>>,
): void {
  for (const language of LANGUAGES) Object.assign(WORDS[language], words[language])
}

/** Says it in one language. Of several forms ('{n} site | {n} sites') the one for `values.n`. */
export function say({ word, values = {} }: Saying, language: Language): string {
  const forms = WORDS[language][word].split(' | ')
  const n = typeof values.n === 'number' ? values.n : 0
  const form = forms[pluralForm(LOCALE_OF[language], n, forms.length)] ?? ''
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : written(value, language)
  })
}

function written(value: Value, language: Language): string {
  if (typeof value !== 'object') return String(value)
  if ('word' in value) return say(value, language)
  return value.map((one) => written(one, language)).join(say({ word: 'notices.list.join' }, language))
}

/** Whether there is a word of that key. */
export const isWord = (key: string): key is Word => Object.hasOwn(WORDS.zh, key)
