import { onScopeDispose, watch } from 'vue'
import { districtName } from '../../shared/districts.ts'
import { useDistrictName } from '../city/names.ts'
import { useCity } from '../city/store.ts'
import { i18n, type Locale, locale } from '../i18n.ts'
import { preferences } from '../preferences.ts'
import { type Clause, clausesOf, Gathering } from './alarm.ts'
import { show, speak } from './voice.ts'

const LOOK_MS = 1_000

/** Tells of new alerts by notification and voice, as this browser has chosen; for the desk's frame. */
export function useAlarm(): void {
  const city = useCity()
  const placeName = useDistrictName()
  let gathering: Gathering | null = null
  const { t } = i18n.global
  const say = (clauses: readonly Clause[], language: Locale, nameOf: (code: string) => string) =>
    clauses
      .map(({ key, n, place }) =>
        t(`notifications.alarm.${key}`, { n, place: place ? nameOf(place) : '' }, { locale: language }),
      )
      .join(t('notifications.alarm.join', {}, { locale: language }))

  function look(): void {
    const { notify, speech, severities } = preferences.alarm
    if (!city.isLoaded || !(notify || speech)) {
      gathering = null
      return
    }
    gathering ??= new Gathering()
    gathering.see(city.board.alerts.values(), severities)
    const alerts = gathering.take(Date.now())
    if (alerts.length === 0) return
    const clauses = clausesOf(alerts)
    if (notify) show(t('notifications.title'), say(clauses, locale.value, placeName))
    if (speech) speak(say(clauses, 'zh-CN', districtName))
  }
  // Another choice of severities is no news.
  watch(
    () => preferences.alarm.severities,
    () => {
      gathering = null
    },
  )
  // A tab in the background is given few ticks, and hears of facts all the same.
  watch(() => city.recent, look)
  const timer = setInterval(look, LOOK_MS)
  onScopeDispose(() => clearInterval(timer))
}
