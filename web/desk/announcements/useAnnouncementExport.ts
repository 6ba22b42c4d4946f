import type { Announcement } from '../../../shared/desk/announcements/announcements.ts'
import { stateOf } from '../../../shared/desk/announcements/announcements-rules.ts'
import { serverNow } from '../../base/clock.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'

/** The announcements to take along. */
export function useAnnouncementExport(
  rows: ExportTable<Announcement>['rows'],
): () => ExportTable<Announcement> {
  const { t } = useWords()
  const districtName = useDistrictName()
  return () => ({
    title: t('announcements.title'),
    rows,
    columns: [
      { label: t('announcements.column.text'), value: ({ text }) => text, width: 60 },
      {
        label: t('announcements.column.audience'),
        value: ({ district }) => (district === null ? t('announcements.everybody') : districtName(district)),
      },
      { label: t('announcements.urgent'), value: ({ urgent }) => (urgent ? t('announcements.yes') : '') },
      {
        label: t('announcements.column.state'),
        value: (one) => t(`announcements.state.${stateOf(one, serverNow())}`),
      },
      { label: t('announcements.from'), value: ({ from }) => instant(from), width: 18 },
      { label: t('announcements.until'), value: ({ until }) => instant(until), width: 18 },
      { label: t('announcements.column.who'), value: ({ postedBy }) => postedBy.name },
      { label: t('announcements.column.at'), value: ({ postedAt }) => instant(postedAt), width: 18 },
      { label: t('announcements.withdrawnBy'), value: ({ withdrawn }) => withdrawn?.by.name ?? '' },
    ],
  })
}
