import { useI18n } from 'vue-i18n'
import { useCity } from '../../base/live/store.ts'
import { formatShare, formatTime } from '../../base/ui/marks/format.ts'
import { type ReasonFacts, reasonOf } from './reason.ts'

/** Says in one sentence why a site is in its state. */
export function useReason(): (site: ReasonFacts) => string {
  const { t } = useI18n()
  const city = useCity()
  return (site) => {
    const { key, cause, since, share, newest, days } = reasonOf(site, city.today)
    return t(`sites.reason.${key}`, {
      cause: cause === null ? t('sites.noCause') : t(`cause.${cause}`),
      since: since === null ? '' : formatTime(since).slice(5, 16),
      share: share === null ? '' : formatShare(share),
      newest: newest ?? '',
      days: days ?? '',
    })
  }
}
