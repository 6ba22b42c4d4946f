import { LANGUAGES, type Language } from '../../../shared/base/words/language.ts'
import { type Reason, say, type Values } from './say.ts'

export type { Reason, Value, Values } from './say.ts'

/** A reason with its values: what a refusal is made of. */
export interface ReasonWithValues {
  readonly reason: Reason
  readonly values: Values
}

/** The sentence for people, in one language. */
export const inWords = ({ reason, values }: ReasonWithValues, language: Language): string =>
  say({ word: reason, values }, language)

/** In every language, for logs and for programs that ask for none. */
export const inBoth = (said: ReasonWithValues): string =>
  LANGUAGES.map((language) => inWords(said, language)).join('')
