import type { OutboundFilter, OutboundHost } from '../../../shared/monitor/outbound/outbound.ts'
import { call } from '../../base/call.ts'
import { everyPage } from '../../base/exports/everyPage.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import type { Fact } from '../../base/live/fact.ts'

/** What tells that a host has become something else. */
export const isOfHosts = (fact: Fact): boolean => 'alert' in fact.data && fact.data.alert.rule === 'OUTBOUND'

/** Foreign hosts as the filters have them, to take along. */
export function useOutboundExport(asked: () => OutboundFilter): () => ExportTable<OutboundHost> {
  const { t } = useWords()
  return () => ({
    title: t('outbound.title'),
    rows: () => everyPage((paging) => call('outboundHosts', { query: { ...asked(), ...paging } })),
    columns: [
      { label: t('outbound.host'), value: ({ host }) => host, width: 32 },
      { label: t('outbound.state'), value: ({ state }) => t(`outbound.states.${state}`) },
      { label: t('outbound.when'), value: ({ since }) => instant(since), width: 18 },
      { label: t('outbound.landing'), value: ({ landing }) => landing?.url ?? null, width: 36 },
      { label: t('outbound.landingTitle'), value: ({ landing }) => landing?.title ?? null, width: 36 },
      { label: t('outbound.issuer'), value: ({ landing }) => landing?.issuer ?? null },
      { label: t('outbound.site'), value: ({ sites }) => sites },
      { label: t('outbound.pages'), value: ({ pages }) => pages },
      { label: t('outbound.code'), value: ({ isCode }) => (isCode ? t('outbound.code') : null) },
      { label: t('outbound.firstSeen'), value: ({ firstSeenAt }) => instant(firstSeenAt), width: 18 },
      { label: t('outbound.seen'), value: ({ lookedAt }) => instant(lookedAt), width: 18 },
    ],
  })
}
