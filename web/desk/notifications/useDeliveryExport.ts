import type { Delivery, DeliveryState } from '../../../shared/desk/notifications/notifications.ts'
import { call } from '../../base/call.ts'
import { everyPage } from '../../base/exports/everyPage.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'

/** Messages and what became of them, to the last, to take along. */
export function useDeliveryExport(state: () => DeliveryState | undefined): () => ExportTable<Delivery> {
  const { t } = useWords()
  return () => ({
    title: t('exports.deliveries'),
    rows: () => everyPage((paging) => call('deliveries', { query: { ...paging, state: state() } })),
    columns: [
      { label: t('notifications.delivery.at'), value: ({ createdAt }) => instant(createdAt), width: 18 },
      { label: t('notifications.delivery.notice'), value: ({ notice }) => notice.title, width: 40 },
      { label: t('exports.channel'), value: ({ channelName }) => channelName },
      {
        label: t('notifications.delivery.to'),
        value: ({ recipient, address }) => recipient?.name ?? (address || null),
        width: 24,
      },
      {
        label: t('notifications.delivery.result'),
        value: (one) => t(`notifications.delivery.state.${one.state}`),
      },
      { label: t('exports.attempts'), value: ({ attempts }) => attempts },
      { label: t('exports.sentAt'), value: ({ sentAt }) => instant(sentAt), width: 18 },
      {
        label: t('exports.answer'),
        value: ({ answer }) =>
          answer && [answer.status, answer.code, answer.text].filter((part) => part !== null).join(' '),
        width: 40,
      },
    ],
  })
}
