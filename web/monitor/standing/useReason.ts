import { useWords } from '../../base/i18n.ts'
import { useCity } from '../../base/live/store.ts'
import { formatMoment, formatShare } from '../../base/ui/marks/format.ts'
import { type ReasonFacts, reasonOf } from './reason.ts'

/** Says in one sentence why a site is in its state. */
export function useReason(): (site: ReasonFacts) => string {
  const { t, wordOf } = useWords()
  const city = useCity()
  return (site) => {
    const { key, cause, since, share, newest, days } = reasonOf(site, city.today)
    return t(`sites.reason.${key}`, {
      cause: cause === null ? t('sites.noCause') : wordOf('cause', cause),
      since: since === null ? '' : formatMoment(since),
      share: share === null ? '' : formatShare(share),
      newest: newest ?? '',
      days: days ?? '',
    })
  }
}
