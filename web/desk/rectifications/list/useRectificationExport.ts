import type { Rectification } from '../../../../shared/desk/rectifications/rectifications.ts'
import { call } from '../../../base/call.ts'
import { everyPage } from '../../../base/exports/everyPage.ts'
import { type ExportTable, instant } from '../../../base/exports/table.ts'
import { useWords } from '../../../base/i18n.ts'
import { useDistrictName } from '../../../base/live/names.ts'
import { useCity } from '../../../base/live/store.ts'
import { useMe } from '../../alerts/useMe.ts'
import { dueWords } from '../due.ts'
import { useWorkdays } from '../raise/useWorkdays.ts'
import { closedQuery, matchesRectification, type RectificationFilters } from './useRectificationList.ts'

/** The list of rectifications to take along: open ones as they stand on the page, closed ones to the last. */
export function useRectificationExport(
  filters: () => RectificationFilters,
  shown: () => readonly Rectification[],
): () => ExportTable<Rectification> {
  const { t, wordOf } = useWords()
  const city = useCity()
  const me = useMe()
  const districtName = useDistrictName()
  const count = useWorkdays()
  const due = (rectification: Rectification) => {
    const { key, n, day } = dueWords(rectification, city.minute, count)
    const words = t(`rectifications.${key}`, { n, day })
    return rectification.provisional ? `${words} · ${t('rectifications.provisional')}` : words
  }

  async function* closed(): AsyncGenerator<Rectification> {
    const query = closedQuery(filters())
    for await (const rectification of everyPage((paging) =>
      call('rectifications', { query: { ...query, ...paging } }),
    )) {
      if (matchesRectification(rectification, filters(), city.minute, me.value)) yield rectification
    }
  }
  return () => ({
    title: t('rectifications.title'),
    rows: () => (filters().stage === 'closed' ? closed() : shown()),
    columns: [
      { label: t('exports.number'), value: ({ id }) => id },
      { label: t('exports.stage'), value: ({ stage }) => t(`stage.${stage}`) },
      { label: t('rectifications.site'), value: ({ siteName }) => siteName, width: 36 },
      { label: t('exports.code'), value: ({ siteId }) => city.board.sites.get(siteId)?.code ?? null },
      { label: t('districts.district'), value: ({ district }) => districtName(district) },
      { label: t('exports.unit'), value: ({ unit }) => unit, width: 28 },
      {
        label: t('rectifications.rules'),
        value: ({ rules, problem }) =>
          problem ?? rules.map((rule) => wordOf('rule', rule)).join(t('common.join')),
        width: 30,
      },
      { label: t('exports.source'), value: ({ source }) => t(`rectifications.source.${source}`) },
      { label: t('exports.reference'), value: ({ reference }) => reference },
      { label: t('exports.raisedAt'), value: ({ raisedAt }) => instant(raisedAt), width: 18 },
      {
        label: t('rectifications.due'),
        value: ({ dueAt, dueOn }) => (dueAt ? instant(dueAt) : dueOn),
        width: 18,
      },
      { label: t('exports.dueState'), value: due, width: 22 },
      { label: t('rectifications.assignee'), value: ({ assignee }) => assignee?.name ?? null },
      { label: t('exports.submittedAt'), value: ({ submittedAt }) => instant(submittedAt), width: 18 },
      { label: t('exports.closedAt'), value: ({ closedAt }) => instant(closedAt), width: 18 },
      { label: t('exports.returned'), value: ({ returnedCount }) => returnedCount },
      { label: t('exports.relapses'), value: ({ relapses }) => relapses },
    ],
  })
}
