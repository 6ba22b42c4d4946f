import { i18n, type Locale, locale } from '../../../base/i18n.ts'
import { useChineseName, useDistrictName } from '../../../base/live/names.ts'
import { preferences } from '../../../base/preferences.ts'
import { type Clause, clausesOf } from './alarm.ts'
import { signal, useSoundGate } from './sound.ts'
import { worstOf } from './tones.ts'
import { useNewAlerts } from './useNewAlerts.ts'
import { show, speak } from './voice.ts'

/** Tells of new alerts by signal, notification and voice, as this browser has chosen; for the desk's frame. */
export function useAlarm(): void {
  const placeName = useDistrictName()
  const chineseName = useChineseName()
  const { t } = i18n.global
  const say = (clauses: readonly Clause[], language: Locale, nameOf: (code: string) => string) =>
    clauses
      .map(({ key, n, place }) =>
        t(`notifications.alarm.${key}`, { n, place: place ? nameOf(place) : '' }, { locale: language }),
      )
      .join(t('notifications.alarm.join', {}, { locale: language }))

  useSoundGate()
  useNewAlerts(
    () => preferences.alarm.notify || preferences.alarm.speech || preferences.alarm.sound,
    (alerts) => {
      const { notify, speech, sound } = preferences.alarm
      const clauses = clausesOf(alerts)
      const worst = worstOf(alerts)
      if (sound && worst) void signal(worst)
      if (notify) show(t('notifications.title'), say(clauses, locale.value, placeName))
      if (speech) speak(say(clauses, 'zh-CN', chineseName))
    },
  )
}
