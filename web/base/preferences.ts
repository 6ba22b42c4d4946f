import { reactive, watchEffect } from 'vue'
import { LOCALES, type Locale } from '../../shared/base/locales.ts'

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

function load(): Preferences {
  const stored = kept()
  const asked = new URLSearchParams(globalThis.location?.search).get('lang')
  return {
    locale:
      LOCALES.find((one) => asked !== null && asked !== '' && one.startsWith(asked)) ??
      pick(LOCALES, stored.locale),
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
    keep({ ...preferences })
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
