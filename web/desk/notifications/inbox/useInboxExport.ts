import type { InboxMessage } from '../../../../shared/desk/notifications/notifications.ts'
import { call } from '../../../base/call.ts'
import { everyPage } from '../../../base/exports/everyPage.ts'
import { type ExportTable, instant } from '../../../base/exports/table.ts'
import { useWords } from '../../../base/i18n.ts'

/** One's own notices, to the last, to take along. */
export function useInboxExport(): () => ExportTable<InboxMessage> {
  const { t } = useWords()
  return () => ({
    title: t('exports.inbox'),
    rows: () => everyPage((paging) => call('inbox', { query: paging })),
    columns: [
      { label: t('exports.number'), value: ({ id }) => id },
      { label: t('exports.receivedAt'), value: ({ at }) => instant(at), width: 18 },
      { label: t('notifications.delivery.notice'), value: ({ notice }) => notice.title, width: 40 },
      { label: t('exports.summary'), value: ({ notice }) => notice.summary || null, width: 30 },
      {
        label: t('exports.content'),
        value: ({ notice: { lines, more } }) =>
          [
            ...lines.map(({ text }) => text),
            ...(more > 0 ? [t('notifications.inbox.more', { n: more })] : []),
          ].join('\n'),
        width: 60,
      },
      { label: t('exports.readAt'), value: ({ readAt }) => instant(readAt), width: 18 },
    ],
  })
}
