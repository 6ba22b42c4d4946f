import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { useWords } from '../../base/i18n.ts'
import { useCity } from '../../base/live/store.ts'
import { alertWords } from './words.ts'

/** Says in a few words what an alert is about, as of now. */
export function useAlertWords(): (
  alert: Pick<Alert, 'siteId' | 'rule' | 'severity' | 'status' | 'evidence'>,
) => string {
  const { say } = useWords()
  const city = useCity()
  return (alert) => {
    const site = alert.siteId === null ? undefined : city.board.sites.get(alert.siteId)
    return alertWords(alert, { today: city.today, share: site?.share ?? null }, say)
  }
}
