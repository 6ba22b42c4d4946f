/**
 * The languages people may choose: each is a folder of that name in `shared/locales/`. The first is what somebody sees
 * who has chosen none.
 */
export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]
