import type { Language } from './language.ts'

/**
 * The languages people may choose: each is a folder of that name in `shared/locales/`. The first is what somebody sees
 * who has chosen none.
 */
export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** By the codes that are kept of people and subscriptions and go over the API. */
export const LOCALE_OF = { zh: 'zh-CN', en: 'en' } as const satisfies Record<Language, Locale>
