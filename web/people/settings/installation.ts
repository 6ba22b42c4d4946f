import { computed, readonly, shallowRef } from 'vue'
import { LOCALE_OF, LOCALES, type Locale } from '../../../shared/base/words/locales.ts'
import { DEFAULT_ZONE, liveBy } from '../../../shared/base/zone.ts'
import {
  DEFAULT_SETTINGS,
  type Installation,
  installationOf,
} from '../../../shared/people/settings/settings-rules.ts'
import { call } from '../../base/call.ts'
import { i18n, locale, setLocale, t } from '../../base/i18n.ts'
import { hasChosenLocale } from '../../base/preferences.ts'

/** What belongs to the installation, as the server has said it last. */
const told = shallowRef<Installation>(installationOf(DEFAULT_SETTINGS, DEFAULT_SETTINGS.edition, null))
export const installation = readonly(told)

const offered = computed<readonly Locale[]>(() => told.value.languages.map((language) => LOCALE_OF[language]))

/** Goes by what the server says: days and times from now on, and a language that is offered. */
export async function followInstallation(next: Installation): Promise<void> {
  if (JSON.stringify(next) === JSON.stringify(told.value)) return
  liveBy(next.timeZone)
  for (const one of LOCALES) {
    i18n.global.mergeLocaleMessage(one, { place: { zone: zoneName(next.timeZone, one) } })
  }
  told.value = next
  const usual = LOCALE_OF[next.language]
  const isFit = offered.value.includes(locale.value) && (hasChosenLocale() || locale.value === usual)
  if (!isFit) await setLocale(usual, false)
}

/** What the time of all of China is called in each language. */
const USUAL_ZONE = new Map(LOCALES.map((one) => [one, t('place.zone', {}, { locale: one })]))

/** What people call its time. */
function zoneName(timeZone: string, language: Locale): string {
  if (timeZone === DEFAULT_ZONE) return USUAL_ZONE.get(language) ?? timeZone
  const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'longGeneric' }).formatToParts()
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/** So long a page waits at most: in another zone it is drawn anew as soon as that is known. */
const WAIT_MS = 2_000

/** Asks once, before anything is shown; a server that is away or slow is no reason to show nothing. */
let asked: Promise<void> | null = null
export function loadInstallation(): Promise<void> {
  asked ??= call('installation')
    .then(followInstallation)
    .catch(() => {
      asked = null
    })
  return Promise.race([asked, new Promise<void>((resolve) => setTimeout(resolve, WAIT_MS))])
}

/** The language that the switch leads to: the next of those that are offered; null where that is the only one. */
export const otherLocale = computed<Locale | null>(() => {
  const next = offered.value[(offered.value.indexOf(locale.value) + 1) % offered.value.length]
  return next && next !== locale.value ? next : null
})
