export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

export interface Tree {
  readonly [key: string]: string | Tree
}
/** The same keys with other words. */
export type Same<T extends Tree> = { readonly [K in keyof T]: T[K] extends Tree ? Same<T[K]> : string }
export type Words<T extends Tree> = { readonly 'zh-CN': T; readonly en: Same<T> }

/** Chinese and English side by side; a key that one of them lacks does not compile. */
export function words<const T extends Tree>(zh: T, en: Same<T>): Words<T> {
  return { 'zh-CN': zh, en }
}
