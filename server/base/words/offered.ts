import { LANGUAGES, type Language } from '../../../shared/base/words/language.ts'

/** What this installation speaks; set from its settings (`server/people/settings/`). */
let offered: readonly Language[] = LANGUAGES
let usual: Language = LANGUAGES[0]

export function offerLanguages(languages: readonly Language[], first: Language): void {
  offered = languages
  usual = first
}

export const offeredLanguages = (): readonly Language[] => offered

/** The language in which somebody is written to who wants one, or has not said. */
export function languageFor(wanted: Language | null = null): Language {
  return wanted !== null && offered.includes(wanted) ? wanted : usual
}
