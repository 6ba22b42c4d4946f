import { reactive, watchEffect } from 'vue'
import type { Severity } from '../../shared/desk/alerts/alerts.ts'
import { SEVERITIES } from '../../shared/desk/alerts/alerts-rules.ts'
import { LOCALES, type Locale } from '../locales/words.ts'

export const THEMES = ['dark', 'light'] as const
export const DENSITIES = ['comfortable', 'compact'] as const

export interface Preferences {
  locale: Locale
  theme: (typeof THEMES)[number]
  density: (typeof DENSITIES)[number]
  /** How this browser tells of new alerts. */
  alarm: Alarm
}

export interface Alarm {
  notify: boolean
  speech: boolean
  /** Signals, which need no voice. */
  sound: boolean
  severities: Severity[]
}

const KEY = 'siteward.preferences'

/** What this browser has chosen; `?lang=en` or `?lang=zh` in the address wins and is kept. */
export const preferences = reactive<Preferences>(load())

function load(): Preferences {
  const stored = read()
  const asked = new URLSearchParams(globalThis.location?.search).get('lang')
  return {
    locale:
      LOCALES.find((one) => asked !== null && asked !== '' && one.startsWith(asked)) ??
      pick(LOCALES, stored.locale),
    theme: pick(THEMES, stored.theme),
    density: pick(DENSITIES, stored.density),
    alarm: pickAlarm(stored.alarm),
  }
}

/** Off, and of critical alerts only, unless this browser has chosen otherwise. */
function pickAlarm(stored: unknown): Alarm {
  const { notify, speech, sound, severities } = (stored ?? {}) as Record<keyof Alarm, unknown>
  const chosen = Array.isArray(severities) ? SEVERITIES.filter((one) => severities.includes(one)) : []
  return {
    notify: notify === true,
    speech: speech === true,
    sound: sound === true,
    severities: chosen.length > 0 ? chosen : ['critical'],
  }
}

function pick<T>(list: readonly [T, ...T[]], value: unknown): T {
  return list.find((one) => one === value) ?? list[0]
}

/** Storage may be forbidden or hold anything. */
function read(): Record<string, unknown> {
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
    try {
      localStorage.setItem(KEY, JSON.stringify(preferences))
    } catch {
      return
    }
  })
}
