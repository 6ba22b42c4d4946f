/**
 * The languages of the product, in the order in which they are offered: by the codes that are kept of people and
 * subscriptions and go over the API, each with the folder of its words in `shared/locales/`. The first is what somebody
 * sees who has chosen none. This is the one list of them.
 */
export const LOCALE_OF = { zh: 'zh-CN', en: 'en' } as const

export type Language = keyof typeof LOCALE_OF
export type Locale = (typeof LOCALE_OF)[Language]

export const LANGUAGES = Object.keys(LOCALE_OF) as [Language, ...Language[]]
export const LOCALES = LANGUAGES.map((language) => LOCALE_OF[language]) as [Locale, ...Locale[]]
