import { type ComputedRef, computed, type ShallowRef, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { useDistrictName } from '../../../base/live/names.ts'
import { useCity } from '../../../base/live/store.ts'
import { minute } from '../../../base/ui/controls/minute.ts'
import { alertSubject } from '../words.ts'
import { type DeskLine, groupLines } from './groups.ts'

export interface Groups {
  readonly lines: ComputedRef<readonly DeskLine[]>
  /** Opens or closes a group. */
  toggle(id: string): void
}

/**
 * The list of alerts in the groups that are asked for.
 * @param taken the same alerts as they were when they took their places: one that is merged into an incident
 * meanwhile stays where it is.
 */
export function useGroups(
  alerts: () => readonly Alert[],
  taken: () => readonly Alert[],
  grouping: () => string,
): Groups {
  const { t } = useI18n()
  const city = useCity()
  const districtName = useDistrictName()
  const closed: ShallowRef<ReadonlySet<string>> = shallowRef(new Set())

  function groupOf(alert: Alert): { key: string; name: string } | null {
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
  }
  const incidentNames = computed(() => {
    const names = new Map<number, string>()
    for (const alert of city.board.alerts.values()) {
      if (alert.rule !== 'PLATFORM' || !alert.incidentId) continue
      names.set(alert.incidentId, alertSubject(alert) ?? t('rule.PLATFORM'))
    }
    return names
  })

  const places = computed(() => new Map(taken().map((alert) => [alert.id, groupOf(alert)])))

  return {
    lines: computed(() => {
      if (grouping() === 'none') return alerts()
      const rest = t(`alerts.group.rest.${grouping()}`)
      return groupLines(alerts(), ({ id }) => places.value.get(id) ?? null, rest, closed.value, minute.value)
    }),
    toggle(id) {
      const next = new Set(closed.value)
      if (!next.delete(id)) next.add(id)
      closed.value = next
    },
  }
}
