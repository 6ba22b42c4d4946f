import { LANGUAGES, type Language } from '../../../shared/base/words/language.ts'
import { languageFor, offeredLanguages } from '../words/offered.ts'
import { inBoth, inWords, type ReasonWithValues } from '../words/refusals.ts'

/** What a browser reads; null where it names neither language, as programs do. */
function languageOf(acceptLanguage: string | undefined): Language | null {
  const wanted = acceptLanguage?.toLowerCase().split(/[^a-z]+/)
  return wanted?.map((one) => LANGUAGES.find((language) => language === one)).find(Boolean) ?? null
}

/** The language for whoever sends this header: what it asks for if that is offered, else the usual one. */
export const readersLanguage = (acceptLanguage: string | undefined): Language =>
  languageFor(languageOf(acceptLanguage))

/** A refusal in the language that the browser asked for, if it is offered; in both where it asked for neither. */
export function sentenceFor(said: ReasonWithValues, acceptLanguage: string | undefined): string {
  const language = languageOf(acceptLanguage)
  const isPlain = language === null && offeredLanguages().length > 1
  return isPlain ? inBoth(said) : inWords(said, languageFor(language))
}
