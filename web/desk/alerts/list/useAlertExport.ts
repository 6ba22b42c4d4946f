import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { alertSubject } from '../../../../shared/desk/alerts/subject-rules.ts'
import { call } from '../../../base/call.ts'
import { everyPage } from '../../../base/exports/everyPage.ts'
import { type ExportTable, instant } from '../../../base/exports/table.ts'
import { useWords } from '../../../base/i18n.ts'
import { useDistrictName } from '../../../base/live/names.ts'
import { useCity } from '../../../base/live/store.ts'
import { minute } from '../../../base/ui/controls/minute.ts'
import { type AlertFilters, matches } from '../listed.ts'
import { isSilenced } from '../triage.ts'
import { useAlertWords } from '../useAlertWords.ts'
import { useMe } from '../useMe.ts'
import { resolvedQuery, wantsResolved } from './useAlertList.ts'

/** The list of alerts to take along: live ones as they stand on the page, resolved ones to the last. */
export function useAlertExport(
  filters: () => AlertFilters,
  shown: () => readonly Alert[],
): () => ExportTable<Alert> {
  const { t } = useWords()
  const city = useCity()
  const me = useMe()
  const districtName = useDistrictName()
  const say = useAlertWords()
  const status = (alert: Alert) => {
    if (alert.falseAlarm) return t('exports.status.falseAlarm')
    return t(`exports.status.${isSilenced(alert, minute.value) ? 'silenced' : alert.status}`)
  }

  async function* resolved(): AsyncGenerator<Alert> {
    const query = { ...resolvedQuery(filters(), minute.value), status: 'resolved' as const }
    for await (const alert of everyPage((paging) => call('alerts', { query: { ...query, ...paging } }))) {
      if (matches(alert, filters(), me.value, minute.value)) yield alert
    }
  }
  return () => ({
    title: t('alerts.title'),
    rows: () => (wantsResolved(filters()) ? resolved() : shown()),
    columns: [
      { label: t('exports.number'), value: ({ id }) => id },
      { label: t('alerts.severity'), value: ({ severity }) => t(`severity.${severity}`) },
      { label: t('alerts.site'), value: (alert) => alertSubject(alert) ?? t('alerts.city'), width: 36 },
      {
        label: t('exports.code'),
        value: ({ siteId }) => city.board.sites.get(siteId ?? 0)?.code ?? null,
      },
      { label: t('districts.district'), value: ({ district }) => district && districtName(district) },
      { label: t('exports.rule'), value: ({ rule }) => t(`rule.${rule}`), width: 18 },
      { label: t('alerts.what'), value: say, width: 40 },
      { label: t('exports.openedAt'), value: ({ openedAt }) => instant(openedAt), width: 18 },
      { label: t('alerts.status'), value: status },
      { label: t('alerts.assignee'), value: (one) => one.assignee?.name ?? one.assignedUnit?.name ?? null },
      { label: t('exports.acknowledgedBy'), value: ({ acknowledgedBy }) => acknowledgedBy?.name ?? null },
      {
        label: t('exports.until'),
        value: (one) => instant(one.silencedUntil ?? one.acknowledgedUntil),
        width: 18,
      },
      {
        label: t('exports.note'),
        value: (one) => one.falseAlarm?.reason ?? one.silenceReason ?? one.note,
        width: 30,
      },
      { label: t('exports.resolvedAt'), value: ({ resolvedAt }) => instant(resolvedAt), width: 18 },
      { label: t('exports.recurrences'), value: ({ recurrences }) => recurrences },
    ],
  })
}
