import { LOCALE_OF } from '../../../../shared/base/words/locales.ts'
import { ALERT_RULES, SEVERITIES } from '../../../../shared/desk/alerts/alerts-rules.ts'
import type { Channel, Subscription } from '../../../../shared/desk/notifications/notifications.ts'
import { NOTICE_EVENTS } from '../../../../shared/desk/notifications/notifications-rules.ts'
import type { Branch, NameIn } from '../../../../shared/locales/keys.ts'
import { districtsOf } from '../../../../shared/people/rights/rights-rules.ts'
import type { ExportTable } from '../../../base/exports/table.ts'
import { useWords } from '../../../base/i18n.ts'
import { useDistrictName } from '../../../base/live/names.ts'

/** Says what a subscription asks for, on the screen and in what is taken along. */
export function useSubscriptionWords(channels: () => readonly Channel[]) {
  const { t, wordOf } = useWords()
  const districtName = useDistrictName()

  const channelName = (id: number) => channels().find((one) => one.id === id)?.name ?? ''
  const ownerName = ({ ownerName: name }: Subscription) => name || t('notifications.subscription.city')
  function scopeName({ scope }: Subscription): string {
    if (scope.kind === 'district') return districtsOf(scope).map(districtName).join(t('common.join'))
    return t(`notifications.subscription.wholeOf.${scope.kind}`)
  }
  /** All of them in one word. */
  function list(chosen: readonly string[], all: readonly string[], key: Branch): string {
    if (all.every((one) => chosen.includes(one))) return t('notifications.subscription.all')
    return chosen.map((one) => wordOf(key, one)).join(t('common.join'))
  }
  const severities = (one: Subscription) => list(one.severities, SEVERITIES, 'severity')
  const rules = (one: Subscription) => list(one.rules, ALERT_RULES, 'rule')
  const events = (one: Subscription) => list(one.events, NOTICE_EVENTS, 'notifications.event')
  const quiet = (one: Subscription) => (one.quiet ? `${one.quiet.from} – ${one.quiet.to}` : null)

  function exportTable(rows: ExportTable<Subscription>['rows']): ExportTable<Subscription> {
    const word = (key: NameIn<'notifications.subscription'>) => t(`notifications.subscription.${key}`)
    return {
      title: t('notifications.tab.subscriptions'),
      rows,
      columns: [
        { label: word('owner'), value: ownerName },
        { label: word('channel'), value: ({ channelId }) => channelName(channelId) },
        { label: word('address'), value: ({ address }) => address || null, width: 28 },
        { label: word('scope'), value: scopeName, width: 24 },
        { label: word('severities'), value: severities, width: 18 },
        { label: word('rules'), value: rules, width: 30 },
        { label: word('events'), value: events, width: 40 },
        { label: word('quiet'), value: quiet },
        {
          label: word('language'),
          value: ({ language }) => t('common.language', {}, { locale: LOCALE_OF[language] }),
        },
      ],
    }
  }
  return { channelName, ownerName, scopeName, severities, rules, events, quiet, exportTable }
}
