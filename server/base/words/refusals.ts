import en from '../../../shared/locales/en/refusals.json'
import zh from '../../../shared/locales/zh-CN/refusals.json'

/** Why something is refused. The keys of the words, and what the API tells beside its code. */
export type Reason = keyof typeof zh
/** What stands for `{name}` in a sentence; words are themselves said in the reader's language, and a list as it lists. */
export type Value = string | number | { readonly word: Reason } | readonly { readonly word: Reason }[]
export type Values = Readonly<Record<string, Value>>

/** A reason with its values: what a refusal is made of. */
export interface ReasonWithValues {
  readonly reason: Reason
  readonly values: Values
}

const SENTENCES: Readonly<Record<'zh' | 'en', Readonly<Record<Reason, string>>>> = {
  zh,
  en,
}

const LIST: Readonly<Record<'zh' | 'en', string>> = { zh: '、', en: ', ' }

/** The sentence for people, in one language. */
export function inWords({ reason, values }: ReasonWithValues, language: 'zh' | 'en'): string {
  return SENTENCES[language][reason].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : written(value, language)
  })
}

function written(value: Value, language: 'zh' | 'en'): string {
  if (typeof value !== 'object') return String(value)
  const words = 'word' in value ? [value] : value
  return words.map(({ word }) => inWords({ reason: word, values: {} }, language)).join(LIST[language])
}

/** Chinese and then English, for logs and for programs that ask for neither. */
export const inBoth = (said: ReasonWithValues): string => `${inWords(said, 'zh')}${inWords(said, 'en')}`
