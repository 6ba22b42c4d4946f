import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import { common } from '../locales/common.ts'
import { LOCALES, type Locale, type Tree, type Words } from '../locales/words.ts'
import { preferences } from './preferences.ts'

export type { Locale } from '../locales/words.ts'

export const i18n = createI18n({
  legacy: false,
  locale: preferences.locale,
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': common['zh-CN'], en: common.en },
})

export const locale = computed<Locale>(() => i18n.global.locale.value as Locale)

/** Adds the words of some pages, once they are loaded. */
export function addWords(words: Words<Tree>): void {
  for (const language of LOCALES) i18n.global.mergeLocaleMessage(language, words[language])
}

export function setLocale(language: Locale): void {
  preferences.locale = language
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
