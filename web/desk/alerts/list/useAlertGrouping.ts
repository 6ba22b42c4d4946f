import { computed } from 'vue'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { alertSubject } from '../../../../shared/desk/alerts/subject-rules.ts'
import { useWords } from '../../../base/i18n.ts'
import { useDistrictName } from '../../../base/live/names.ts'
import { useCity } from '../../../base/live/store.ts'
import type { Grouping } from '../../../base/ui/lists/worklist/useGroups.ts'

/** The groups that the list of alerts can stand in. */
export function useAlertGrouping(grouping: () => string): Grouping<Alert> {
  const { t, wordOf } = useWords()
  const city = useCity()
  const districtName = useDistrictName()
  const incidentNames = computed(() => {
    const names = new Map<number, string>()
    for (const alert of city.board.alerts.values()) {
      if (alert.rule !== 'PLATFORM' || !alert.incidentId) continue
      names.set(alert.incidentId, alertSubject(alert) ?? t('rule.PLATFORM'))
    }
    return names
  })

  return {
    isOn: () => grouping() !== 'none',
    rest: () => wordOf('alerts.group.rest', grouping()),
    of(alert) {
      if (grouping() === 'district') {
        return alert.district ? { key: alert.district, name: districtName(alert.district) } : null
      }
      if (grouping() === 'platform') {
        const site = alert.siteId === null ? undefined : city.board.sites.get(alert.siteId)
        const name = site && city.platforms[site.platform]
        return name ? { key: name, name } : null
      }
      if (!alert.incidentId) return null
      return { key: String(alert.incidentId), name: incidentNames.value.get(alert.incidentId) ?? '' }
    },
  }
}
