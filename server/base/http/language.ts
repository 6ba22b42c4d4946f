import type { Language } from '../../../shared/base/language.ts'
import { languageFor, offeredLanguages } from '../words/offered.ts'
import { inBoth, inWords, type ReasonWithValues } from '../words/refusals.ts'

/** What a browser reads; null where it names neither language, as programs do. */
function languageOf(acceptLanguage: string | undefined): Language | null {
  const wanted = acceptLanguage?.toLowerCase().match(/\b(zh|en)\b/)?.[1]
  return wanted === 'zh' || wanted === 'en' ? wanted : null
}

/** A refusal in the language that the browser asked for, if it is offered; in both where it asked for neither. */
export function sentenceFor(said: ReasonWithValues, acceptLanguage: string | undefined): string {
  const language = languageOf(acceptLanguage)
  const isPlain = language === null && offeredLanguages().length > 1
  return isPlain ? inBoth(said) : inWords(said, languageFor(language))
}
