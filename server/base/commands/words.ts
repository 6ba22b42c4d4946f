import { LANGUAGES, type Language, LOCALE_OF } from '../../../shared/base/words/locales.ts'
import { pluralForm } from '../../../shared/base/words/plural.ts'

type Values = Readonly<Record<string, string | number>>

/** Says the words of one command in one language. */
export type Speaker<Key extends string> = (key: Key, values?: Values) => string

/** The words of a command, `shared/locales/<language>/commands/<command>.json`, in the language of whoever called it. */
export function speaker<Key extends string>(
  words: Readonly<Record<Language, Readonly<Record<Key, string>>>>,
  language: Language,
): Speaker<Key> {
  return (key, values = {}) => {
    const forms = words[language][key].split(' | ')
    const n = typeof values.n === 'number' ? values.n : 0
    const form = forms[pluralForm(LOCALE_OF[language], n, forms.length)] ?? ''
    return form.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
  }
}

/**
 * The language of a command: what `--lang` names, else that of the terminal (`LC_ALL`, `LC_MESSAGES`, `LANG`) if it is one
 * of ours, else the first.
 */
export function commandLanguage(
  asked: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const [first] = LANGUAGES
  const terminal = env.LC_ALL || env.LC_MESSAGES || env.LANG
  return [asked, terminal].map(knownIn).find((one) => one !== undefined) ?? first
}

const knownIn = (text: string | undefined): Language | undefined =>
  LANGUAGES.find((language) => language === text?.toLowerCase().split(/[^a-z]/)[0])

/** Why a command does not do what it is asked for: a word of the command, for the person who called it. */
export class CommandRefusal<Key extends string> extends Error {
  readonly word: Key
  readonly values: Values

  constructor(word: Key, values: Values = {}) {
    super(word)
    this.word = word
    this.values = values
  }
}
