import { localDay, localTime } from '../../../shared/base/time.ts'
import type { PausePlan, PauseTimes } from '../../../shared/desk/pauses/pauses.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'
import { formatMinute } from '../../base/ui/marks/format.ts'

/** To the minute, 'YYYY-MM-DD HH:MM'. */

/** Says what a plan is for, when it is, and how it stands. */
export function usePauseWords() {
  const { t, wordOf } = useWords()
  const districtName = useDistrictName()

  function what({ kind, name, platform, district }: PausePlan): string {
    if (kind === 'district') return districtName(district ?? '')
    if (kind !== 'platform') return name ?? ''
    const place = name ?? (district === null ? null : districtName(district))
    return place === null ? (platform ?? '') : t('pauses.platformIn', { platform: platform ?? '', place })
  }
  function when({ from, to, repeat }: PauseTimes): string {
    const fromMs = Date.parse(from)
    const toMs = Date.parse(to)
    if (!repeat) return t('pauses.once', { from: formatMinute(from), to: formatMinute(to) })
    const end = localTime(toMs)
    const days =
      repeat.weekdays.length === 7
        ? t('pauses.everyDay')
        : repeat.weekdays.map((day) => wordOf('pauses.weekday', String(day))).join(t('common.join'))
    return t('pauses.repeated', {
      from: localTime(fromMs),
      to: localDay(fromMs) === localDay(toMs) ? end : t('pauses.nextDay', { time: end }),
      days,
      first: localDay(fromMs),
      last: repeat.until,
    })
  }
  function standing({ state, running, next, decidedAt }: PausePlan): string {
    if (running) return t('pauses.runningUntil', { time: formatMinute(running.to) })
    if (next) return t('pauses.nextAt', { time: formatMinute(next.from) })
    return state === 'ended' && decidedAt === null ? t('pauses.unanswered') : t(`pauses.state.${state}`)
  }
  return { what, when, standing }
}
