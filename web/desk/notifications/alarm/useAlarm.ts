import type { Locale } from '../../../../shared/base/words/locales.ts'
import { locale, t } from '../../../base/i18n.ts'
import { useChineseName, useDistrictName } from '../../../base/live/names.ts'
import { type Clause, clausesOf } from './alarm.ts'
import { alarm } from './preferences.ts'
import { signal, useSoundGate } from './sound.ts'
import { worstOf } from './tones.ts'
import { useNewAlerts } from './useNewAlerts.ts'
import { show, speak } from './voice.ts'

/** Tells of new alerts by signal, notification and voice, as this browser has chosen; for the desk's frame. */
export function useAlarm(): void {
  const placeName = useDistrictName()
  const chineseName = useChineseName()
  const say = (clauses: readonly Clause[], language: Locale, nameOf: (code: string) => string) =>
    clauses
      .map(({ key, n, place }) =>
        t(`spoken.${key}`, { n, place: place ? nameOf(place) : '' }, { locale: language }),
      )
      .join(t('spoken.join', {}, { locale: language }))

  useSoundGate()
  useNewAlerts(
    () => alarm.notify || alarm.speech || alarm.sound,
    (alerts) => {
      const { notify, speech, sound } = alarm
      const clauses = clausesOf(alerts)
      const worst = worstOf(alerts)
      if (sound && worst) void signal(worst)
      if (notify) show(t('notifications.title'), say(clauses, locale.value, placeName))
      if (speech) speak(say(clauses, 'zh-CN', chineseName))
    },
  )
}
