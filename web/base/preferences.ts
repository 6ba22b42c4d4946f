import { reactive, watchEffect } from 'vue'
import { LOCALES, type Locale } from '../../shared/base/words/locales.ts'

export const THEMES = ['dark', 'light'] as const
export const DENSITIES = ['comfortable', 'compact'] as const

export interface Preferences {
  locale: Locale
  theme: (typeof THEMES)[number]
  density: (typeof DENSITIES)[number]
}

const KEY = 'siteward.preferences'

/** What this browser has chosen; `?lang=en` or `?lang=zh` in the address wins and is kept. */
export const preferences = reactive<Preferences>(load())
/** Whether somebody has chosen the language here; else it is the installation's. */
let isLocaleChosen = LOCALES.some((one) => one === kept().locale) || asked() !== null

/** Has everything shown in a language; `isChoice` keeps it for the next time. */
export function preferLocale(locale: Locale, isChoice: boolean): void {
  isLocaleChosen ||= isChoice
  preferences.locale = locale
}

export const hasChosenLocale = (): boolean => isLocaleChosen

/** What the address asks for. */
function asked(): Locale | null {
  const wanted = new URLSearchParams(globalThis.location?.search).get('lang')
  return wanted ? (LOCALES.find((one) => one.startsWith(wanted)) ?? null) : null
}

function load(): Preferences {
  const stored = kept()
  return {
    locale: asked() ?? pick(LOCALES, stored.locale),
    theme: pick(THEMES, stored.theme),
    density: pick(DENSITIES, stored.density),
  }
}

function pick<T>(list: readonly [T, ...T[]], value: unknown): T {
  return list.find((one) => one === value) ?? list[0]
}

/** All that this browser has chosen, whoever asks; storage may be forbidden or hold anything. */
export function kept(): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(globalThis.localStorage?.getItem(KEY) ?? '{}')
    return stored !== null && typeof stored === 'object' ? { ...stored } : {}
  } catch {
    return {}
  }
}

/** Shows theme and density on the page and keeps every choice. */
export function applyPreferences(): void {
  watchEffect(() => {
    const root = document.documentElement
    root.lang = preferences.locale
    root.dataset.theme = preferences.theme
    root.dataset.density = preferences.density
    const { locale, ...others } = preferences
    keep(isLocaleChosen ? { ...others, locale } : others)
  })
}

/** Keeps some choices beside the others. */
export function keep(choices: Readonly<Record<string, unknown>>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...kept(), ...choices }))
  } catch {
    return
  }
}
